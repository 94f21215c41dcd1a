package dev.sluice.rtp.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.rtp.HexBytes;
import dev.sluice.rtp.RtpHeaderWriter;
import dev.sluice.rtp.RtpPacket;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DependencyDescriptorTest {
  // Captured from Chromium 156: a key frame of VP8 L1T3 in 480x270, and the sixth frame
  private static final byte[] VP8_KEY_FRAME =
      HexBytes.of("c000018002044eaaaf2860414d34538a09404077c04340");
  private static final byte[] VP8_DELTA_FRAME = HexBytes.of("c40006124800");
  // VP9 L3T3_KEY: base layer of a key picture with all three layers, the second layer, a temporal
  // layer
  private static final byte[] VP9_KEY_FRAME =
      HexBytes.of(
          "c00001c0081485214eaaaaa8000600004000100002aa80a8000600004000100002a000a80006000040",
          "0016d549241b5524906d54923157e001974ca864330e222396eca8655304224390eca8775300ef0086",
          "01df010d03bf021b1f80");
  private static final byte[] VP9_SECOND_LAYER = HexBytes.of("850002");
  private static final byte[] VP9_UPPER_FRAME = HexBytes.of("c800041a20181000");

  private final DependencyDescriptor descriptor = new DependencyDescriptor();

  private boolean wrap(byte[] bytes, @Nullable DependencyStructure known) {
    return descriptor.wrap(bytes, 0, bytes.length, known);
  }

  private DependencyStructure structureOf(byte[] bytes) {
    assertThat(wrap(bytes, null)).isTrue();
    return Objects.requireNonNull(descriptor.structure());
  }

  @Test
  void reads_the_structure_of_a_key_frame() {
    DependencyStructure structure = structureOf(VP8_KEY_FRAME);
    assertThat(descriptor.startsKeyFrame()).isTrue();
    assertThat(descriptor.startsFrame()).isTrue();
    assertThat(descriptor.endsFrame()).isTrue();
    assertThat(descriptor.frameNumber()).isEqualTo(1);
    assertThat(descriptor.isResolved()).isTrue();
    assertThat(descriptor.spatialId()).isZero();
    assertThat(descriptor.temporalId()).isZero();
    assertThat(descriptor.referenceCount()).isZero();
    assertThat(descriptor.width()).isEqualTo(480);
    assertThat(descriptor.height()).isEqualTo(270);
    assertThat(descriptor.bringsActiveDecodeTargets()).isTrue();
    assertThat(descriptor.activeDecodeTargets()).isEqualTo(0b111);
    assertThat(structure.templateCount()).isEqualTo(7);
    assertThat(structure.decodeTargetCount()).isEqualTo(3);
    assertThat(structure.chainCount()).isZero();
    assertThat(structure.protectingChain(2)).isEqualTo(DependencyDescriptor.ABSENT);
    assertThat(structure.targetTemporalId(0)).isZero();
    assertThat(structure.targetTemporalId(1)).isEqualTo(1);
    assertThat(structure.targetTemporalId(2)).isEqualTo(2);
    assertThat(structure.width(1)).isEqualTo(DependencyDescriptor.ABSENT);
  }

  @Test
  void a_frame_takes_from_its_template_what_it_does_not_say_itself() {
    DependencyStructure structure = structureOf(VP8_KEY_FRAME);
    assertThat(wrap(VP8_DELTA_FRAME, structure)).isTrue();
    assertThat(descriptor.bringsStructure()).isFalse();
    assertThat(descriptor.startsKeyFrame()).isFalse();
    assertThat(descriptor.frameNumber()).isEqualTo(6);
    assertThat(descriptor.temporalId()).isEqualTo(1);
    assertThat(descriptor.indication(0)).isEqualTo(Indication.NOT_PRESENT);
    assertThat(descriptor.indication(1)).isEqualTo(Indication.DISCARDABLE);
    assertThat(descriptor.indication(2)).isEqualTo(Indication.SWITCH);
    assertThat(descriptor.referenceCount()).isEqualTo(2);
    assertThat(descriptor.reference(0)).isEqualTo(3);
    assertThat(descriptor.reference(1)).isEqualTo(1);
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> descriptor.reference(2));
  }

  @Test
  void reads_spatial_layers_their_chains_and_sizes() {
    DependencyStructure structure = structureOf(VP9_KEY_FRAME);
    assertThat(structure.templateCount()).isEqualTo(15);
    assertThat(structure.decodeTargetCount()).isEqualTo(9);
    assertThat(structure.maxSpatialId()).isEqualTo(2);
    assertThat(structure.chainCount()).isEqualTo(3);
    for (int target = 0; target < 9; target++) {
      assertThat(structure.targetSpatialId(target)).isEqualTo(target / 3);
      assertThat(structure.targetTemporalId(target)).isEqualTo(target % 3);
      assertThat(structure.protectingChain(target)).isEqualTo(target / 3);
    }
    assertThat(structure.width(0)).isEqualTo(240);
    assertThat(structure.height(0)).isEqualTo(135);
    assertThat(structure.width(2)).isEqualTo(960);
    assertThat(structure.height(2)).isEqualTo(540);
    assertThat(descriptor.activeDecodeTargets()).isEqualTo(ACTIVE_TARGETS);

    assertThat(wrap(VP9_SECOND_LAYER, structure)).isTrue();
    assertThat(descriptor.spatialId()).isEqualTo(1);
    assertThat(descriptor.endsFrame()).isFalse();
    assertThat(descriptor.bringsActiveDecodeTargets()).isFalse();
    assertThat(descriptor.indication(3)).isEqualTo(Indication.SWITCH);
    assertThat(descriptor.width()).isEqualTo(480);
    assertThat(descriptor.reference(0)).isEqualTo(1);
    assertThat(descriptor.chainDifference(0)).isEqualTo(1);

    assertThat(wrap(VP9_UPPER_FRAME, structure)).isTrue();
    assertThat(descriptor.temporalId()).isEqualTo(2);
    assertThat(descriptor.spatialId()).isEqualTo(1);
    assertThat(descriptor.referenceCount()).isEqualTo(1);
    assertThat(descriptor.reference(0)).isEqualTo(2);
    assertThat(descriptor.chainDifference(0)).isEqualTo(3);
    assertThat(descriptor.chainDifference(1)).isEqualTo(2);
    assertThat(descriptor.chainDifference(2)).isZero();
  }

  @Test
  void a_structure_that_comes_again_is_the_same_object() {
    DependencyStructure structure = structureOf(VP9_KEY_FRAME);
    byte[] again = VP9_KEY_FRAME.clone();
    again[2] = 9;
    assertThat(wrap(again, structure)).isTrue();
    assertThat(descriptor.structure()).isSameAs(structure);
    assertThat(descriptor.bringsStructure()).isTrue();
    assertThat(descriptor.activeDecodeTargets()).isEqualTo(ACTIVE_TARGETS);

    assertThat(wrap(VP8_KEY_FRAME, structure)).isTrue();
    assertThat(descriptor.structure()).isNotSameAs(structure);
  }

  @Test
  void without_the_structure_only_the_frame_is_known() {
    assertThat(wrap(VP9_UPPER_FRAME, null)).isTrue();
    assertThat(descriptor.isResolved()).isFalse();
    assertThat(descriptor.frameNumber()).isEqualTo(4);
    assertThat(descriptor.spatialId()).isEqualTo(DependencyDescriptor.ABSENT);
    assertThat(descriptor.temporalId()).isEqualTo(DependencyDescriptor.ABSENT);
    assertThat(descriptor.referenceCount()).isEqualTo(DependencyDescriptor.ABSENT);
    assertThat(descriptor.chainDifference(0)).isEqualTo(DependencyDescriptor.ABSENT);
    assertThat(descriptor.indication(0)).isEqualTo(Indication.NOT_PRESENT);
    assertThat(descriptor.width()).isEqualTo(DependencyDescriptor.ABSENT);
    assertThat(descriptor.structure()).isNull();
  }

  @Test
  void a_template_of_another_structure_is_unknown() {
    DependencyStructure structure = structureOf(VP8_KEY_FRAME);
    assertThat(wrap(HexBytes.of("c70006"), structure)).isTrue();
    assertThat(descriptor.isResolved()).isFalse();
    assertThat(descriptor.structure()).isSameAs(structure);
  }

  @Test
  void frames_are_renumbered_in_place() {
    byte[] bytes = VP8_DELTA_FRAME.clone();
    assertThat(wrap(bytes, null)).isTrue();
    descriptor.setFrameNumber(0x1_FFFE);
    assertThat(descriptor.frameNumber()).isEqualTo(0xFFFE);
    assertThat(bytes).isEqualTo(HexBytes.of("c4fffe124800"));
  }

  @Test
  void a_packet_carries_it_in_an_extension_of_two_byte_form() {
    ExtensionIds ids = ExtensionIds.of(Map.of(HeaderExtension.DEPENDENCY_DESCRIPTOR, 13));
    byte[] bytes = new byte[200];
    RtpHeaderWriter writer = new RtpHeaderWriter();
    writer.begin(bytes, 0, 96, true, 1, 2, 3);
    writer.addBytes(13, VP9_KEY_FRAME, 0, VP9_KEY_FRAME.length);
    RtpPacket packet = new RtpPacket();
    assertThat(packet.wrap(bytes, 0, writer.finish())).isTrue();
    assertThat(descriptor.wrap(packet, ids, null)).isTrue();
    assertThat(descriptor.startsKeyFrame()).isTrue();
    assertThat(descriptor.wrap(packet, ExtensionIds.none(), null)).isFalse();
  }

  @Test
  void cut_off_descriptors_are_refused() {
    for (int length = 0; length < VP8_KEY_FRAME.length; length++) {
      if (length != 3) {
        assertThat(descriptor.wrap(VP8_KEY_FRAME, 0, length, null))
            .as("%d bytes", length)
            .isFalse();
      }
    }
    DependencyStructure structure = structureOf(VP9_KEY_FRAME);
    assertThat(descriptor.wrap(VP9_UPPER_FRAME, 0, 7, structure)).isFalse();
  }

  @Test
  void layers_templates_and_references_beyond_their_bounds_are_refused() {
    // 4 more spatial layers, by 02 02 02 02 in two bits each behind 8 + 5 + 11 bits
    assertThat(wrap(HexBytes.of("c00001 8000", "aaff", "00".repeat(100)), null)).isFalse();
    // 8 more temporal layers
    assertThat(wrap(HexBytes.of("c00001 8000", "5555ff", "00".repeat(100)), null)).isFalse();
    // 64 more templates of one layer
    assertThat(wrap(HexBytes.of("c00001 8000", "00".repeat(16), "ff".repeat(100)), null)).isFalse();
    // One template and one decode target, then references without end
    assertThat(wrap(HexBytes.of("c00001 8000", "f", "f".repeat(101)), null)).isFalse();
    // More references of one frame than any codec has
    DependencyStructure structure = structureOf(VP8_KEY_FRAME);
    assertThat(wrap(HexBytes.of("c00006 17", "ff".repeat(60)), structure)).isFalse();
  }

  private static final int ACTIVE_TARGETS = 0b11_1111;
}
