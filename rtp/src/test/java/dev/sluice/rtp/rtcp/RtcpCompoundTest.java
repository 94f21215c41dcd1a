package dev.sluice.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.HexBytes;
import org.junit.jupiter.api.Test;

class RtcpCompoundTest {
  // By hand after RFC 3550 §6.4.1, §6.5 and the REMB draft, in the order Chromium sends them
  private static final byte[] SR_SDES_REMB =
      HexBytes.of(
          "81c8000c 11111111 e9b2a3c4 80000000 00015f90 00000064 0000c350",
          "22222222 40ffffff 00010fa0 00000020 a3c48000 00018000",
          "81ca0006 11111111 01104162 43644566 47684941 4b6c4d6e 00000000",
          "8fce0005 11111111 00000000 52454d42 010c1d4c 22222222");
  private static final byte[] PADDED_BYE = HexBytes.of("a1cb0002 11111111 00000004");

  private final RtcpCompound packets = new RtcpCompound();

  private void wrap(byte[] bytes) {
    packets.wrap(bytes, 0, bytes.length);
  }

  @Test
  void steps_over_the_packets_of_a_compound() {
    wrap(SR_SDES_REMB);
    assertThat(packets.next()).isTrue();
    assertThat(packets.type()).isEqualTo(RtcpType.SENDER_REPORT);
    assertThat(packets.senderSsrc()).isEqualTo(0x11111111);
    assertThat(packets.next()).isTrue();
    assertThat(packets.type()).isEqualTo(RtcpType.SOURCE_DESCRIPTION);
    assertThat(packets.next()).isTrue();
    assertThat(packets.is(RtcpType.PAYLOAD_FEEDBACK, 15)).isTrue();
    assertThat(packets.length()).isEqualTo(24);
    assertThat(packets.next()).isFalse();
    assertThat(packets.malformed()).isFalse();
  }

  @Test
  void reads_a_sender_report_with_its_blocks() {
    wrap(SR_SDES_REMB);
    assertThat(packets.next()).isTrue();
    SenderReport report = new SenderReport();
    assertThat(report.wrap(packets)).isTrue();
    assertThat(report.ssrc()).isEqualTo(0x11111111);
    assertThat(report.ntpTime()).isEqualTo(0xE9B2A3C4_80000000L);
    assertThat(report.rtpTimestamp()).isEqualTo(90_000);
    assertThat(report.packetCount()).isEqualTo(100);
    assertThat(report.octetCount()).isEqualTo(50_000);
    ReportBlocks block = new ReportBlocks();
    assertThat(block.wrap(packets)).isTrue();
    assertThat(block.next()).isTrue();
    assertThat(block.ssrc()).isEqualTo(0x22222222);
    assertThat(block.fractionLost()).isEqualTo(64);
    assertThat(block.cumulativeLost()).isEqualTo(-1);
    assertThat(block.extendedHighest()).isEqualTo(0x10FA0);
    assertThat(block.jitterTicks()).isEqualTo(32);
    assertThat(block.lastSenderReport()).isEqualTo(0xA3C48000);
    assertThat(block.delaySinceLastSenderReport()).isEqualTo(0x18000);
    assertThat(block.next()).isFalse();
  }

  @Test
  void reads_a_cname() {
    wrap(SR_SDES_REMB);
    assertThat(packets.next()).isTrue();
    assertThat(packets.next()).isTrue();
    SourceDescription description = new SourceDescription();
    assertThat(description.wrap(packets)).isTrue();
    assertThat(description.next()).isTrue();
    assertThat(description.ssrc()).isEqualTo(0x11111111);
    assertThat(description.cnameLength()).isEqualTo(16);
    assertThat(SR_SDES_REMB[description.cnameOffset()]).isEqualTo((byte) 'A');
    assertThat(description.next()).isFalse();
  }

  @Test
  void padding_of_the_last_packet_does_not_count() {
    wrap(PADDED_BYE);
    assertThat(packets.next()).isTrue();
    assertThat(packets.length()).isEqualTo(8);
    Goodbye goodbye = new Goodbye();
    assertThat(goodbye.wrap(packets)).isTrue();
    assertThat(goodbye.count()).isEqualTo(1);
    assertThat(goodbye.ssrc(0)).isEqualTo(0x11111111);
  }

  @Test
  void feedback_padded_as_libwebrtc_does_is_read_also_before_another() {
    // Made by hand after libwebrtc's writer: P bit, one packet received, one byte of padding.
    String feedback = "afcd0005 00000001 11111111 0007 0001 000001 00 2001 04 01";
    wrap(HexBytes.of(feedback, feedback));
    TransportFeedback transportFeedback = new TransportFeedback();
    for (int i = 0; i < 2; i++) {
      assertThat(packets.next()).isTrue();
      assertThat(transportFeedback.wrap(packets)).isTrue();
      assertThat(transportFeedback.next()).isTrue();
      assertThat(transportFeedback.sequenceNumber()).isEqualTo(7);
      assertThat(transportFeedback.received()).isTrue();
    }
    assertThat(packets.next()).isFalse();
    assertThat(packets.malformed()).isFalse();
  }

  @Test
  void what_precedes_a_malformed_packet_stands() {
    wrap(HexBytes.of("80c90001 11111111", "80c90005 11111111"));
    assertThat(packets.next()).isTrue();
    assertThat(packets.next()).isFalse();
    assertThat(packets.malformed()).isTrue();
    wrap(HexBytes.of("a0c90001 11111105"));
    assertThat(packets.next()).isFalse();
    wrap(HexBytes.of("40c90001 11111111"));
    assertThat(packets.next()).isFalse();
    packets.wrap(new byte[4], 2, 8);
    assertThat(packets.next()).isFalse();
    assertThat(packets.malformed()).isTrue();
  }

  @Test
  void rtcp_is_told_from_rtp_by_its_second_byte() {
    assertThat(RtcpType.isRtcp(SR_SDES_REMB, 0, SR_SDES_REMB.length)).isTrue();
    assertThat(RtcpType.isRtcp(HexBytes.of("80e0"), 0, 2)).isFalse();
    assertThat(RtcpType.isRtcp(HexBytes.of("80"), 0, 1)).isFalse();
  }
}
