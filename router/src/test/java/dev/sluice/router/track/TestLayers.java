package dev.sluice.router.track;

import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.codec.VideoCodec;
import java.util.Arrays;
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

  /** A VP8 key frame of one packet, of this size; 0 for one that does not tell it. */
  public static RtpPacket keyFrame(Layer layer, int sequence, int width, int height) {
    byte[] payload = TestPackets.hex("90e0 8123 45 00", "10 5d 0b 9d012a 0000 0000 0007");
    if (width == 0) {
      payload = Arrays.copyOf(payload, 9);
    } else {
      payload[12] = (byte) width;
      payload[13] = (byte) (width >> 8);
      payload[14] = (byte) height;
      payload[15] = (byte) (height >> 8);
    }
    return TestPackets.packet(TestPackets.VIDEO_TYPE, layer.ssrc(), sequence, sequence, payload);
  }

  /** Lets the layer have a key frame of this size; 0 for one that does not tell it. */
  public static void key(Layer layer, int sequence, int width, int height, long nowNanos) {
    RtpPacket packet = keyFrame(layer, sequence, width, height);
    layer.onPacket(packet, false, nowNanos);
    VideoPacket video = new VideoPacket();
    if (!video.read(packet, layer, VideoCodec.VP8) || !video.startsKeyFrame()) {
      throw new AssertionError("not a key frame");
    }
    layer.onVideo(packet, video, nowNanos);
  }
}
