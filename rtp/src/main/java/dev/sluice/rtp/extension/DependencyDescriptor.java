package dev.sluice.rtp.extension;

import static dev.sluice.rtp.NetworkOrder.unsignedShort;

import dev.sluice.rtp.BitReader;
import dev.sluice.rtp.NetworkOrder;
import dev.sluice.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * A flyweight over a dependency descriptor (AOMedia, "RTP Payload Format For AV1", appendix A): for
 * any codec, which frame a packet is of, in which layer, and what that depends on. {@link #wrap}
 * checks all that is read later.
 *
 * <p>Most descriptors only name a template. The templates come with key frames, so whoever reads a
 * stream keeps {@link #structure()} of it and hands it to the next {@code wrap}. Nothing is
 * allocated unless a structure comes that differs from the known one.
 *
 * <p>Who negotiates this extension with a publisher must read it: Chromium then leaves picture ids
 * and temporal layers out of its VP8 payload descriptors (seen with version 156). A receiver that
 * gets it goes by frame numbers alone and no longer looks at picture ids: who joins streams must
 * renumber frames too, see {@link #setFrameNumber}.
 */
public final class DependencyDescriptor {
  /** What is not told, or not known without the structure. */
  public static final int ABSENT = -1;

  private static final int START_BIT = 0x80;
  private static final int END_BIT = 0x40;
  private static final int TEMPLATE_MASK = 0x3F;
  private static final int FRAME_NUMBER_OFFSET = 1;
  private static final int MANDATORY_LENGTH = 3;
  private static final int FLAG_COUNT = 5;

  private final BitReader reader = new BitReader();
  private final int[] customDifferences = new int[StructureParser.MAX_DIFFERENCES];
  private final int[] customChainDifferences = new int[DependencyStructure.MAX_DECODE_TARGETS];
  private byte[] buffer = new byte[MANDATORY_LENGTH];
  private int offset;
  private boolean bringsStructure;
  private boolean bringsActiveTargets;
  private int activeTargets;
  private @Nullable DependencyStructure structure;
  private @Nullable Template template;
  private long indications;
  private int customDifferenceCount;
  private boolean hasCustomChains;

  /**
   * Takes the descriptor of a packet.
   *
   * @param known the stream's structure so far, or null
   * @return false when the packet has none or a malformed one; the flyweight must not be read then
   */
  public boolean wrap(RtpPacket packet, ExtensionIds ids, @Nullable DependencyStructure known) {
    int id = ids.id(HeaderExtension.DEPENDENCY_DESCRIPTOR);
    int length = packet.extensionLength(id);
    return length > 0 && wrap(packet.buffer(), packet.extensionOffset(id), length, known);
  }

  /**
   * Takes the value of the extension. The bytes are not copied.
   *
   * @param known the stream's structure so far, or null
   * @return false when it is malformed; the flyweight must not be read then
   */
  public boolean wrap(byte[] buffer, int offset, int length, @Nullable DependencyStructure known) {
    if (!NetworkOrder.isRegion(buffer, offset, length) || length < MANDATORY_LENGTH) {
      return false;
    }
    this.buffer = buffer;
    this.offset = offset;
    bringsStructure = false;
    bringsActiveTargets = false;
    customDifferenceCount = ABSENT;
    hasCustomChains = false;
    structure = known;
    activeTargets = 0;
    if (length == MANDATORY_LENGTH) {
      findTemplate();
      return true;
    }
    return readExtended(length);
  }

  private boolean readExtended(int length) {
    int flagsOffset = offset + MANDATORY_LENGTH;
    reader.wrap(buffer, flagsOffset, length - MANDATORY_LENGTH);
    bringsStructure = reader.flag();
    bringsActiveTargets = reader.flag();
    boolean customIndications = reader.flag();
    boolean customDifferencesFollow = reader.flag();
    boolean customChains = reader.flag();
    if (bringsStructure && !readStructure(flagsOffset, offset + length)) {
      return false;
    }
    DependencyStructure current = structure;
    if (current == null) {
      // Without it the length of what follows isn't known
      bringsActiveTargets = false;
      findTemplate();
      return true;
    }
    activeTargets =
        bringsActiveTargets ? reader.bits(current.decodeTargetCount()) : current.allDecodeTargets();
    findTemplate();
    if (customIndications) {
      indications = StructureParser.readIndications(reader, current.decodeTargetCount());
    }
    if (customDifferencesFollow && !readDifferences()) {
      return false;
    }
    if (customChains) {
      hasCustomChains = true;
      for (int chain = 0; chain < current.chainCount(); chain++) {
        customChainDifferences[chain] = reader.bits(8);
      }
    }
    return !reader.overrun();
  }

  private boolean readStructure(int flagsOffset, int end) {
    DependencyStructure known = structure;
    if (known != null && known.encoded().isAt(buffer, flagsOffset, end)) {
      reader.skip(known.encoded().bitCount());
      return true;
    }
    structure = StructureParser.parse(reader, buffer, flagsOffset, FLAG_COUNT);
    return structure != null;
  }

  private boolean readDifferences() {
    int count = 0;
    int size = reader.bits(2);
    while (size != 0) {
      if (count == customDifferences.length) {
        return false;
      }
      customDifferences[count++] = reader.bits(4 * size) + 1;
      size = reader.bits(2);
    }
    customDifferenceCount = count;
    return true;
  }

  private void findTemplate() {
    DependencyStructure current = structure;
    int index = current == null ? ABSENT : current.templateIndex(templateId());
    template = current == null || index == ABSENT ? null : current.template(index);
    indications = template == null ? 0 : template.indications();
  }

  /** Whether the packet is the first of its frame in one spatial layer. */
  public boolean startsFrame() {
    return (buffer[offset] & START_BIT) != 0;
  }

  /** Whether the packet is the last of its frame in one spatial layer. */
  public boolean endsFrame() {
    return (buffer[offset] & END_BIT) != 0;
  }

  /** The id of the template, 0 to 63. */
  public int templateId() {
    return buffer[offset] & TEMPLATE_MASK;
  }

  /** The number of the frame in decoding order, 16 bits; each spatial layer counts. */
  public int frameNumber() {
    return unsignedShort(buffer, offset + FRAME_NUMBER_OFFSET);
  }

  /**
   * Rewrites the frame number in place; its low 16 bits count. References are differences, so they
   * stay right as long as all frames of a stream move by the same.
   */
  public void setFrameNumber(int frameNumber) {
    NetworkOrder.putShort(buffer, offset + FRAME_NUMBER_OFFSET, frameNumber);
  }

  /** Whether the packet brings a structure: a key frame, which starts a coded video sequence. */
  public boolean bringsStructure() {
    return bringsStructure;
  }

  /** Whether a decoder that has nothing yet can start with this packet. */
  public boolean startsKeyFrame() {
    return bringsStructure && startsFrame();
  }

  /**
   * The structure that holds for this packet and those behind: what it brings, or else the known
   * one; null as long as there is none.
   */
  public @Nullable DependencyStructure structure() {
    return structure;
  }

  /** Whether the frame's layers and dependencies are known, because its template is. */
  public boolean isResolved() {
    return template != null;
  }

  /** 0 to 3, or {@link #ABSENT}. */
  public int spatialId() {
    Template known = template;
    return known == null ? ABSENT : known.spatialId();
  }

  /** 0 to 7, or {@link #ABSENT}. */
  public int temporalId() {
    Template known = template;
    return known == null ? ABSENT : known.temporalId();
  }

  /**
   * What the frame is to a decode target; {@link Indication#NOT_PRESENT} too when that isn't known.
   *
   * @param target below the number of the structure
   */
  public Indication indication(int target) {
    return Indication.of(indications, target);
  }

  /** Whether the packet says which decode targets are being sent from here on. */
  public boolean bringsActiveDecodeTargets() {
    return bringsActiveTargets || bringsStructure;
  }

  /**
   * The decode targets that are being sent from here on, one bit each, the first in the lowest;
   * only if {@link #bringsActiveDecodeTargets()}.
   */
  public int activeDecodeTargets() {
    return activeTargets;
  }

  /** Frames that this one refers to, 0 to 16; {@link #ABSENT} when that isn't known. */
  public int referenceCount() {
    Template known = template;
    if (customDifferenceCount != ABSENT || known == null) {
      return customDifferenceCount;
    }
    return known.referenceCount();
  }

  /**
   * How many frame numbers a reference lies back, 1 to 4096.
   *
   * @param index below {@link #referenceCount()}
   */
  public int reference(int index) {
    if (index < 0 || index >= referenceCount()) {
      throw new IndexOutOfBoundsException("reference %d of %d".formatted(index, referenceCount()));
    }
    Template known = template;
    return customDifferenceCount != ABSENT || known == null
        ? customDifferences[index]
        : known.reference(index);
  }

  /**
   * How many frame numbers back the latest frame of a chain lies, 0 to 255, where 0 says that the
   * chain starts anew; {@link #ABSENT} when that isn't known.
   *
   * @param chain below the number of the structure
   */
  public int chainDifference(int chain) {
    if (hasCustomChains) {
      return customChainDifferences[chain];
    }
    Template known = template;
    return known == null ? ABSENT : known.chainDifference(chain);
  }

  /**
   * The width in pixels that the frame's spatial layer is shown at, or {@link #ABSENT}; of the
   * whole stream it is that of the structure's highest spatial layer.
   */
  public int width() {
    DependencyStructure current = structure;
    return current == null ? ABSENT : current.width(spatialId());
  }

  /** The height in pixels that the frame's spatial layer is shown at, or {@link #ABSENT}. */
  public int height() {
    DependencyStructure current = structure;
    return current == null ? ABSENT : current.height(spatialId());
  }
}
