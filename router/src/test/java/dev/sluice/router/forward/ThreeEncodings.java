package dev.sluice.router.forward;

import dev.sluice.router.track.Layer;
import dev.sluice.router.track.TestLayers;
import dev.sluice.router.track.TestPackets;
import dev.sluice.router.track.VideoPacket;
import dev.sluice.rtp.NetworkOrder;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.codec.VideoCodec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.LongConsumer;

/**
 * A publisher of 960x540 in three VP8 encodings of three temporal layers each, whose frames are of
 * steady size, and the forwarder to one subscriber, in virtual time.
 */
final class ThreeEncodings {
  static final long MILLI = 1_000_000;
  // L1T3 as libwebrtc makes it
  private static final int[] TEMPORAL = {0, 2, 1, 2};
  private static final int[] WIDTHS = {240, 480, 960};
  private static final int KEY_FRAME_FACTOR = 7;

  final List<Layer> layers = TestLayers.simulcast("q", "h", "f");
  final VideoForwarder forwarder =
      new VideoForwarder(
          new OutgoingTrack(
              Optional.of(VideoCodec.VP8),
              77,
              100,
              OptionalInt.empty(),
              OptionalInt.empty(),
              OptionalInt.empty(),
              90_000,
              TestPackets.IDS),
          layers,
          new Random(3));

  /** Bytes of a frame of each encoding by temporal layer, one packet. */
  final int[][] frameBytes = {{1_300, 600, 500}, {3_900, 1_900, 1_600}, {11_000, 6_000, 5_000}};

  final boolean[] silent = new boolean[WIDTHS.length];

  /** Whether a publisher answers requests for key frames. */
  boolean answersRequests = true;

  int keyframeRequests;
  int forwardedEncoding = -1;
  int forwardedPackets;
  private final int[] sequence = new int[WIDTHS.length];
  private final boolean[] keyWanted = {true, true, true};
  private final VideoPacket video = new VideoPacket();
  private final byte[] out = new byte[120_000];
  private final long frameNanos;
  private long nowNanos;
  private int frame;

  ThreeEncodings(int framesPerSecond) {
    frameNanos = 1_000 * MILLI / framesPerSecond;
  }

  long now() {
    return nowNanos;
  }

  Layer layer(int encoding) {
    return layers.get(encoding);
  }

  void run(long millis) {
    run(millis, _ -> {});
  }

  /** Lets time pass; what is given runs every 10 ms. */
  void run(long millis, LongConsumer eachTick) {
    long end = nowNanos + millis * MILLI;
    while (nowNanos < end) {
      nowNanos += 10 * MILLI;
      while (frame * frameNanos <= nowNanos) {
        sendFrame();
      }
      eachTick.accept(nowNanos);
      forwarder.onTick(nowNanos);
      answer();
    }
  }

  private void answer() {
    for (Layer layer : layers) {
      if (layer.keyframes().due(nowNanos)) {
        keyframeRequests++;
        keyWanted[layer.index()] |= answersRequests;
      }
    }
  }

  private void sendFrame() {
    for (int encoding = 0; encoding < WIDTHS.length; encoding++) {
      if (silent[encoding]) {
        keyWanted[encoding] = true;
      } else {
        send(encoding);
      }
    }
    frame++;
  }

  private void send(int encoding) {
    boolean key = keyWanted[encoding];
    keyWanted[encoding] = false;
    int temporal = key ? 0 : TEMPORAL[frame % TEMPORAL.length];
    int bytes = frameBytes[encoding][temporal] * (key ? KEY_FRAME_FACTOR : 1);
    Layer layer = layer(encoding);
    RtpPacket packet =
        TestPackets.packet(
            TestPackets.VIDEO_TYPE,
            layer.ssrc(),
            sequence[encoding]++ & 0xFFFF,
            (int) (nowNanos * 9 / 100_000),
            payload(encoding, key, temporal, bytes));
    layer.onPacket(packet, false, nowNanos);
    if (!video.read(packet, layer, VideoCodec.VP8)) {
      throw new AssertionError("malformed");
    }
    layer.onVideo(packet, video, nowNanos);
    if (forwarder.forward(layer, packet, video, nowNanos, out, 0) > 0) {
      forwardedEncoding = encoding;
      forwardedPackets++;
    }
  }

  private byte[] payload(int encoding, boolean key, int temporal, int bytes) {
    byte[] payload =
        Arrays.copyOf(
            TestPackets.hex("90e0 8000 00 20", "10 5d 0b 9d012a 0000 0000 0007"),
            Math.max(20, bytes));
    NetworkOrder.putShort(payload, 2, 0x8000 | (frame & 0x7FFF));
    payload[4] = (byte) (frame / TEMPORAL.length);
    payload[5] = (byte) (temporal << 6 | 0x20);
    payload[6] = (byte) (key ? 0x10 : 0x11);
    int width = WIDTHS[encoding];
    payload[12] = (byte) width;
    payload[13] = (byte) (width >> 8);
    int height = width * 9 / 16;
    payload[14] = (byte) height;
    payload[15] = (byte) (height >> 8);
    return payload;
  }
}
