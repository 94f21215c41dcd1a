package dev.sluice.rtp.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rtp.HexBytes;
import dev.sluice.rtp.RtpPacket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeaderExtensionTest {
  @Test
  void every_extension_is_found_by_its_uri() {
    for (HeaderExtension extension : HeaderExtension.values()) {
      assertThat(HeaderExtension.ofUri(extension.uri())).contains(extension);
    }
    assertThat(HeaderExtension.ofUri("urn:3gpp:video-orientation")).isEmpty();
  }

  @Test
  void ids_outside_of_what_a_header_can_carry_are_refused() {
    for (int id : new int[] {0, 15, 256, -1}) {
      assertThatThrownBy(() -> ExtensionIds.of(Map.of(HeaderExtension.MID, id)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () -> ExtensionIds.of(Map.of(HeaderExtension.MID, 3, HeaderExtension.RID, 3)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void what_was_not_negotiated_has_id_zero() {
    ExtensionIds ids = ExtensionIds.of(Map.of(HeaderExtension.MID, 255));
    assertThat(ids.id(HeaderExtension.MID)).isEqualTo(255);
    assertThat(ids.id(HeaderExtension.RID)).isZero();
    assertThat(ids.has(HeaderExtension.RID)).isFalse();
    assertThat(ids).isEqualTo(ExtensionIds.of(Map.of(HeaderExtension.MID, 255)));
    assertThat(ids).isNotEqualTo(ExtensionIds.none());
  }

  @Test
  void an_audio_level_is_read_in_both_lengths() {
    ExtensionIds ids = ExtensionIds.of(Map.of(HeaderExtension.AUDIO_LEVEL, 1));
    RtpPacket packet = new RtpPacket();
    byte[] one = HexBytes.of("906f0001 00000000 00000001 bede0001 10b2 0000 ff");
    assertThat(packet.wrap(one, 0, one.length)).isTrue();
    assertThat(ExtensionValues.audioLevel(packet, ids)).isEqualTo(0xB2);
    byte[] two = HexBytes.of("906f0001 00000000 00000001 bede0001 113200 00 ff");
    assertThat(packet.wrap(two, 0, two.length)).isTrue();
    assertThat(ExtensionValues.audioLevel(packet, ids)).isEqualTo(0x32);
  }

  @Test
  void a_mid_with_control_characters_is_absent() {
    ExtensionIds ids = ExtensionIds.of(Map.of(HeaderExtension.MID, 1));
    RtpPacket packet = new RtpPacket();
    byte[] bytes = HexBytes.of("90600001 00000000 00000001 bede0001 11300a 00");
    assertThat(packet.wrap(bytes, 0, bytes.length)).isTrue();
    assertThat(ExtensionValues.text(packet, ids, HeaderExtension.MID)).isEmpty();
  }
}
