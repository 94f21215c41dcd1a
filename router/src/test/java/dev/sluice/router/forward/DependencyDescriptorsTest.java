package dev.sluice.router.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.track.Layer;
import dev.sluice.router.track.TestLayers;
import dev.sluice.router.track.TestPackets;
import dev.sluice.router.track.VideoPacket;
import dev.sluice.rtp.RtpHeaderWriter;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.codec.VideoCodec;
import dev.sluice.rtp.extension.DependencyDescriptor;
import dev.sluice.rtp.extension.ExtensionIds;
import dev.sluice.rtp.extension.HeaderExtension;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Dependency descriptors of VP8 simulcast on their way to one subscriber. */
class DependencyDescriptorsTest {
  private static final ExtensionIds DESCRIBED =
      ExtensionIds.of(Map.of(HeaderExtension.DEPENDENCY_DESCRIPTOR, 9));

  // Captured from Chromium 156: a key frame of VP8 L1T3 in 480x270; frame number 1
  private static final byte[] WITH_STRUCTURE =
      TestPackets.hex("c000018002044eaaaf2860414d34538a09404077c04340");
  private static final byte[] KEY =
      TestPackets.hex("90e0 8123 45 00", "10 5d 0b 9d012a c003 1c02 0007");
  private static final byte[] DELTA = TestPackets.hex("90e0 8124 46 00", "11 5d 0b");

  private final List<Layer> layers = TestLayers.simulcast("q", "f");
  private final Layer low = layers.get(0);
  private final Layer high = layers.get(1);
  private final VideoPacket video = new VideoPacket();
  private final RtpPacket sent = new RtpPacket();
  private final DependencyDescriptor descriptor = new DependencyDescriptor();
  private final byte[] out = new byte[1500];
  private int timestamp;

  private VideoForwarder forwarder(ExtensionIds ids) {
    return new VideoForwarder(
        new OutgoingTrack(
            Optional.of(VideoCodec.VP8),
            77,
            100,
            OptionalInt.of(78),
            OptionalInt.of(101),
            OptionalInt.empty(),
            90_000,
            ids),
        layers,
        new Random(1));
  }

  /** A descriptor that names the first template only. */
  private static byte[] frame(int number) {
    return new byte[] {(byte) 0xC0, (byte) (number >> 8), (byte) number};
  }

  private static byte[] structure(int number) {
    byte[] bytes = WITH_STRUCTURE.clone();
    bytes[1] = (byte) (number >> 8);
    bytes[2] = (byte) number;
    return bytes;
  }

  /** Sends a packet through; null when the subscriber doesn't get it. */
  private @Nullable RtpPacket through(
      VideoForwarder forwarder, Layer layer, int sequence, byte[] description, byte[] payload) {
    byte[] bytes = new byte[100 + description.length + payload.length];
    RtpHeaderWriter writer = new RtpHeaderWriter();
    timestamp += 3_000;
    writer.begin(bytes, 0, TestPackets.VIDEO_TYPE, true, sequence, timestamp, layer.ssrc());
    writer.addBytes(
        TestPackets.IDS.id(HeaderExtension.DEPENDENCY_DESCRIPTOR),
        description,
        0,
        description.length);
    int header = writer.finish();
    System.arraycopy(payload, 0, bytes, header, payload.length);
    RtpPacket packet = TestPackets.wrapped(Arrays.copyOf(bytes, header + payload.length));
    long nowNanos = timestamp * 11_111L;
    layer.onPacket(packet, false, nowNanos);
    assertThat(video.read(packet, layer, VideoCodec.VP8)).isTrue();
    layer.onVideo(packet, video, nowNanos);
    int length = forwarder.forward(layer, packet, video, nowNanos, out, 0);
    assertThat(length).isLessThanOrEqualTo(Forwarder.maxLength(packet));
    return length > 0 && sent.wrap(out, 0, length) ? sent : null;
  }

  private int frameNumber() {
    assertThat(descriptor.wrap(sent, DESCRIBED, null)).isTrue();
    return descriptor.frameNumber();
  }

  @Test
  void a_descriptor_goes_on_whole_under_the_subscribers_id_with_another_frame_number() {
    assertThat(through(forwarder(DESCRIBED), low, 10, structure(1), KEY)).isNotNull();
    assertThat(descriptor.wrap(sent, DESCRIBED, null)).isTrue();
    assertThat(descriptor.startsKeyFrame()).isTrue();
    assertThat(descriptor.width()).isEqualTo(480);
    byte[] value =
        Arrays.copyOfRange(
            out, sent.extensionOffset(9), sent.extensionOffset(9) + WITH_STRUCTURE.length);
    byte[] expected = structure(descriptor.frameNumber());
    assertThat(value).isEqualTo(expected);
  }

  @Test
  void frame_numbers_only_ever_grow_over_switches_of_layers() {
    VideoForwarder forwarder = forwarder(DESCRIBED);
    assertThat(through(forwarder, low, 10, structure(40_000), KEY)).isNotNull();
    int first = frameNumber();
    assertThat(through(forwarder, low, 11, frame(40_003), DELTA)).isNotNull();
    assertThat(frameNumber()).isEqualTo((first + 3) & 0xFFFF);
    assertThat(through(forwarder, high, 500, structure(7), KEY)).isNotNull();
    assertThat(frameNumber()).isEqualTo((first + 4) & 0xFFFF);
    assertThat(through(forwarder, high, 501, frame(8), DELTA)).isNotNull();
    assertThat(frameNumber()).isEqualTo((first + 5) & 0xFFFF);
  }

  @Test
  void a_retransmission_has_the_frame_number_that_the_packet_had() {
    VideoForwarder forwarder = forwarder(DESCRIBED);
    assertThat(through(forwarder, low, 10, structure(300), KEY)).isNotNull();
    int sequence = sent.sequenceNumber();
    int number = frameNumber();
    int length = forwarder.retransmit(sequence, timestamp * 11_111L, 0, out, 0);
    assertThat(sent.wrap(out, 0, length)).isTrue();
    assertThat(frameNumber()).isEqualTo(number);
  }

  @Test
  void a_key_frame_without_its_structure_is_of_no_use_to_who_goes_by_descriptors() {
    VideoForwarder forwarder = forwarder(DESCRIBED);
    assertThat(through(forwarder, high, 10, frame(1), KEY)).isNull();
    assertThat(through(forwarder, high, 11, structure(2), KEY)).isNotNull();
  }

  @Test
  void who_takes_no_descriptors_gets_none_and_starts_with_any_key_frame() {
    assertThat(through(forwarder(ExtensionIds.none()), high, 10, frame(1), KEY)).isNotNull();
    assertThat(sent.extensionLength(9)).isEqualTo(-1);
    assertThat(sent.headerLength()).isEqualTo(RtpPacket.FIXED_HEADER_LENGTH);
  }

  @Test
  void the_size_of_a_layer_is_told_by_the_structure_where_the_payload_does_not() {
    byte[] withoutSize = Arrays.copyOf(KEY, 9);
    assertThat(through(forwarder(DESCRIBED), low, 10, structure(1), withoutSize)).isNotNull();
    assertThat(low.width()).isEqualTo(480);
    assertThat(low.height()).isEqualTo(270);
  }
}
