package dev.sluice.router.testkit;

import dev.sluice.router.net.InMemoryNetwork.Datagram;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.rtcp.RtcpType;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One PeerConnection of a peer on a {@link Stage}: sends and collects plain packets. */
public final class StagePeer {
  private final Stage stage;
  private final InetSocketAddress address;
  private final List<byte[]> rtcp = new ArrayList<>();
  private final List<RtpPacket> rtp = new ArrayList<>();
  private int transportSequence;

  StagePeer(Stage stage, InetSocketAddress address) {
    this.stage = stage;
    this.address = address;
  }

  public void connect(String ufrag) {
    stage.network().inject(address, stage.address(), StunMessages.bindingRequest(ufrag));
    stage.turn();
  }

  /** Sends an RTP or RTCP packet; it arrives with the worker's next turn. */
  public void send(byte[] packet) {
    stage.network().inject(sealed(packet));
  }

  /** A frame to be sent later. */
  public Datagram frame(MediaSource source, boolean key) {
    return sealed(source.frame(key, transportSequence++ & 0xffff));
  }

  private Datagram sealed(byte[] packet) {
    byte[] sealed = Arrays.copyOf(packet, packet.length + PlainTransports.TAG.length);
    System.arraycopy(PlainTransports.TAG, 0, sealed, packet.length, PlainTransports.TAG.length);
    return new Datagram(address, stage.address(), sealed);
  }

  /** 20 ms of sound to be sent later. */
  public Datagram sound(MediaSource source) {
    return sealed(source.audio(transportSequence++ & 0xffff));
  }

  public void sendAudio(MediaSource source) {
    send(source.audio(transportSequence++ & 0xffff));
  }

  public void sendFrame(MediaSource source, boolean key) {
    send(source.frame(key, transportSequence++ & 0xffff));
  }

  /** Ends the transport as a peer does that leaves. */
  public void closeTransport() {
    stage.network().inject(address, stage.address(), new byte[] {PlainTransports.CLOSE});
    stage.turn();
  }

  private void collect() {
    for (Datagram datagram : stage.network().takeSentTo(address)) {
      byte[] sealed = datagram.payload();
      if ((sealed[0] & 0xff) < 128) {
        continue;
      }
      int length = sealed.length - PlainTransports.TAG.length;
      byte[] tag = Arrays.copyOfRange(sealed, Math.max(0, length), sealed.length);
      if (!Arrays.equals(tag, PlainTransports.TAG)) {
        throw new AssertionError("a packet that was not sealed: " + Arrays.toString(sealed));
      }
      if (RtcpType.isRtcp(sealed, 0, length)) {
        rtcp.add(Arrays.copyOf(sealed, length));
      } else {
        RtpPacket packet = new RtpPacket();
        if (!packet.wrap(sealed, 0, length)) {
          throw new AssertionError("a malformed packet: " + Arrays.toString(sealed));
        }
        rtp.add(packet);
      }
    }
  }

  /** Takes the RTP packets that came since the last call. */
  public List<RtpPacket> takeRtp() {
    collect();
    List<RtpPacket> taken = List.copyOf(rtp);
    rtp.clear();
    return taken;
  }

  /** Takes the RTCP datagrams that came since the last call. */
  public List<byte[]> takeRtcp() {
    collect();
    List<byte[]> taken = List.copyOf(rtcp);
    rtcp.clear();
    return taken;
  }
}
