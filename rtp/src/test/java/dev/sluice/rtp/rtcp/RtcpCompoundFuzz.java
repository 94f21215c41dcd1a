package dev.sluice.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.fuzz.Region;
import java.util.Arrays;

/** An RTCP datagram with packets of every type: each reader ends, inside of its packet. */
public final class RtcpCompoundFuzz {
  private RtcpCompoundFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Region region = Region.of(input);
    RtcpCompound packets = new RtcpCompound();
    packets.wrap(region.buffer(), region.offset(), region.length());
    int count = 0;
    int end = region.offset();
    while (packets.next()) {
      count++;
      assertThat(packets.offset()).isGreaterThanOrEqualTo(end);
      assertThat(packets.length()).isGreaterThanOrEqualTo(RtcpCompound.HEADER_LENGTH);
      end = packets.offset() + packets.length();
      assertThat(end).isLessThanOrEqualTo(region.end());
      readReports(packets);
      readDescription(packets, end);
      readFeedback(packets);
    }
    assertThat(count).isLessThanOrEqualTo(region.length() / 4);
    assertThat(packets.next()).isFalse();
    assertThat(region.bytes()).isEqualTo(input);
  }

  private static void readReports(RtcpCompound packets) {
    SenderReport report = new SenderReport();
    if (report.wrap(packets)) {
      assertThat(report.ssrc()).isEqualTo(packets.senderSsrc());
      byte[] again = new byte[SenderReport.LENGTH];
      SenderReport.write(
          again,
          0,
          report.ssrc(),
          report.ntpTime(),
          report.rtpTimestamp(),
          report.packetCount(),
          report.octetCount());
      assertThat(Arrays.copyOfRange(again, 4, again.length))
          .isEqualTo(
              Arrays.copyOfRange(
                  packets.buffer(), packets.offset() + 4, packets.offset() + again.length));
    }
    ReportBlocks blocks = new ReportBlocks();
    int count = 0;
    for (boolean more = blocks.wrap(packets); more && blocks.next(); count++) {
      assertThat(blocks.fractionLost()).isBetween(0, 255);
      assertThat(blocks.cumulativeLost()).isBetween(-(1 << 23), (1 << 23) - 1);
      // The last field of the block lies inside of the packet
      blocks.delaySinceLastSenderReport();
    }
    assertThat(count).isLessThanOrEqualTo(packets.countOrFormat());
    Goodbye goodbye = new Goodbye();
    if (goodbye.wrap(packets)) {
      for (int i = 0; i < goodbye.count(); i++) {
        goodbye.ssrc(i);
      }
      assertThat(goodbye.count()).isBetween(0, packets.countOrFormat());
    }
  }

  private static void readDescription(RtcpCompound packets, int end) {
    SourceDescription description = new SourceDescription();
    int sources = 0;
    for (boolean more = description.wrap(packets); more && description.next(); sources++) {
      assertThat(description.cnameLength()).isBetween(0, 255);
      assertThat(description.cnameOffset() + description.cnameLength()).isLessThanOrEqualTo(end);
    }
    assertThat(sources).isLessThanOrEqualTo(packets.length() / 4);
  }

  private static void readFeedback(RtcpCompound packets) {
    if (PictureLossIndication.matches(packets)) {
      assertThat(packets.length()).isGreaterThanOrEqualTo(PictureLossIndication.LENGTH);
    }
    Nack nack = new Nack();
    int lost = 0;
    for (boolean more = nack.wrap(packets); more && nack.next(); lost++) {
      assertThat(nack.sequenceNumber()).isBetween(0, 65535);
    }
    assertThat(lost).isLessThanOrEqualTo(17 * packets.length() / 4);
    FullIntraRequest intra = new FullIntraRequest();
    int requests = 0;
    for (boolean more = intra.wrap(packets); more && intra.next(); requests++) {
      assertThat(intra.commandNumber()).isBetween(0, 255);
      intra.ssrc();
    }
    assertThat(requests).isLessThanOrEqualTo(packets.length() / 8);
    Remb remb = new Remb();
    if (remb.wrap(packets)) {
      assertThat(remb.bitrateBps()).isNotNegative();
      for (int i = 0; i < remb.ssrcCount(); i++) {
        remb.ssrc(i);
      }
    }
    TransportFeedback feedback = new TransportFeedback();
    if (feedback.wrap(packets)) {
      int statuses = 0;
      while (feedback.next()) {
        assertThat(feedback.sequenceNumber())
            .isEqualTo((feedback.baseSequenceNumber() + statuses) & 0xFFFF);
        statuses++;
      }
      assertThat(statuses).isEqualTo(feedback.statusCount());
    }
  }
}
