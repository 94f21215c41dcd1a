package dev.sluice.router.forward;

import dev.sluice.router.track.TestPackets;
import dev.sluice.rtp.NetworkOrder;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.extension.HeaderExtension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A simulcast publisher of 30 pictures a second. Each layer has numbers of its own that soon wrap
 * around, and makes a key frame when asked. The payload names the packet.
 */
final class SimulatedPublisher {
  static final String[] RIDS = {"q", "h", "f"};
  static final long FRAME_NANOS = 33_333_333;

  private static final int[] WIDTHS = {240, 480, 960};

  /** One encoding. */
  static final class Encoding {
    final int layer;
    final int ssrc;
    final int rtxSsrc;
    final int firstTimestamp;
    boolean silent;
    private final int firstSequence;
    private final Map<Integer, byte[]> sent = new HashMap<>();
    private final int firstPictureId;
    private int packets;
    private int frames;
    private int baseFrames;
    private int rtxPackets;
    private boolean keyWanted = true;

    private Encoding(int layer, Random random) {
      this.layer = layer;
      ssrc = 1000 + layer;
      rtxSsrc = 2000 + layer;
      firstSequence = 65_536 - random.nextInt(500);
      firstTimestamp = -random.nextInt(5 * 90_000);
      firstPictureId = 0x8000 - random.nextInt(200);
    }

    int timestampAt(long nanos) {
      return firstTimestamp + (int) (nanos * 9 / 100_000);
    }

    void wantKeyFrame() {
      keyWanted = true;
    }
  }

  private final Random random;
  private final Encoding[] encodings = new Encoding[RIDS.length];

  SimulatedPublisher(Random random) {
    this.random = random;
    for (int layer = 0; layer < encodings.length; layer++) {
      encodings[layer] = new Encoding(layer, random);
    }
  }

  Encoding encoding(int layer) {
    return encodings[layer];
  }

  /** The packets of the picture taken now, of all layers. */
  List<RtpPacket> frame(long nowNanos) {
    List<RtpPacket> packets = new ArrayList<>();
    for (Encoding encoding : encodings) {
      if (!encoding.silent) {
        encode(encoding, nowNanos, packets);
      }
    }
    return packets;
  }

  private void encode(Encoding encoding, long nowNanos, List<RtpPacket> packets) {
    boolean key = encoding.keyWanted;
    encoding.keyWanted = false;
    int temporal = key ? 0 : encoding.frames % 2;
    encoding.baseFrames += temporal == 0 ? 1 : 0;
    int count = key ? 5 : 1 + random.nextInt(1 + encoding.layer);
    for (int i = 0; i < count; i++) {
      int sequence = (encoding.firstSequence + encoding.packets) & 0xFFFF;
      byte[] payload = payload(encoding, key, i == 0, temporal, nowNanos);
      RtpPacket packet =
          TestPackets.packet(
              TestPackets.VIDEO_TYPE,
              encoding.ssrc,
              sequence,
              encoding.timestampAt(nowNanos),
              Map.of(HeaderExtension.MID, "1", HeaderExtension.RID, RIDS[encoding.layer]),
              payload);
      encoding.sent.put(sequence, TestPackets.bytesOf(packet));
      encoding.packets++;
      packets.add(packet);
    }
    encoding.frames++;
  }

  private static byte[] payload(
      Encoding encoding, boolean key, boolean first, int temporal, long nowNanos) {
    byte[] payload = new byte[40];
    payload[0] = (byte) (first ? 0x90 : 0x80);
    payload[1] = (byte) 0xE0;
    NetworkOrder.putShort(
        payload, 2, 0x8000 | ((encoding.firstPictureId + encoding.frames) & 0x7FFF));
    payload[4] = (byte) encoding.baseFrames;
    payload[5] = (byte) (temporal << 6);
    payload[6] = (byte) (key ? 0 : 1);
    NetworkOrder.put24(payload, 9, 0x9D012A);
    int width = WIDTHS[encoding.layer];
    payload[12] = (byte) width;
    payload[13] = (byte) (width >> 8);
    payload[14] = (byte) (width / 2);
    payload[15] = (byte) (width >> 9);
    NetworkOrder.putInt(payload, 16, encoding.layer);
    NetworkOrder.putInt(payload, 20, encoding.packets);
    NetworkOrder.putInt(payload, 24, encoding.frames);
    NetworkOrder.putInt(payload, 28, (int) (nowNanos / 1_000_000));
    return payload;
  }

  /** The retransmission of a packet. */
  RtpPacket repeat(int layer, int sequence) {
    Encoding encoding = encodings[layer];
    byte[] bytes = encoding.sent.get(sequence);
    if (bytes == null) {
      throw new IllegalArgumentException("never sent " + sequence + " of layer " + layer);
    }
    RtpPacket original = TestPackets.wrapped(bytes.clone());
    byte[] payload = new byte[2 + original.payloadLength()];
    NetworkOrder.putShort(payload, 0, sequence);
    System.arraycopy(
        original.buffer(), original.payloadOffset(), payload, 2, original.payloadLength());
    return TestPackets.packet(
        TestPackets.RTX_TYPE,
        encoding.rtxSsrc,
        encoding.rtxPackets++,
        original.timestamp(),
        Map.of(HeaderExtension.MID, "1", HeaderExtension.REPAIRED_RID, RIDS[layer]),
        payload);
  }
}
