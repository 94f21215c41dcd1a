package dev.sluice.router.testkit;

import dev.sluice.rtp.RtpPacket;
import dev.sluice.transport.dtls.DtlsClient;
import dev.sluice.transport.dtls.DtlsIdentity;
import dev.sluice.transport.srtp.SrtpProfile;
import dev.sluice.transport.srtp.SrtpSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One PeerConnection of a scripted browser over a real socket: ICE checks, a DTLS client, SRTP. The
 * test's thread sends, a virtual thread receives.
 */
public final class SecurePeer implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int SRTP_ROOM = 64;

  private final DatagramSocket socket;
  private final DtlsIdentity identity;
  private final InetSocketAddress router;
  private final DtlsClient dtls;
  private final CountDownLatch checked = new CountDownLatch(1);
  private final BlockingQueue<RtpPacket> rtp = new LinkedBlockingQueue<>();
  private final BlockingQueue<byte[]> rtcp = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> lost = new LinkedBlockingQueue<>();
  private volatile @Nullable SrtpSession srtp;
  private volatile boolean losesNext;

  /**
   * @param routerSdp the router's description: where it is reached and who it is
   */
  public SecurePeer(DtlsIdentity identity, SrtpProfile profile, String routerSdp)
      throws IOException {
    this.identity = identity;
    this.router = Descriptions.candidate(routerSdp);
    this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    this.dtls =
        new DtlsClient(
            identity,
            List.of(profile),
            Descriptions.fingerprint(routerSdp),
            TIMEOUT,
            datagram -> send(datagram, datagram.length));
  }

  public String fingerprint() {
    return identity.fingerprint();
  }

  /** Checks the path, shakes hands; media flows both ways afterwards. */
  public void connect(String ufrag, String password) throws IOException, InterruptedException {
    Thread.ofVirtual().start(this::receive);
    byte[] check = StunMessages.authenticatedRequest(ufrag, password, new byte[12]);
    do {
      send(check, check.length);
    } while (!checked.await(200, TimeUnit.MILLISECONDS));
    srtp = SrtpSession.client(dtls.connect());
  }

  private void receive() {
    byte[] buffer = new byte[2048];
    DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
    while (!socket.isClosed()) {
      try {
        datagram.setLength(buffer.length);
        socket.receive(datagram);
      } catch (IOException e) {
        if (socket.isClosed()) {
          return;
        }
        throw new UncheckedIOException(e);
      }
      int first = buffer[0] & 0xff;
      if (first < 4) {
        checked.countDown();
      } else if (first < 64) {
        dtls.offer(buffer, 0, datagram.getLength());
      } else {
        onSrtp(Arrays.copyOf(buffer, datagram.getLength()));
      }
    }
  }

  private void onSrtp(byte[] packet) {
    SrtpSession session = srtp;
    if (session == null) {
      return;
    }
    int type = packet[1] & 0xff;
    if (type >= 192 && type <= 223) {
      int length;
      synchronized (this) {
        length = session.unprotectRtcp(packet, 0, packet.length);
      }
      if (length > 0) {
        rtcp.add(Arrays.copyOf(packet, length));
      }
    } else if (losesNext) {
      losesNext = false;
      // Encryption leaves the header readable (RFC 3711 §3.1).
      lost.add(((packet[2] & 0xff) << 8) | (packet[3] & 0xff));
    } else {
      int length;
      synchronized (this) {
        length = session.unprotectRtp(packet, 0, packet.length);
      }
      RtpPacket wrapped = new RtpPacket();
      if (length > 0 && wrapped.wrap(packet, 0, length)) {
        rtp.add(wrapped);
      }
    }
  }

  /** Sends an RTP packet. */
  public synchronized void sendRtp(byte[] packet) {
    byte[] sealed = Arrays.copyOf(packet, packet.length + SRTP_ROOM);
    send(sealed, session().protectRtp(sealed, 0, packet.length));
  }

  /** Sends a compound RTCP packet. */
  public synchronized void sendRtcp(byte[] packet) {
    byte[] sealed = Arrays.copyOf(packet, packet.length + SRTP_ROOM);
    send(sealed, session().protectRtcp(sealed, 0, packet.length));
  }

  private SrtpSession session() {
    SrtpSession session = srtp;
    if (session == null) {
      throw new IllegalStateException("not connected");
    }
    return session;
  }

  /** The next RTP packet is lost on the way, undecrypted. */
  public void loseNextRtp() {
    losesNext = true;
  }

  /** Waits until a packet was lost; its sequence number. */
  public int nextLost() throws InterruptedException {
    Integer sequenceNumber = lost.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    if (sequenceNumber == null) {
      throw new AssertionError("no RTP packet within " + TIMEOUT);
    }
    return sequenceNumber;
  }

  /** Waits for the next RTP packet. */
  public RtpPacket nextRtp() throws InterruptedException {
    RtpPacket packet = rtp.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    if (packet == null) {
      throw new AssertionError("no RTP packet within " + TIMEOUT);
    }
    return packet;
  }

  /** Waits for the next compound RTCP packet. */
  public byte[] nextRtcp() throws InterruptedException {
    byte[] packet = rtcp.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    if (packet == null) {
      throw new AssertionError("no RTCP packet within " + TIMEOUT);
    }
    return packet;
  }

  /** Waits for the router's close_notify. */
  public boolean awaitClose() throws IOException {
    return dtls.awaitClose(TIMEOUT);
  }

  /** Sends any datagram. */
  public void sendRaw(byte[] datagram) {
    send(datagram, datagram.length);
  }

  private void send(byte[] buffer, int length) {
    try {
      socket.send(new DatagramPacket(buffer, length, router));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    dtls.close();
    socket.close();
  }
}
