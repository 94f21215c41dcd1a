package dev.sluice.router.forward;

import dev.sluice.router.track.TestPackets;
import dev.sluice.rtp.NetworkOrder;
import dev.sluice.rtp.RtpHeaderWriter;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.extension.DependencyDescriptor;
import dev.sluice.rtp.extension.DependencyStructure;
import dev.sluice.rtp.extension.HeaderExtension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the packets of one scalable encoding in VP9 with three spatial and three temporal layers,
 * at 30 pictures a second. A frame has two packets; the last 16 bytes of a payload name it.
 */
final class ScalablePublisher {
  static final long FRAME_NANOS = 33_333_333;
  static final int SSRC = 1000;

  private static final int[] TEMPORAL = {0, 2, 1, 2};
  private static final int[] WIDTHS = {240, 480, 960};
  // The base layers take the most, as encoders have it
  private static final int[] PACKET_BYTES = {200, 700, 1_300};
  private static final double[] TEMPORAL_SHARE = {1, 0.35, 0.25};

  // Captured from Chromium 156: the first packet of VP9 L3T3_KEY in 960x540; frame number 1
  private static final byte[] WITH_STRUCTURE =
      TestPackets.hex(
          "c00001c0081485214eaaaaa8000600004000100002aa80a8000600004000100002a000a8000600004000",
          "16d549241b5524906d54923157e001974ca864330e222396eca8655304224390eca8775300ef008601df",
          "010d03bf021b1f80");

  /** How a packet names itself. */
  record Source(int picture, int spatial, int temporal, boolean key, boolean last) {
    static Source of(byte[] bytes, int end) {
      int layers = NetworkOrder.int32(bytes, end - 12);
      return new Source(
          NetworkOrder.int32(bytes, end - 16),
          layers & 0xFF,
          layers >> 8 & 0xFF,
          (layers >> 16 & 1) == 1,
          (layers >> 24 & 1) == 1);
    }
  }

  private final boolean described;
  private final boolean keyPicturesOnly;
  private final @Nullable DependencyStructure structure;
  private int spatialLayers = WIDTHS.length;
  private int sequence = 65_200;
  private int picture;
  private int sinceKey;
  private int basePictures;
  private int frameNumber;

  /**
   * @param described whether packets have dependency descriptors
   * @param keyPicturesOnly whether frames need the layer below in key pictures only: L3T3_KEY
   *     rather than L3T3
   */
  ScalablePublisher(boolean described, boolean keyPicturesOnly) {
    this.described = described;
    this.keyPicturesOnly = keyPicturesOnly;
    DependencyDescriptor descriptor = new DependencyDescriptor();
    if (!descriptor.wrap(WITH_STRUCTURE, 0, WITH_STRUCTURE.length, null)) {
      throw new AssertionError("malformed");
    }
    structure = descriptor.structure();
  }

  /** Goes on with so many spatial layers. */
  void spatialLayers(int count) {
    spatialLayers = count;
  }

  long nowNanos() {
    return picture * FRAME_NANOS;
  }

  int pictures() {
    return picture;
  }

  /** The packets of the next picture. */
  List<RtpPacket> picture(boolean key) {
    sinceKey = key ? 0 : sinceKey + 1;
    int temporal = TEMPORAL[sinceKey % TEMPORAL.length];
    basePictures += temporal == 0 ? 1 : 0;
    List<RtpPacket> packets = new ArrayList<>();
    for (int spatial = 0; spatial < spatialLayers; spatial++) {
      frameNumber++;
      packets.add(packet(spatial, temporal, key, false));
      packets.add(packet(spatial, temporal, key, true));
    }
    picture++;
    return packets;
  }

  private RtpPacket packet(int spatial, int temporal, boolean key, boolean last) {
    byte[] bytes = new byte[128 + PACKET_BYTES[spatial]];
    RtpHeaderWriter writer = new RtpHeaderWriter();
    boolean marker = last && spatial == spatialLayers - 1;
    writer.begin(
        bytes, 0, TestPackets.VIDEO_TYPE, marker, sequence++ & 0xFFFF, 3_000 * picture, SSRC);
    if (described) {
      byte[] descriptor = descriptor(spatial, temporal, key, last);
      int id = TestPackets.IDS.id(HeaderExtension.DEPENDENCY_DESCRIPTOR);
      writer.addBytes(id, descriptor, 0, descriptor.length);
    }
    int start = writer.finish();
    int end = start + (int) (PACKET_BYTES[spatial] * TEMPORAL_SHARE[temporal]);
    writeVp9(bytes, start, spatial, temporal, key, last);
    NetworkOrder.putInt(bytes, end - 16, picture);
    int named = spatial | temporal << 8 | (key ? 1 << 16 : 0) | (last ? 1 << 24 : 0);
    NetworkOrder.putInt(bytes, end - 12, named);
    return TestPackets.wrapped(Arrays.copyOf(bytes, end));
  }

  private byte[] descriptor(int spatial, int temporal, boolean key, boolean last) {
    boolean first = !last;
    byte[] bytes = key && first && spatial == 0 ? WITH_STRUCTURE.clone() : new byte[3];
    bytes[0] = (byte) ((first ? 0x80 : 0) | (last ? 0x40 : 0) | template(spatial, temporal, key));
    NetworkOrder.putShort(bytes, 1, frameNumber);
    return bytes;
  }

  /** The template of a frame: with key pictures it is the one that refers to no earlier picture. */
  private int template(int spatial, int temporal, boolean key) {
    DependencyDescriptor descriptor = new DependencyDescriptor();
    for (int id = 0; id < DependencyStructure.MAX_TEMPLATES; id++) {
      byte[] bytes = {(byte) id, 0, 0};
      if (descriptor.wrap(bytes, 0, 3, structure)
          && descriptor.isResolved()
          && descriptor.spatialId() == spatial
          && descriptor.temporalId() == temporal
          && key == isOfKeyPicture(descriptor)) {
        return id;
      }
    }
    throw new AssertionError("no template for S%dT%d".formatted(spatial, temporal));
  }

  private static boolean isOfKeyPicture(DependencyDescriptor descriptor) {
    for (int i = 0; i < descriptor.referenceCount(); i++) {
      if (descriptor.reference(i) > descriptor.spatialId()) {
        return false;
      }
    }
    return true;
  }

  /** RFC 9628 §4.2, in the non-flexible mode. */
  private void writeVp9(
      byte[] bytes, int start, int spatial, int temporal, boolean key, boolean last) {
    boolean structured = key && spatial == 0 && !last;
    boolean fromBelow = spatial > 0 && (key || !keyPicturesOnly);
    int flags = 0xA0 | (key ? 0 : 0x40) | (last ? 0x04 : 0x08) | (structured ? 0x02 : 0);
    bytes[start] = (byte) flags;
    NetworkOrder.putShort(bytes, start + 1, 0x8000 | (picture & 0x7FFF));
    bytes[start + 3] = (byte) (temporal << 5 | 0x10 | spatial << 1 | (fromBelow ? 1 : 0));
    bytes[start + 4] = (byte) basePictures;
    if (structured) {
      bytes[start + 5] = (byte) (spatialLayers - 1 << 5 | 0x10);
      for (int i = 0; i < spatialLayers; i++) {
        NetworkOrder.putShort(bytes, start + 6 + 4 * i, WIDTHS[i]);
        NetworkOrder.putShort(bytes, start + 8 + 4 * i, WIDTHS[i] * 9 / 16);
      }
    }
  }
}
