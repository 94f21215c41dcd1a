package dev.sluice.rtp.extension;

import dev.sluice.rtp.BitReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a template dependency structure (AOMedia, "RTP Payload Format For AV1", appendix A.8.2).
 * Everything that the wire leaves open is bounded here. Used for one structure; allocates.
 */
final class StructureParser {
  /** References of one frame: AV1 has 7, other codecs at most 16. */
  static final int MAX_DIFFERENCES = 16;

  private static final int SAME_LAYER = 0;
  private static final int NEXT_TEMPORAL_LAYER = 1;
  private static final int NEXT_SPATIAL_LAYER = 2;
  private static final int NO_MORE_LAYERS = 3;

  private final BitReader reader;
  private final byte[] spatialIds = new byte[DependencyStructure.MAX_TEMPLATES];
  private final byte[] temporalIds = new byte[DependencyStructure.MAX_TEMPLATES];

  private StructureParser(BitReader reader) {
    this.reader = reader;
  }

  /**
   * Reads a structure that starts at {@code firstBit} of the byte at {@code offset}, where the
   * reader stands.
   *
   * @return null when it is cut off or beyond a bound
   */
  static @Nullable DependencyStructure parse(
      BitReader reader, byte[] buffer, int offset, int firstBit) {
    return new StructureParser(reader).parse(buffer, offset, firstBit);
  }

  private @Nullable DependencyStructure parse(byte[] buffer, int offset, int firstBit) {
    long bitsBefore = reader.remainingBits();
    int templateIdOffset = reader.bits(6);
    int targets = reader.bits(5) + 1;
    int count = readLayers();
    if (count == 0) {
      return null;
    }
    long[] indications = new long[count];
    for (int i = 0; i < count; i++) {
      indications[i] = readIndications(reader, targets);
    }
    byte[][] differences = new byte[count][];
    for (int i = 0; i < count; i++) {
      byte @Nullable [] read = readDifferences();
      if (read == null) {
        return null;
      }
      differences[i] = read;
    }
    int chains = reader.nonSymmetric(targets + 1);
    byte[] protectingChains = new byte[chains == 0 ? 0 : targets];
    for (int i = 0; i < protectingChains.length; i++) {
      protectingChains[i] = (byte) reader.nonSymmetric(chains);
    }
    Template[] templates = new Template[count];
    for (int i = 0; i < count; i++) {
      byte[] chainDifferences = new byte[chains];
      for (int chain = 0; chain < chains; chain++) {
        chainDifferences[chain] = (byte) reader.bits(4);
      }
      templates[i] =
          new Template(
              spatialIds[i], temporalIds[i], indications[i], differences[i], chainDifferences);
    }
    int sizes = reader.flag() ? spatialIds[count - 1] + 1 : 0;
    int[] widths = new int[sizes];
    int[] heights = new int[sizes];
    for (int i = 0; i < sizes; i++) {
      widths[i] = reader.bits(16) + 1;
      heights[i] = reader.bits(16) + 1;
    }
    if (reader.overrun()) {
      return null;
    }
    int bitCount = (int) (bitsBefore - reader.remainingBits());
    return new DependencyStructure(
        templateIdOffset,
        targets,
        templates,
        protectingChains,
        chains,
        widths,
        heights,
        EncodedBits.of(buffer, offset, firstBit, bitCount));
  }

  /** The layers of each template, in ascending order; the number of templates, or 0. */
  private int readLayers() {
    int spatialId = 0;
    int temporalId = 0;
    int count = 0;
    while (true) {
      spatialIds[count] = (byte) spatialId;
      temporalIds[count] = (byte) temporalId;
      count++;
      switch (reader.bits(2)) {
        case SAME_LAYER -> {}
        case NEXT_TEMPORAL_LAYER -> temporalId++;
        case NEXT_SPATIAL_LAYER -> {
          spatialId++;
          temporalId = 0;
        }
        case NO_MORE_LAYERS -> {
          return count;
        }
        default -> throw new AssertionError("two bits");
      }
      if (reader.overrun()
          || count == DependencyStructure.MAX_TEMPLATES
          || spatialId == DependencyStructure.MAX_SPATIAL_LAYERS
          || temporalId == DependencyStructure.MAX_TEMPORAL_LAYERS) {
        return 0;
      }
    }
  }

  static long readIndications(BitReader reader, int targets) {
    long packed = 0;
    for (int target = 0; target < targets; target++) {
      packed |= (long) reader.bits(2) << (2 * target);
    }
    return packed;
  }

  private byte @Nullable [] readDifferences() {
    byte[] differences = new byte[MAX_DIFFERENCES];
    int count = 0;
    while (reader.flag()) {
      if (count == MAX_DIFFERENCES) {
        return null;
      }
      differences[count++] = (byte) (reader.bits(4) + 1);
    }
    return Arrays.copyOf(differences, count);
  }
}
