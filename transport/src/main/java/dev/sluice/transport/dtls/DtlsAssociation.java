package dev.sluice.transport.dtls;

import dev.sluice.transport.srtp.SrtpKeys;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsTimeoutException;

/**
 * One DTLS association with us as the server. Its owner's thread makes it and calls it; the
 * protocol runs on a virtual thread of its own that ends with {@link #close} or with the peer. What
 * can't be read doesn't end a handshake: it begins anew, with nothing said to the peer.
 */
public final class DtlsAssociation implements AutoCloseable {
  /** What the owner is told, on its own thread. */
  public interface Listener {
    /** A datagram to send to the peer. */
    void onDtlsDatagram(byte[] datagram);

    /** The handshake is complete. */
    void onKeys(SrtpKeys keys);

    /** The handshake began anew because of something that can't be read. */
    void onDtlsRestart();

    /** The handshake failed or the peer has closed. May come after {@link #close} too. */
    void onDtlsEnded(String reason);

    /**
     * The protocol engine has given up an established association. The SRTP keys stay good, but
     * nobody would answer a repeated last flight or hear a close_notify any more.
     */
    void onDtlsFault(IOException fault);
  }

  /** Enough for a client that needs several tries among junk; not enough to burn a core. */
  private static final int MAX_ATTEMPTS = 16;

  /** How often an idle association looks up; whatever happens wakes it before. */
  private static final int IDLE_MILLIS = 60_000;

  private final DtlsIdentity identity;
  private final Duration timeout;
  private final Listener listener;
  private final Executor owner;
  private final DtlsPipe pipe;
  private final CompletableFuture<String> peerFingerprint = new CompletableFuture<>();

  /** Only of the association's own thread. */
  private boolean peerHasClosed;

  private DtlsAssociation(
      DtlsIdentity identity, Duration timeout, Listener listener, Executor owner) {
    this.identity = identity;
    this.timeout = timeout;
    this.listener = listener;
    this.owner = owner;
    this.pipe = new DtlsPipe(datagram -> owner.execute(() -> listener.onDtlsDatagram(datagram)));
  }

  /**
   * Starts to wait for the peer's first flight.
   *
   * @param timeout for the handshake's flights, and for the fingerprint
   * @param handshakes a permit is held while the handshake runs
   * @param owner runs a task on the owner's thread, later and in order
   * @return empty when there is no permit
   */
  public static Optional<DtlsAssociation> start(
      DtlsIdentity identity,
      Duration timeout,
      Semaphore handshakes,
      Listener listener,
      Executor owner) {
    if (!handshakes.tryAcquire()) {
      return Optional.empty();
    }
    DtlsAssociation association = new DtlsAssociation(identity, timeout, listener, owner);
    Thread.ofVirtual().name("dtls").start(() -> association.run(handshakes));
    return Optional.of(association);
  }

  /** Whether every record of a datagram is one that a client may send at some time. */
  public static boolean acceptable(byte[] buffer, int offset, int length) {
    return DtlsRecords.acceptable(buffer, offset, length);
  }

  /**
   * Hands a copy of a datagram to the protocol.
   *
   * @return false when too many are waiting and it was dropped
   */
  public boolean offer(byte[] buffer, int offset, int length) {
    return pipe.offer(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  /** Tells the fingerprint of the peer's certificate; only the first call counts. */
  public void expect(String fingerprint) {
    peerFingerprint.complete(fingerprint);
  }

  /** Ends the association; the peer gets a close_notify if the handshake was complete. */
  @Override
  public void close() {
    pipe.end();
    peerFingerprint.completeExceptionally(new CancellationException("closed"));
  }

  private void run(Semaphore handshakes) {
    DTLSTransport established;
    try {
      established = handshake();
    } catch (IOException failure) {
      pipe.takeHeldAlert().ifPresent(pipe::sendNow);
      tellEnded("DTLS handshake failed: " + reason(failure));
      return;
    } finally {
      handshakes.release();
    }
    serve(established);
  }

  private DTLSTransport handshake() throws IOException {
    for (int attempt = 1; ; attempt++) {
      DtlsServer server = new DtlsServer(identity, peerFingerprint, timeout, this::peerClosed);
      DTLSServerProtocol protocol = new DTLSServerProtocol();
      // Browsers' hellos span datagrams, which the library's cookie exchange can't read. The
      // authenticated STUN check before has done what the cookie is for.
      protocol.setVerifyRequests(false);
      try {
        DTLSTransport established = protocol.accept(server, pipe);
        pipe.flush();
        SrtpKeys keys = server.keys();
        owner.execute(() -> listener.onKeys(keys));
        return established;
      } catch (HandshakeRefusedException | TlsTimeoutException | TlsFatalAlertReceived definite) {
        throw definite;
      } catch (IOException unreadable) {
        if (attempt == MAX_ATTEMPTS || pipe.ended()) {
          throw unreadable;
        }
        owner.execute(listener::onDtlsRestart);
      }
    }
  }

  /** Answers repeated last flights and waits for the end. */
  private void serve(DTLSTransport established) {
    try {
      byte[] unused = new byte[established.getReceiveLimit()];
      while (true) {
        // WebRTC sends nothing here but with data channels, which are not negotiated.
        int _ = established.receive(unused, 0, unused.length, IDLE_MILLIS);
      }
    } catch (InterruptedIOException ended) {
      if (peerHasClosed) {
        tellEnded("the peer has closed the DTLS association");
      } else {
        sayGoodbye(established);
      }
    } catch (IOException fault) {
      tellFault(fault);
    }
  }

  /** Called by the engine on the association's own thread. */
  private void peerClosed() {
    peerHasClosed = true;
    pipe.end();
  }

  private void sayGoodbye(DTLSTransport established) {
    pipe.letAlertsPass();
    try {
      established.close();
      pipe.flush();
    } catch (IOException fault) {
      tellFault(fault);
    }
  }

  private void tellEnded(String reason) {
    owner.execute(() -> listener.onDtlsEnded(reason));
  }

  private void tellFault(IOException fault) {
    owner.execute(() -> listener.onDtlsFault(fault));
  }

  private static String reason(IOException failure) {
    return switch (failure) {
      case HandshakeRefusedException refused -> refused.reason();
      case TlsTimeoutException _ -> "timed out";
      default -> String.valueOf(failure.getMessage());
    };
  }
}
