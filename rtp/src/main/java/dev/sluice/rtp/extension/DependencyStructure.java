package dev.sluice.rtp.extension;

import java.util.Arrays;

/**
 * The templates that the dependency descriptors of a coded video sequence refer to (AOMedia, "RTP
 * Payload Format For AV1", appendix A.8): comes with each key frame, holds until the next.
 * Immutable.
 */
public final class DependencyStructure {
  /** The id of a template has six bits. */
  public static final int MAX_TEMPLATES = 64;

  /** Their number less one has five bits. */
  public static final int MAX_DECODE_TARGETS = 32;

  /** Spatial layers 0 to 3, as in AV1. */
  public static final int MAX_SPATIAL_LAYERS = 4;

  /** Temporal layers 0 to 7, as in AV1. */
  public static final int MAX_TEMPORAL_LAYERS = 8;

  private static final int ABSENT = -1;

  private final int templateIdOffset;
  private final int decodeTargetCount;
  private final int chainCount;
  private final Template[] templates;
  private final byte[] protectingChains;
  private final int[] widths;
  private final int[] heights;
  private final byte[] targetSpatialIds;
  private final byte[] targetTemporalIds;
  private final EncodedBits encoded;

  DependencyStructure(
      int templateIdOffset,
      int decodeTargetCount,
      Template[] templates,
      byte[] protectingChains,
      int chainCount,
      int[] widths,
      int[] heights,
      EncodedBits encoded) {
    this.templateIdOffset = templateIdOffset;
    this.decodeTargetCount = decodeTargetCount;
    this.templates = templates;
    this.protectingChains = protectingChains;
    this.chainCount = chainCount;
    this.widths = widths;
    this.heights = heights;
    this.encoded = encoded;
    targetSpatialIds = new byte[decodeTargetCount];
    targetTemporalIds = new byte[decodeTargetCount];
    Arrays.stream(templates).forEach(this::raiseTargets);
  }

  private void raiseTargets(Template template) {
    for (int target = 0; target < decodeTargetCount; target++) {
      if (Indication.of(template.indications(), target) != Indication.NOT_PRESENT) {
        targetSpatialIds[target] = (byte) Math.max(targetSpatialIds[target], template.spatialId());
        targetTemporalIds[target] =
            (byte) Math.max(targetTemporalIds[target], template.temporalId());
      }
    }
  }

  /** 1 to {@link #MAX_TEMPLATES}. */
  public int templateCount() {
    return templates.length;
  }

  /** 1 to {@link #MAX_DECODE_TARGETS}. */
  public int decodeTargetCount() {
    return decodeTargetCount;
  }

  /** Chains that a receiver can watch for loss, 0 to {@link #decodeTargetCount()}. */
  public int chainCount() {
    return chainCount;
  }

  /** All decode targets, one bit each, the first in the lowest. */
  public int allDecodeTargets() {
    return (int) ((1L << decodeTargetCount) - 1);
  }

  /**
   * The highest spatial layer of a decode target.
   *
   * @param target below {@link #decodeTargetCount()}
   */
  public int targetSpatialId(int target) {
    return targetSpatialIds[target];
  }

  /**
   * The highest temporal layer of a decode target.
   *
   * @param target below {@link #decodeTargetCount()}
   */
  public int targetTemporalId(int target) {
    return targetTemporalIds[target];
  }

  /**
   * The chain whose frames a decode target can't do without, or -1 when there are no chains.
   *
   * @param target below {@link #decodeTargetCount()}
   */
  public int protectingChain(int target) {
    return chainCount == 0 ? ABSENT : protectingChains[target];
  }

  /** The highest spatial layer of all templates. */
  public int maxSpatialId() {
    return templates[templates.length - 1].spatialId();
  }

  /** The width in pixels, 1 to 65536, that a spatial layer is shown at; -1 when it isn't told. */
  public int width(int spatialId) {
    return spatialId >= 0 && spatialId < widths.length ? widths[spatialId] : ABSENT;
  }

  /** The height in pixels, 1 to 65536, that a spatial layer is shown at; -1 when it isn't told. */
  public int height(int spatialId) {
    return spatialId >= 0 && spatialId < heights.length ? heights[spatialId] : ABSENT;
  }

  /** The index of a template in here, or -1 when the id belongs to another structure. */
  int templateIndex(int templateId) {
    int index = (templateId + MAX_TEMPLATES - templateIdOffset) % MAX_TEMPLATES;
    return index < templates.length ? index : ABSENT;
  }

  Template template(int index) {
    return templates[index];
  }

  EncodedBits encoded() {
    return encoded;
  }
}
