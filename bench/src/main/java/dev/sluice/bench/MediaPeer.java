package dev.sluice.bench;

import dev.sluice.rtp.rtcp.TransportFeedbackWriter;
import dev.sluice.transport.dtls.DtlsClient;
import dev.sluice.transport.dtls.DtlsIdentity;
import dev.sluice.transport.srtp.SrtpProfile;
import dev.sluice.transport.srtp.SrtpSession;
import dev.sluice.transport.stun.StunCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One PeerConnection over a real socket: ICE checks with consent, a DTLS client, SRTP with
 * AES-128-GCM. One thread may send, another one receives and tells what has arrived; who receives
 * media sends none.
 */
final class MediaPeer implements AutoCloseable {
  static final String UFRAG = "load";
  static final String PASSWORD = "loadgeneratorpassword0";

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int RECEIVE_BUFFER_BYTES = 4 << 20;
  private static final int LONGEST_DATAGRAM = 2048;

  private final DatagramSocket socket;
  private final InetSocketAddress server;
  private final StunCheck checks;
  private final DtlsClient dtls;
  private final Received received;
  private final CountDownLatch answered = new CountDownLatch(1);
  private long transactions;
  private volatile @Nullable SrtpSession outgoing;

  /**
   * @param sdp the server's description: where it is reached and who it is
   */
  MediaPeer(DtlsIdentity identity, String sdp, Received received) throws IOException {
    this.received = received;
    server = Sdp.candidate(sdp);
    socket = new DatagramSocket();
    socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
    checks = new StunCheck(UFRAG, Sdp.ufrag(sdp), Sdp.password(sdp));
    dtls =
        new DtlsClient(
            identity,
            List.of(SrtpProfile.AEAD_AES_128_GCM),
            Sdp.fingerprint(sdp),
            PATIENCE,
            datagram -> send(datagram, datagram.length));
  }

  /** Finds the path and shakes hands; then packets come, and may be sent. */
  void connect() throws IOException, InterruptedException {
    Thread.ofVirtual().name("load-receiver").start(this::receive);
    long endNanos = System.nanoTime() + PATIENCE.toNanos();
    do {
      check();
      if (System.nanoTime() > endNanos) {
        throw new IOException("the server answers no ICE check at " + server);
      }
    } while (!answered.await(200, TimeUnit.MILLISECONDS));
    SrtpSession session = SrtpSession.client(dtls.connect());
    outgoing = session;
    received.start(session);
  }

  /** Keeps the server's consent to send to us (RFC 7675); due every few seconds. */
  void check() {
    byte[] request = checks.request(++transactions, true);
    send(request, request.length);
  }

  /**
   * @param packet with {@link SrtpSession#MAX_OVERHEAD} free bytes behind {@code length}
   */
  void sendRtp(byte[] packet, int length) {
    SrtpSession session = outgoing;
    if (session == null) {
      throw new IllegalStateException("not connected");
    }
    int sealed = session.protectRtp(packet, 0, length);
    if (sealed < 0) {
      throw new IllegalStateException("a packet could not be sealed: " + sealed);
    }
    send(packet, sealed);
  }

  @Override
  public void close() throws IOException {
    dtls.close();
    socket.close();
  }

  private void receive() {
    byte[] buffer = new byte[LONGEST_DATAGRAM];
    byte[] report = new byte[TransportFeedbackWriter.MAX_LENGTH + SrtpSession.MAX_OVERHEAD];
    DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
    while (!socket.isClosed()) {
      try {
        datagram.setLength(buffer.length);
        socket.receive(datagram);
        take(buffer, datagram.getLength(), report);
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void take(byte[] datagram, int length, byte[] report) throws IOException {
    // RFC 7983: STUN begins with 0 to 3, DTLS with 20 to 63.
    int first = datagram[0] & 0xff;
    if (first < 4) {
      answered.countDown();
    } else if (first < 64) {
      dtls.offer(datagram, 0, length);
    } else {
      received.packet(datagram, length);
      sendFeedback(report);
    }
  }

  private void sendFeedback(byte[] report) throws IOException {
    SrtpSession session = outgoing;
    int length = session == null ? 0 : received.feedback().write(report, System.nanoTime());
    if (session != null && length > 0) {
      int sealed = session.protectRtcp(report, 0, length);
      if (sealed < 0) {
        throw new IllegalStateException("feedback could not be sealed: " + sealed);
      }
      transmit(report, sealed);
    }
  }

  private void send(byte[] buffer, int length) {
    try {
      transmit(buffer, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void transmit(byte[] buffer, int length) throws IOException {
    socket.send(new DatagramPacket(buffer, length, server));
  }
}
