package dev.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.extension.ExtensionIds;
import dev.sluice.rtp.extension.ExtensionValues;
import dev.sluice.rtp.extension.HeaderExtension;
import dev.sluice.testkit.fuzz.Region;
import java.util.Map;

/** An RTP packet and its header extensions: nothing is read outside of the packet. */
public final class RtpPacketFuzz {
  private static final ExtensionIds IDS =
      ExtensionIds.of(
          Map.of(
              HeaderExtension.ABS_SEND_TIME, 2,
              HeaderExtension.TRANSPORT_WIDE_CC, 4,
              HeaderExtension.MID, 9,
              HeaderExtension.RID, 10,
              HeaderExtension.AUDIO_LEVEL, 12));

  private RtpPacketFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Region region = Region.of(input);
    RtpPacket packet = new RtpPacket();
    if (!packet.wrap(region.buffer(), region.offset(), region.length())) {
      return;
    }
    assertThat(packet.headerLength()).isBetween(RtpPacket.FIXED_HEADER_LENGTH, region.length());
    assertThat(packet.headerLength() + packet.payloadLength() + packet.paddingLength())
        .isEqualTo(region.length());
    assertThat(packet.payloadOffset()).isEqualTo(region.offset() + packet.headerLength());
    assertThat(packet.paddingLength()).isBetween(0, 255);
    assertThat(packet.payloadType()).isBetween(0, 127);
    assertThat(packet.sequenceNumber()).isBetween(0, 65535);
    for (int id = 0; id <= 256; id++) {
      int length = packet.extensionLength(id);
      int offset = packet.extensionOffset(id);
      assertThat(length).isBetween(-1, 255);
      if (length < 0) {
        assertThat(offset).isEqualTo(-1);
      } else {
        assertThat(offset).isGreaterThan(region.offset() + RtpPacket.FIXED_HEADER_LENGTH);
        assertThat(offset + length).isLessThanOrEqualTo(packet.payloadOffset());
      }
    }
    checkValues(packet);
    assertThat(region.bytes()).isEqualTo(input);
  }

  private static void checkValues(RtpPacket packet) {
    assertThat(ExtensionValues.transportSequence(packet, IDS)).isBetween(-1, 0xFFFF);
    assertThat(ExtensionValues.absSendTime(packet, IDS)).isBetween(-1, 0xFF_FFFF);
    assertThat(ExtensionValues.audioLevel(packet, IDS)).isBetween(-1, 0xFF);
    for (HeaderExtension extension :
        new HeaderExtension[] {HeaderExtension.MID, HeaderExtension.RID}) {
      ExtensionValues.text(packet, IDS, extension)
          .ifPresent(text -> assertThat(text).isNotEmpty().matches("[!-~]{1,64}"));
    }
  }
}
