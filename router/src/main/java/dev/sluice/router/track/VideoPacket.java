package dev.sluice.router.track;

import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.codec.VideoCodec;
import dev.sluice.rtp.extension.DependencyDescriptor;
import dev.sluice.rtp.extension.DependencyStructure;
import dev.sluice.rtp.extension.Indication;
import dev.sluice.rtp.video.VideoPayload;
import java.util.EnumMap;
import java.util.Map;

/**
 * What all forwarders of a video need to know of one packet, read once: from the payload, and from
 * the dependency descriptor where there is one. A number that is not told reads as {@link #ABSENT}.
 * Used on the worker's thread only.
 */
public final class VideoPacket {
  /** What a number that the packet does not tell reads as. */
  public static final int ABSENT = VideoPayload.ABSENT;

  /** More temporal layers than any codec has. */
  public static final int ALL_TEMPORAL_LAYERS = 7;

  private final Map<VideoCodec, VideoPayload> payloads = new EnumMap<>(VideoCodec.class);
  private final DependencyDescriptor descriptor = new DependencyDescriptor();
  private VideoPayload payload = VideoCodec.VP8.newPayload();
  private boolean described;
  private boolean startsKeyFrame;
  private int spatialLayer = ABSENT;
  private int temporalLayer = ABSENT;
  private int opensTemporalLayers = ABSENT;

  /** Whether no picture can do without it: it is of the lowest temporal layer, or tells of none. */
  public boolean isBase() {
    return temporalLayer <= 0;
  }

  /**
   * Reads a packet of a layer, which remembers the structure of its dependencies.
   *
   * @return false when the payload is malformed; nothing may be read then
   */
  public boolean read(RtpPacket packet, Layer layer, VideoCodec codec) {
    payload = payloadOf(codec);
    if (!payload.wrap(packet)) {
      return false;
    }
    described = descriptor.wrap(packet, layer.section().extensionIds(), layer.structure());
    if (described) {
      layer.onStructure(descriptor.structure());
    }
    boolean resolved = described && descriptor.isResolved();
    // Of a key picture only the lowest spatial layer
    startsKeyFrame =
        payload.startsKeyFrame()
            || (described && descriptor.startsKeyFrame() && descriptor.spatialId() <= 0);
    // Without descriptors a packet of AV1 tells its layer only if an OBU starts in it
    boolean placed = resolved || codec == VideoCodec.VP9;
    spatialLayer = resolved ? descriptor.spatialId() : placed ? payload.spatialId() : ABSENT;
    temporalLayer = resolved ? descriptor.temporalId() : payload.temporalId();
    layer.onPlace(packet.timestamp(), spatialLayer, temporalLayer);
    if (layer.hasShiftedLayers()) {
      temporalLayer = ABSENT;
    }
    opensTemporalLayers = startsKeyFrame ? ALL_TEMPORAL_LAYERS : opened();
    return true;
  }

  private VideoPayload payloadOf(VideoCodec codec) {
    VideoPayload known = payloads.get(codec);
    if (known == null) {
      known = codec.newPayload();
      payloads.put(codec, known);
    }
    return known;
  }

  /** The highest temporal layer that can be decoded from this frame on by who can decode it. */
  private int opened() {
    DependencyStructure structure = described ? descriptor.structure() : null;
    if (structure == null) {
      return ABSENT;
    }
    int opened = ABSENT;
    for (int target = 0; target < structure.decodeTargetCount(); target++) {
      if (structure.targetSpatialId(target) == spatialLayer
          && descriptor.indication(target) == Indication.SWITCH) {
        opened = Math.max(opened, structure.targetTemporalId(target));
      }
    }
    return opened;
  }

  /** Whether a decoder that has nothing yet can start with this packet. */
  public boolean startsKeyFrame() {
    return startsKeyFrame;
  }

  /** Whether it is known to be the first of its frame, so that what came before is complete. */
  public boolean startsFrame() {
    return payload.startsFrame();
  }

  /**
   * Whether a receiver that goes by dependency descriptors can start with this packet: it has none,
   * or brings the structure that those of the layer refer to.
   */
  public boolean isSelfDescribed() {
    return !described || descriptor.bringsStructure();
  }

  /** Whether it is known to be the last of the frame of its spatial layer. */
  public boolean endsLayerFrame() {
    return described ? descriptor.endsFrame() : payload.endsLayerFrame();
  }

  /**
   * The temporal layer, 0 for the base; {@link #ABSENT} too where the spatial layers of a picture
   * are of different ones, because then none can be left out without looking at all.
   */
  public int temporalLayer() {
    return temporalLayer;
  }

  /** The spatial layer of a scalable encoding, 0 for the smallest, or {@link #ABSENT}. */
  public int spatialLayer() {
    return spatialLayer;
  }

  /**
   * Whether a receiver who was given only the temporal layers below may be given this one too from
   * this frame on.
   */
  public boolean entersTemporalLayer() {
    return payload.switchesUp();
  }

  /**
   * The highest temporal layer that a receiver of this frame may be given from it on; {@link
   * #ABSENT} when it tells none.
   */
  public int opensTemporalLayers() {
    return opensTemporalLayers;
  }

  /** The picture id, 7 or 15 bits, or {@link #ABSENT}. */
  public int pictureId() {
    return payload.pictureId();
  }

  /** The temporal level zero index, 8 bits, or {@link #ABSENT}. */
  public int tl0PicIdx() {
    return payload.tl0PicIdx();
  }

  /** The frame number of the dependency descriptor, 16 bits, or {@link #ABSENT}. */
  public int frameNumber() {
    return described ? descriptor.frameNumber() : ABSENT;
  }

  /** The width of the pictures in pixels where the packet tells it, else 0 or less. */
  int width() {
    int width = payload.keyFrameWidth();
    return width > 0 ? width : structureWidth();
  }

  /** The height that belongs to {@link #width()}. */
  int height() {
    int width = payload.keyFrameWidth();
    return width > 0 ? payload.keyFrameHeight() : structureHeight();
  }

  private int structureWidth() {
    DependencyStructure structure = described ? descriptor.structure() : null;
    return structure == null ? ABSENT : structure.width(structure.maxSpatialId());
  }

  private int structureHeight() {
    DependencyStructure structure = described ? descriptor.structure() : null;
    return structure == null ? ABSENT : structure.height(structure.maxSpatialId());
  }
}
