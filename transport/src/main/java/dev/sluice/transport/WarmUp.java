package dev.sluice.transport;

import dev.sluice.transport.dtls.DtlsClient;
import dev.sluice.transport.dtls.DtlsIdentity;
import dev.sluice.transport.srtp.SrtpKeys;
import dev.sluice.transport.srtp.SrtpProfile;
import dev.sluice.transport.srtp.SrtpSession;
import dev.sluice.transport.stun.StunCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A whole association with a client in this process, per profile, and traffic both ways. The
 * calling thread is the worker.
 */
final class WarmUp {
  /** Cold, AES-GCM costs 20 to 130 µs a packet for about as many. */
  private static final int PACKETS = 3000;

  private static final int PAYLOAD_LENGTH = 1100;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final InetSocketAddress PEER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);

  private final SecureTransports factory;
  private final DtlsIdentity identity;

  WarmUp(SecureTransports factory, DtlsIdentity identity) {
    this.factory = factory;
    this.identity = identity;
  }

  void run() {
    for (SrtpProfile profile : SrtpProfile.values()) {
      Run run = new Run(profile);
      run.connect();
      run.exchange();
      run.close();
    }
  }

  private final class Run implements TransportListener {
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Transport transport = factory.create(this, tasks::add);
    private final DtlsClient client;
    private final CompletableFuture<SrtpKeys> clientKeys = new CompletableFuture<>();
    private @Nullable String ended;
    private int received;

    Run(SrtpProfile profile) {
      client =
          new DtlsClient(
              identity,
              List.of(profile),
              factory.fingerprint(),
              PATIENCE,
              datagram -> tasks.add(() -> transportGets(datagram)));
    }

    private void transportGets(byte[] datagram) {
      transport.onDatagram(datagram, 0, datagram.length, PEER, 0);
    }

    void connect() {
      IceCredentials server = transport.localCredentials();
      StunCheck check = new StunCheck("peer", server.usernameFragment(), server.password());
      transportGets(check.request(1, true));
      transport.setRemote(
          new RemoteParameters(
              new IceCredentials("peer", "0123456789012345678901"), identity.fingerprint()));
      Thread.ofVirtual().name("warm-up").start(this::runClient);
      while (transport.state() != TransportState.CONNECTED || !clientKeys.isDone()) {
        runNextTask();
      }
    }

    private void runClient() {
      try {
        clientKeys.complete(client.connect());
      } catch (IOException | RuntimeException failure) {
        clientKeys.completeExceptionally(failure);
      }
      // The worker looks at the result after each task.
      tasks.add(() -> {});
    }

    private void runNextTask() {
      try {
        Runnable task = tasks.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (task == null || ended != null) {
          throw new IllegalStateException(
              "the warm-up did not connect: " + (ended == null ? "timed out" : ended));
        }
        task.run();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", interrupted);
      }
    }

    void exchange() {
      SrtpSession peer;
      try {
        peer = SrtpSession.client(clientKeys.get());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", interrupted);
      } catch (ExecutionException failure) {
        throw new IllegalStateException("the warm-up's client failed", failure);
      }
      byte[] packet = new byte[PAYLOAD_LENGTH + Transport.MAX_PROTECT_OVERHEAD];
      for (int i = 1; i <= PACKETS; i++) {
        rtp(packet, i);
        int up = peer.protectRtp(packet, 0, PAYLOAD_LENGTH);
        transport.onDatagram(packet, 0, up, PEER, 0);
        rtp(packet, i);
        int down = transport.protectRtp(packet, 0, PAYLOAD_LENGTH);
        int plain = peer.unprotectRtp(packet, 0, down);
        if (plain != PAYLOAD_LENGTH || received != i) {
          throw new IllegalStateException("packet %d of the warm-up was lost".formatted(i));
        }
      }
    }

    private static void rtp(byte[] packet, int sequence) {
      packet[0] = (byte) 0x80;
      packet[1] = 96;
      packet[2] = (byte) (sequence >>> 8);
      packet[3] = (byte) sequence;
      packet[8] = 1;
    }

    void close() {
      transport.close();
      try {
        client.close();
      } catch (IOException failure) {
        throw new IllegalStateException("the warm-up's client did not close", failure);
      }
    }

    @Override
    public void onDatagramToSend(InetSocketAddress to, byte[] buffer, int offset, int length) {
      // The client's queue takes DTLS only: replies to checks begin with 1.
      if (buffer[offset] >= 20) {
        client.offer(buffer, offset, length);
      }
    }

    @Override
    public void onPath(InetSocketAddress remote) {}

    @Override
    public void onUsernameFragmentDropped(String usernameFragment) {}

    @Override
    public void onState(TransportState state, String reason) {
      if (state == TransportState.CLOSED) {
        ended = reason;
      }
    }

    @Override
    public void onRtp(byte[] buffer, int offset, int length, long nowNanos) {
      received++;
    }

    @Override
    public void onRtcp(byte[] buffer, int offset, int length, long nowNanos) {}
  }
}
