package dev.sluice.router.track;

import static dev.sluice.router.track.TestPackets.RTX_TYPE;
import static dev.sluice.router.track.TestPackets.VIDEO_TYPE;
import static dev.sluice.router.track.TestPackets.packet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.extension.HeaderExtension;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LayerTableTest {
  private static final long SECOND = 1_000_000_000;

  private final LayerTable table = new LayerTable();
  private final InboundSection video = TestPackets.simulcast("1", "q", "h", "f");
  private final InboundSection audio = TestPackets.audio("0", 500);

  @BeforeEach
  void negotiate() {
    table.setSections(List.of(audio, video));
  }

  private static RtpPacket first(int ssrc, String mid, String rid) {
    return packet(
        VIDEO_TYPE,
        ssrc,
        1,
        1,
        Map.of(HeaderExtension.MID, mid, HeaderExtension.RID, rid),
        (byte) 1);
  }

  private static RtpPacket firstRtx(int ssrc, String mid, String repairedRid) {
    return packet(
        RTX_TYPE,
        ssrc,
        1,
        1,
        Map.of(HeaderExtension.MID, mid, HeaderExtension.REPAIRED_RID, repairedRid),
        new byte[] {0, 1, 2});
  }

  private static String ridOf(@Nullable Layer layer) {
    return layer == null ? "none" : layer.rid();
  }

  @Test
  void a_simulcast_layer_is_learned_from_its_first_packet_and_kept() {
    assertThat(table.layerOf(packet(VIDEO_TYPE, 7, 1, 1, (byte) 1), 0)).isNull();
    assertThat(ridOf(table.layerOf(first(7, "1", "h"), 0))).isEqualTo("h");
    Layer kept = table.layerOf(packet(VIDEO_TYPE, 7, 2, 1, (byte) 1), 0);
    assertThat(ridOf(kept)).isEqualTo("h");
    assertThat(table.layerOf(7)).isSameAs(kept);
    assertThat(table.layerOf(8)).isNull();
  }

  @Test
  void all_layers_are_there_before_their_first_packets() {
    assertThat(table.layersOf("1")).extracting(Layer::rid).containsExactly("q", "h", "f");
    assertThat(table.layersOf("1")).noneMatch(Layer::isBound);
    assertThat(table.layersOf("9")).isEmpty();
  }

  @Test
  void retransmissions_are_learned_from_the_repaired_rid() {
    table.layerOf(first(7, "1", "h"), 0);
    RtpPacket repair = firstRtx(8, "1", "h");
    Layer layer = table.layerOf(repair, 0);
    assertThat(ridOf(layer)).isEqualTo("h");
    assertThat(layer != null && layer.isRetransmission(repair)).isTrue();
    RtpPacket later = packet(RTX_TYPE, 8, 2, 1, (byte) 1);
    assertThat(table.layerOf(later, 0)).isSameAs(layer);
    assertThat(layer != null && layer.isRetransmission(first(7, "1", "h"))).isFalse();
  }

  @Test
  void announced_ssrcs_need_no_extensions() {
    table.setSections(List.of(TestPackets.announced("2", 70, 71)));
    Layer layer = table.layerOf(packet(VIDEO_TYPE, 70, 1, 1, (byte) 1), 0);
    RtpPacket repair = packet(RTX_TYPE, 71, 1, 1, (byte) 1);
    assertThat(layer).isNotNull().isSameAs(table.layerOf(repair, 0));
    assertThat(layer != null && layer.isRetransmission(repair)).isTrue();
  }

  @Test
  void what_was_not_negotiated_belongs_to_nothing() {
    assertThat(table.layerOf(first(7, "1", "x"), 0)).as("rid").isNull();
    assertThat(table.layerOf(first(7, "2", "h"), 0)).as("mid").isNull();
    assertThat(table.layerOf(packet(100, 500, 1, 1, (byte) 1), 0)).as("payload type").isNull();
    assertThat(table.layerOf(packet(99, 7, 1, 1, Map.of(HeaderExtension.MID, "1")), 0)).isNull();
    assertThat(table.layerOf(packet(RTX_TYPE, 7, 1, 1, Map.of(HeaderExtension.MID, "1")), 0))
        .as("retransmission of no layer")
        .isNull();
  }

  @Test
  void another_ssrc_takes_a_layer_over_only_when_the_one_before_is_silent() {
    RtpPacket packet = first(7, "1", "f");
    Layer layer = table.layerOf(packet, 0);
    assertThat(layer).isNotNull();
    if (layer != null) {
      layer.onPacket(packet, false, 0);
      assertThat(table.layerOf(first(9, "1", "f"), SECOND / 10)).isNull();
      assertThat(table.layerOf(first(9, "1", "f"), SECOND)).isSameAs(layer);
      assertThat(layer.ssrc()).isEqualTo(9);
      assertThat(layer.reception().packetsReceived()).isZero();
      assertThat(table.layerOf(packet(VIDEO_TYPE, 7, 2, 1, (byte) 1), SECOND)).isNull();
    }
  }

  @Test
  void layers_of_an_unchanged_section_outlive_a_negotiation() {
    Layer layer = table.layerOf(first(7, "1", "q"), 0);
    table.setSections(List.of(TestPackets.simulcast("1", "q", "h", "f")));
    assertThat(table.layerOf(7)).isSameAs(layer);
    assertThat(table.layerOf(500)).as("audio is gone").isNull();
    table.setSections(List.of(TestPackets.simulcast("1", "q", "h")));
    assertThat(table.layerOf(7)).isNotNull().isNotSameAs(layer);
  }

  @Test
  void a_forgotten_section_starts_over_with_the_ssrcs_it_had() {
    Layer before = table.layerOf(first(7, "1", "q"), 0);
    table.layerOf(firstRtx(8, "1", "q"), 0);
    Layer sound = table.layerOf(500);
    table.forget("1");
    RtpPacket bare = packet(VIDEO_TYPE, 7, 2, 1, (byte) 1);
    RtpPacket bareRepair = packet(RTX_TYPE, 8, 2, 1, (byte) 1);
    Layer after = table.layerOf(bare, 0);
    assertThat(ridOf(after)).isEqualTo("q");
    assertThat(after).isNotSameAs(before).isSameAs(table.layerOf(bareRepair, 0));
    assertThat(table.layerOf(500)).isSameAs(sound);
  }

  @Test
  void a_section_that_was_inactive_knows_its_ssrcs_when_it_is_used_again() {
    table.layerOf(first(7, "1", "q"), 0);
    table.setSections(List.of(audio));
    assertThat(table.layerOf(packet(VIDEO_TYPE, 7, 2, 1, (byte) 1), 0)).as("inactive").isNull();
    table.setSections(List.of(audio, video));
    assertThat(ridOf(table.layerOf(packet(VIDEO_TYPE, 7, 3, 1, (byte) 1), 0))).isEqualTo("q");
    assertThat(ridOf(table.layerOf(first(9, "1", "q"), 0))).as("another SSRC").isEqualTo("q");
  }

  @Test
  void a_flood_of_ssrcs_binds_no_more_than_there_are_layers() {
    for (int ssrc = 1_000; ssrc < 11_000; ssrc++) {
      table.layerOf(first(ssrc, "1", "q"), 0);
      table.layerOf(firstRtx(ssrc + 20_000, "1", "q"), 0);
    }
    assertThat(table.layers()).hasSize(4);
  }
}
