package dev.sluice.router.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.RtpPacket;
import dev.sluice.testkit.fuzz.Choices;
import dev.sluice.testkit.fuzz.Region;
import java.util.List;

/**
 * Packets of one transport, each with a byte of time and one of length before it: whatever they say
 * of themselves, a layer is of what was negotiated, and knows one SSRC and one for repair.
 */
public final class LayerTableFuzz {
  private static final long TICK_NANOS = 20_000_000;
  private static final int MAX_PACKETS = 64;

  private LayerTableFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    LayerTable table = new LayerTable();
    table.setSections(
        List.of(
            TestPackets.audio("0", 5),
            TestPackets.simulcast("1", "q", "h", "f"),
            TestPackets.announced("2", 8, 9)));
    Choices choices = new Choices(input);
    long nowNanos = 0;
    for (int i = 0; i < MAX_PACKETS && choices.hasMore(); i++) {
      nowNanos += choices.unsignedByte() * TICK_NANOS;
      Region region = Region.of(choices.bytes(choices.unsignedByte()));
      RtpPacket packet = new RtpPacket();
      if (packet.wrap(region.buffer(), region.offset(), region.length())) {
        check(table, packet, nowNanos);
      }
    }
    assertThat(table.layers()).hasSize(5);
  }

  private static void check(LayerTable table, RtpPacket packet, long nowNanos) {
    Layer layer = table.layerOf(packet, nowNanos);
    if (layer == null) {
      return;
    }
    assertThat(table.layers()).contains(layer);
    if (layer.isRetransmission(packet)) {
      assertThat(packet.payloadType()).isEqualTo(TestPackets.RTX_TYPE);
      assertThat(layer.rtxSsrc()).hasValue(packet.ssrc());
    } else {
      assertThat(layer.section().isMedia(packet.payloadType())).isTrue();
      assertThat(layer.isBoundTo(packet.ssrc())).isTrue();
      assertThat(table.layerOf(packet.ssrc())).isSameAs(layer);
      layer.onPacket(packet, false, nowNanos);
    }
    assertThat(table.layerOf(packet, nowNanos)).isSameAs(layer);
  }
}
