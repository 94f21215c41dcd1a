package dev.sluice.rtp.extension;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.fuzz.Region;
import org.jspecify.annotations.Nullable;

/**
 * Two dependency descriptors of one stream, the second with the structure of the first. The first
 * byte of the input is the length of the first one.
 */
public final class DependencyDescriptorFuzz {
  private DependencyDescriptorFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    int first = Math.min(input[0] & 0xFF, input.length - 1);
    DependencyStructure structure = check(Region.of(input, 1, first), null);
    Region second = Region.of(input, 1 + first, input.length - 1 - first);
    check(second, structure);
    // The same again: what it brought is known now
    DependencyStructure brought = check(second, structure);
    DependencyDescriptor again = new DependencyDescriptor();
    if (again.wrap(second.buffer(), second.offset(), second.length(), brought)) {
      assertThat(again.structure()).isSameAs(brought);
    }
  }

  private static @Nullable DependencyStructure check(
      Region region, @Nullable DependencyStructure known) {
    byte[] before = region.buffer().clone();
    DependencyDescriptor descriptor = new DependencyDescriptor();
    if (!descriptor.wrap(region.buffer(), region.offset(), region.length(), known)) {
      return known;
    }
    assertThat(descriptor.frameNumber()).isBetween(0, 0xFFFF);
    assertThat(descriptor.spatialId()).isBetween(-1, 3);
    assertThat(descriptor.temporalId()).isBetween(-1, 7);
    assertThat(descriptor.referenceCount()).isBetween(-1, 16);
    for (int i = 0; i < descriptor.referenceCount(); i++) {
      assertThat(descriptor.reference(i)).isBetween(1, 4096);
    }
    assertThat(descriptor.width()).isBetween(-1, 65536).isNotZero();
    assertThat(descriptor.height()).isBetween(-1, 65536).isNotZero();
    DependencyStructure structure = descriptor.structure();
    if (structure != null) {
      check(descriptor, structure);
    }
    descriptor.setFrameNumber(descriptor.frameNumber());
    assertThat(region.buffer()).isEqualTo(before);
    return structure;
  }

  private static void check(DependencyDescriptor descriptor, DependencyStructure structure) {
    assertThat(structure.templateCount()).isBetween(1, DependencyStructure.MAX_TEMPLATES);
    assertThat(structure.decodeTargetCount()).isBetween(1, DependencyStructure.MAX_DECODE_TARGETS);
    assertThat(structure.chainCount()).isBetween(0, structure.decodeTargetCount());
    for (int target = 0; target < structure.decodeTargetCount(); target++) {
      assertThat(structure.targetSpatialId(target)).isBetween(0, structure.maxSpatialId());
      assertThat(structure.targetTemporalId(target)).isBetween(0, 7);
      assertThat(structure.protectingChain(target)).isBetween(-1, structure.chainCount() - 1);
      assertThat(descriptor.indication(target)).isNotNull();
    }
    for (int chain = 0; chain < structure.chainCount(); chain++) {
      assertThat(descriptor.chainDifference(chain)).isBetween(-1, 255);
    }
    if (descriptor.bringsActiveDecodeTargets()) {
      assertThat(descriptor.activeDecodeTargets() & ~structure.allDecodeTargets()).isZero();
    }
  }
}
