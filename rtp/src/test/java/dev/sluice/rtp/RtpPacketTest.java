package dev.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.extension.ExtensionIds;
import dev.sluice.rtp.extension.ExtensionValues;
import dev.sluice.rtp.extension.HeaderExtension;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RtpPacketTest {
  // Laid out by hand after RFC 3550 §5.1 and RFC 8285 §4.2 as Chromium sends the first packets of a
  // simulcast layer: abs-send-time 2, transport-wide 3, mid 4, rid 10
  private static final byte[] CHROMIUM_VIDEO =
      HexBytes.of(
          "90 e0 1f 40 5b 6a 70 01 11 22 33 44",
          "be de 00 03",
          "22 a1b2c3 31 0102 40 31 a0 66 00",
          "90 80 81 23 9d 01 2a");

  private final RtpPacket packet = new RtpPacket();

  private static final ExtensionIds IDS =
      ExtensionIds.of(
          Map.of(
              HeaderExtension.ABS_SEND_TIME, 2,
              HeaderExtension.TRANSPORT_WIDE_CC, 3,
              HeaderExtension.MID, 4,
              HeaderExtension.RID, 10));

  private boolean wrap(byte[] bytes) {
    return packet.wrap(bytes, 0, bytes.length);
  }

  @Test
  void reads_a_packet_as_chromium_sends_it() {
    assertThat(wrap(CHROMIUM_VIDEO)).isTrue();
    assertThat(packet.payloadType()).isEqualTo(96);
    assertThat(packet.marker()).isTrue();
    assertThat(packet.sequenceNumber()).isEqualTo(0x1F40);
    assertThat(packet.timestamp()).isEqualTo(0x5B6A7001);
    assertThat(packet.ssrc()).isEqualTo(0x11223344);
    assertThat(packet.headerLength()).isEqualTo(28);
    assertThat(packet.payloadOffset()).isEqualTo(28);
    assertThat(packet.payloadLength()).isEqualTo(7);
    assertThat(packet.paddingLength()).isZero();
    assertThat(ExtensionValues.absSendTime(packet, IDS)).isEqualTo(0xA1B2C3);
    assertThat(ExtensionValues.transportSequence(packet, IDS)).isEqualTo(0x0102);
    assertThat(ExtensionValues.text(packet, IDS, HeaderExtension.MID)).contains("1");
    assertThat(ExtensionValues.text(packet, IDS, HeaderExtension.RID)).contains("f");
    assertThat(ExtensionValues.text(packet, IDS, HeaderExtension.REPAIRED_RID)).isEmpty();
    assertThat(ExtensionValues.audioLevel(packet, IDS)).isEqualTo(ExtensionValues.ABSENT);
  }

  @Test
  void reads_a_packet_in_the_middle_of_an_array() {
    byte[] larger = new byte[CHROMIUM_VIDEO.length + 20];
    System.arraycopy(CHROMIUM_VIDEO, 0, larger, 7, CHROMIUM_VIDEO.length);
    assertThat(packet.wrap(larger, 7, CHROMIUM_VIDEO.length)).isTrue();
    assertThat(packet.payloadOffset()).isEqualTo(35);
    assertThat(packet.payloadLength()).isEqualTo(7);
    assertThat(packet.extensionOffset(3)).isEqualTo(7 + 21);
  }

  @Test
  void id_15_ends_the_one_byte_extensions() {
    assertThat(wrap(HexBytes.of("90600001 00000000 00000001 bede0002 10aa f0ff 20bb0000")))
        .isTrue();
    assertThat(packet.extensionLength(1)).isEqualTo(1);
    assertThat(packet.extensionLength(2)).isEqualTo(-1);
    assertThat(packet.extensionLength(15)).isEqualTo(-1);
  }

  @Test
  void padding_between_extensions_is_passed_over() {
    assertThat(wrap(HexBytes.of("90600001 00000000 00000001 bede0002 0000 10aa 0020bb00")))
        .isTrue();
    assertThat(packet.extensionOffset(1)).isEqualTo(19);
    assertThat(packet.extensionOffset(2)).isEqualTo(22);
  }

  @Test
  void reads_two_byte_extensions_with_empty_values_and_high_ids() {
    assertThat(
            wrap(HexBytes.of("90600001 00000000 00000001 10000003 0100 00 0f02abcd c801ee 00 00")))
        .isTrue();
    assertThat(packet.extensionLength(1)).isZero();
    assertThat(packet.extensionLength(15)).isEqualTo(2);
    assertThat(packet.extensionLength(200)).isEqualTo(1);
    assertThat(packet.extensionLength(9)).isEqualTo(-1);
  }

  @Test
  void an_extension_that_is_longer_than_the_block_is_absent() {
    assertThat(wrap(HexBytes.of("90600001 00000000 00000001 bede0001 10aa2fbb 0102"))).isTrue();
    assertThat(packet.extensionLength(1)).isEqualTo(1);
    assertThat(packet.extensionLength(2)).isEqualTo(-1);
  }

  @Test
  void padding_is_not_payload() {
    assertThat(wrap(HexBytes.of("a0600001 00000000 00000001 aabb 000003"))).isTrue();
    assertThat(packet.payloadLength()).isEqualTo(2);
    assertThat(packet.paddingLength()).isEqualTo(3);
    assertThat(wrap(HexBytes.of("a0600001 00000000 00000001 0002"))).isTrue();
    assertThat(packet.payloadLength()).isZero();
  }

  @Test
  void csrcs_are_passed_over() {
    assertThat(wrap(HexBytes.of("82600001 00000000 00000001 aaaaaaaa bbbbbbbb 01"))).isTrue();
    assertThat(packet.payloadOffset()).isEqualTo(20);
    assertThat(packet.payloadLength()).isEqualTo(1);
  }

  @Test
  void malformed_packets_are_refused() {
    assertThat(wrap(HexBytes.of("80600001 00000000 000000"))).as("short").isFalse();
    assertThat(wrap(HexBytes.of("40600001 00000000 00000001"))).as("version 1").isFalse();
    assertThat(wrap(HexBytes.of("8f600001 00000000 00000001 00"))).as("CSRC count").isFalse();
    assertThat(wrap(HexBytes.of("90600001 00000000 00000001 bede"))).as("no length").isFalse();
    assertThat(wrap(HexBytes.of("90600001 00000000 00000001 bede0001"))).as("extension").isFalse();
    assertThat(wrap(HexBytes.of("a0600001 00000000 00000001 aa00"))).as("padding 0").isFalse();
    assertThat(wrap(HexBytes.of("a0600001 00000000 00000001 aa03"))).as("padding 3").isFalse();
    assertThat(wrap(HexBytes.of("a0600001 00000000 00000001"))).as("no padding").isFalse();
    assertThat(packet.wrap(new byte[20], 10, 12)).as("outside of the array").isFalse();
  }
}
