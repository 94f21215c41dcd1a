package dev.sluice.router.track;

import dev.sluice.rtp.RtpPacket;
import java.util.List;

/** Layers that are bound and heard, for tests of what forwards them. */
public final class TestLayers {
  private TestLayers() {}

  /** The layers of a simulcast section, bound to the SSRCs 1000, 1001 and so on. */
  public static List<Layer> simulcast(String... rids) {
    LayerTable table = new LayerTable();
    table.setSections(List.of(TestPackets.simulcast("1", rids)));
    List<Layer> layers = table.layersOf("1");
    for (Layer layer : layers) {
      layer.bind(1000 + layer.index());
    }
    return layers;
  }

  public static Layer audio(int ssrc) {
    LayerTable table = new LayerTable();
    table.setSections(List.of(TestPackets.audio("0", ssrc)));
    return table.layersOf("0").getFirst();
  }

  public static void rebind(Layer layer, int ssrc) {
    layer.bind(ssrc);
  }

  /** Lets the layer hear a packet. */
  public static void hear(Layer layer, int sequence, long nowNanos) {
    RtpPacket packet =
        TestPackets.packet(TestPackets.VIDEO_TYPE, layer.ssrc(), sequence, 1, (byte) 1);
    layer.onPacket(packet, false, nowNanos);
  }
}
