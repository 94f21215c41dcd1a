package dev.sluice.router.testkit;

import dev.sluice.rtp.rtcp.Nack;
import dev.sluice.rtp.rtcp.PictureLossIndication;
import dev.sluice.rtp.rtcp.ReportBlocks;
import dev.sluice.rtp.rtcp.RtcpCompound;
import dev.sluice.rtp.rtcp.RtcpType;
import dev.sluice.rtp.rtcp.SenderReport;
import dev.sluice.rtp.rtcp.TransportFeedback;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Writes and reads RTCP as a peer does. */
public final class Rtcp {
  private static final int PEER_SSRC = 7;

  private Rtcp() {}

  public static byte[] pictureLossIndication(int ssrc) {
    byte[] packet = new byte[PictureLossIndication.LENGTH];
    PictureLossIndication.write(packet, 0, PEER_SSRC, ssrc);
    return packet;
  }

  public static byte[] nack(int ssrc, int sequenceNumber) {
    byte[] packet = new byte[Nack.maxLength(1)];
    int length = Nack.write(packet, 0, PEER_SSRC, ssrc, new int[] {sequenceNumber}, 1);
    return Arrays.copyOf(packet, length);
  }

  public static byte[] senderReport(int ssrc, long ntpTime, int rtpTimestamp) {
    byte[] packet = new byte[SenderReport.LENGTH];
    SenderReport.write(packet, 0, ssrc, ntpTime, rtpTimestamp, 1, 1);
    return packet;
  }

  /** The SSRCs that key frames are asked of, in order. */
  public static List<Integer> pictureLossIndications(List<byte[]> datagrams) {
    List<Integer> ssrcs = new ArrayList<>();
    each(
        datagrams,
        packets -> {
          if (PictureLossIndication.matches(packets)) {
            ssrcs.add(packets.mediaSsrc());
          }
        });
    return ssrcs;
  }

  /** The sequence numbers asked for of one SSRC. */
  public static List<Integer> nacks(List<byte[]> datagrams, int ssrc) {
    List<Integer> numbers = new ArrayList<>();
    Nack nack = new Nack();
    each(
        datagrams,
        packets -> {
          if (nack.wrap(packets) && packets.mediaSsrc() == ssrc) {
            while (nack.next()) {
              numbers.add(nack.sequenceNumber());
            }
          }
        });
    return numbers;
  }

  public static int transportFeedbacks(List<byte[]> datagrams) {
    List<Integer> found = new ArrayList<>();
    TransportFeedback feedback = new TransportFeedback();
    each(
        datagrams,
        packets -> {
          if (feedback.wrap(packets)) {
            found.add(feedback.statusCount());
          }
        });
    return found.size();
  }

  public static int senderReports(List<byte[]> datagrams) {
    List<Integer> found = new ArrayList<>();
    each(
        datagrams,
        packets -> {
          if (packets.type() == RtcpType.SENDER_REPORT) {
            found.add(packets.senderSsrc());
          }
        });
    return found.size();
  }

  /** The SSRCs that receiver reports are about. */
  public static Set<Integer> reportedSsrcs(List<byte[]> datagrams) {
    Set<Integer> ssrcs = new TreeSet<>();
    ReportBlocks blocks = new ReportBlocks();
    each(
        datagrams,
        packets -> {
          if (packets.type() == RtcpType.RECEIVER_REPORT && blocks.wrap(packets)) {
            while (blocks.next()) {
              ssrcs.add(blocks.ssrc());
            }
          }
        });
    return ssrcs;
  }

  private static void each(List<byte[]> datagrams, Consumer<RtcpCompound> reader) {
    RtcpCompound packets = new RtcpCompound();
    for (byte[] datagram : datagrams) {
      packets.wrap(datagram, 0, datagram.length);
      while (packets.next()) {
        reader.accept(packets);
      }
      if (packets.malformed()) {
        throw new AssertionError("malformed RTCP: " + Arrays.toString(datagram));
      }
    }
  }
}
