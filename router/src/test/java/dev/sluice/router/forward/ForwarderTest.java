package dev.sluice.router.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.track.Layer;
import dev.sluice.router.track.Rtx;
import dev.sluice.router.track.TestLayers;
import dev.sluice.router.track.TestPackets;
import dev.sluice.router.track.VideoPacket;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.codec.VideoCodec;
import dev.sluice.rtp.extension.ExtensionIds;
import dev.sluice.rtp.extension.ExtensionValues;
import dev.sluice.rtp.extension.HeaderExtension;
import dev.sluice.rtp.vp8.Vp8Payload;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ForwarderTest {
  private static final long MILLI = 1_000_000;
  private static final ExtensionIds OUT_IDS =
      ExtensionIds.of(
          Map.of(
              HeaderExtension.AUDIO_LEVEL, 9,
              HeaderExtension.ABS_SEND_TIME, 8,
              HeaderExtension.TRANSPORT_WIDE_CC, 7));

  private static final byte[] KEY =
      TestPackets.hex("90e0 8123 45 00", "10 5d 0b 9d012a c003 1c02 0007");
  private static final byte[] DELTA = TestPackets.hex("90e0 8124 46 00", "11 5d 0b");

  private final byte[] out = new byte[1500];
  private final RtpPacket sent = new RtpPacket();
  private final VideoPacket picture = new VideoPacket();

  private final List<Layer> layers = TestLayers.simulcast("q", "f");
  private final Layer high = layers.get(1);
  private final VideoForwarder video =
      new VideoForwarder(
          videoTrack(OptionalInt.of(78), OptionalInt.of(101)), layers, new Random(1));

  private static OutgoingTrack audioTrack() {
    return audioTrack(OptionalInt.empty());
  }

  private static OutgoingTrack audioTrack(OptionalInt redPayloadType) {
    return new OutgoingTrack(
        Optional.empty(),
        55,
        109,
        OptionalInt.empty(),
        OptionalInt.empty(),
        redPayloadType,
        48_000,
        OUT_IDS);
  }

  private static OutgoingTrack videoTrack(OptionalInt rtxSsrc, OptionalInt rtxPayloadType) {
    return new OutgoingTrack(
        Optional.of(VideoCodec.VP8),
        77,
        100,
        rtxSsrc,
        rtxPayloadType,
        OptionalInt.empty(),
        90_000,
        OUT_IDS);
  }

  /** Sends a packet of the upper layer through; null when the subscriber doesn't get it. */
  private @Nullable RtpPacket through(int sequence, int timestamp, long nowMillis, byte[] payload) {
    RtpPacket packet =
        TestPackets.packet(TestPackets.VIDEO_TYPE, high.ssrc(), sequence, timestamp, payload);
    high.onPacket(packet, false, nowMillis * MILLI);
    boolean valid = picture.read(packet, high, VideoCodec.VP8);
    int length = video.forward(high, packet, valid ? picture : null, nowMillis * MILLI, out, 20);
    return length > 0 && sent.wrap(out, 20, length) ? sent : null;
  }

  private @Nullable RtpPacket again(int sequence, long nowMillis) {
    return again(sequence, nowMillis, 0);
  }

  private @Nullable RtpPacket again(int sequence, long nowMillis, long waitMillis) {
    int length = video.retransmit(sequence, nowMillis * MILLI, waitMillis * MILLI, out, 20);
    return length > 0 && sent.wrap(out, 20, length) ? sent : null;
  }

  private static RtpPacket present(@Nullable RtpPacket packet) {
    if (packet == null) {
      throw new AssertionError("no packet");
    }
    return packet;
  }

  @Test
  void a_video_packet_leaves_with_our_header_and_its_own_payload() {
    RtpPacket packet = present(through(10, 5_000, 0, KEY));
    assertThat(packet.ssrc()).isEqualTo(77);
    assertThat(packet.payloadType()).isEqualTo(100);
    assertThat(packet.marker()).isTrue();
    assertThat(packet.payloadLength()).isEqualTo(KEY.length);
    assertThat(ExtensionValues.transportSequence(packet, OUT_IDS)).isZero();
    assertThat(ExtensionValues.absSendTime(packet, OUT_IDS)).isZero();
    Vp8Payload payload = new Vp8Payload();
    assertThat(payload.wrap(out, packet.payloadOffset(), packet.payloadLength())).isTrue();
    assertThat(payload.startsKeyFrame()).isTrue();
    assertThat(payload.keyFrameWidth()).isEqualTo(960);
    int pictureId = payload.pictureId();
    RtpPacket next = present(through(11, 8_000, 33, DELTA));
    assertThat(payload.wrap(out, next.payloadOffset(), next.payloadLength())).isTrue();
    assertThat(payload.pictureId()).isEqualTo((pictureId + 1) & 0x7FFF);
  }

  @Test
  void a_packet_without_payload_leaves_as_an_empty_one() {
    int first = present(through(10, 5_000, 0, KEY)).sequenceNumber();
    RtpPacket empty = present(through(11, 5_000, 1, new byte[0]));
    assertThat(empty.payloadLength()).isZero();
    assertThat(present(through(12, 8_000, 33, DELTA)).sequenceNumber())
        .isEqualTo((first + 2) & 0xFFFF);
  }

  @Test
  void a_lost_packet_is_sent_again_on_the_rtx_ssrc() {
    int sequence = present(through(10, 5_000, 0, KEY)).sequenceNumber();
    byte[] original = TestPackets.bytesOf(sent);
    RtpPacket repeated = present(again(sequence, 10));
    assertThat(repeated.ssrc()).isEqualTo(78);
    assertThat(repeated.payloadType()).isEqualTo(101);
    assertThat(ExtensionValues.transportSequence(repeated, OUT_IDS)).isZero();
    int rtxSequence = repeated.sequenceNumber();
    assertThat(Rtx.restore(repeated, 77, 100)).isTrue();
    assertThat(TestPackets.bytesOf(repeated)).isEqualTo(original);
    through(11, 8_000, 33, DELTA);
    assertThat(present(again((sequence + 1) & 0xFFFF, 40)).sequenceNumber())
        .isEqualTo((rtxSequence + 1) & 0xFFFF);
  }

  @Test
  void a_packet_is_not_sent_again_twice_in_a_round_trip() {
    int sequence = present(through(10, 5_000, 0, KEY)).sequenceNumber();
    assertThat(again(sequence, 10)).isNotNull();
    assertThat(again(sequence, 109)).isNull();
    assertThat(again(sequence, 110)).isNotNull();
    assertThat(again((sequence + 1) & 0xFFFF, 110)).as("never sent").isNull();
    assertThat(video.retransmitter().sent()).isEqualTo(2);
    assertThat(video.retransmitter().tooSoon()).isEqualTo(1);
    assertThat(video.retransmitter().unavailable()).isEqualTo(1);
  }

  @Test
  void a_packet_whose_copy_still_waits_is_not_sent_again_until_a_round_trip_after_that_has_left() {
    int sequence = present(through(10, 5_000, 0, KEY)).sequenceNumber();
    assertThat(again(sequence, 10, 300)).isNotNull();
    assertThat(again(sequence, 150)).as("it waits").isNull();
    assertThat(again(sequence, 310)).as("it leaves").isNull();
    assertThat(again(sequence, 409)).as("it may be on its way").isNull();
    assertThat(again(sequence, 410)).isNotNull();
    assertThat(video.retransmitter().sent()).isEqualTo(2);
    assertThat(video.retransmitter().tooSoon()).isEqualTo(3);
  }

  @Test
  void a_copy_that_waits_keeps_no_other_packet_from_being_sent_again() {
    int sequence = present(through(10, 5_000, 0, KEY)).sequenceNumber();
    present(through(11, 8_000, 33, DELTA));
    assertThat(again(sequence, 40, 300)).isNotNull();
    assertThat(again((sequence + 1) & 0xFFFF, 40, 300)).isNotNull();
  }

  @Test
  void a_packet_that_overtook_the_key_frames_first_is_there_when_asked_for() {
    assertThat(through(11, 5_000, 0, TestPackets.hex("80e0 8123 45 00 aabbcc"))).isNull();
    int sequence = present(through(10, 5_000, 1, KEY)).sequenceNumber();
    present(through(12, 5_000, 2, TestPackets.hex("80e0 8123 45 00 ddeeff")));
    RtpPacket repeated = present(again((sequence + 1) & 0xFFFF, 20));
    assertThat(out[repeated.offset() + repeated.length() - 1]).isEqualTo((byte) 0xCC);
  }

  @Test
  void without_rtx_the_packet_itself_is_sent_again() {
    VideoForwarder plain =
        new VideoForwarder(
            videoTrack(OptionalInt.empty(), OptionalInt.empty()), layers, new Random(1));
    RtpPacket packet = TestPackets.packet(TestPackets.VIDEO_TYPE, high.ssrc(), 10, 5_000, KEY);
    high.onPacket(packet, false, 0);
    assertThat(picture.read(packet, high, VideoCodec.VP8)).isTrue();
    int length = plain.forward(high, packet, picture, 0, out, 0);
    byte[] first = Arrays.copyOf(out, length);
    assertThat(sent.wrap(out, 0, length)).isTrue();
    assertThat(plain.retransmit(sent.sequenceNumber(), 0, 0, out, 0)).isEqualTo(length);
    assertThat(Arrays.copyOf(out, length)).isEqualTo(first);
  }

  @Test
  void a_new_ssrc_of_the_publisher_needs_a_key_frame() {
    int sequence = present(through(10, 5_000, 0, KEY)).sequenceNumber();
    TestLayers.rebind(high, 3_000);
    assertThat(through(900, 1, 100, DELTA)).isNull();
    video.onTick(100 * MILLI);
    assertThat(high.keyframes().isWanted()).isTrue();
    assertThat(present(through(901, 1, 120, KEY)).sequenceNumber())
        .isEqualTo((sequence + 1) & 0xFFFF);
  }

  @Test
  void a_new_subscriber_asks_for_a_key_frame_and_a_picture_loss_too() {
    TestLayers.hear(high, 1, 0);
    video.onTick(0);
    assertThat(high.keyframes().due(0)).isTrue();
    present(through(10, 5_000, 10, KEY));
    TestLayers.key(high, 11, 0, 0, 10 * MILLI);
    video.onTick(20 * MILLI);
    assertThat(high.keyframes().isWanted()).isFalse();
    video.onPictureLoss();
    assertThat(high.keyframes().isWanted()).isTrue();
  }

  @Test
  void audio_goes_on_after_a_pause_without_a_gap() {
    AudioForwarder audio = new AudioForwarder(audioTrack(), new Random(2));
    Layer layer = TestLayers.audio(500);
    int firstSequence = 0;
    int firstTimestamp = 0;
    int expected = 0;
    for (int i = 0; i < 200; i++) {
      if (i == 50 || i == 150) {
        audio.setEnabled(i == 150, i * 20L * MILLI);
      }
      RtpPacket packet =
          TestPackets.packet(
              TestPackets.AUDIO_TYPE, 500, (65_500 + i) & 0xFFFF, -5_000 + 960 * i, (byte) i);
      int length = audio.forward(layer, packet, null, i * 20L * MILLI, out, 0);
      if (i >= 50 && i < 150) {
        assertThat(length).isZero();
        continue;
      }
      assertThat(sent.wrap(out, 0, length)).isTrue();
      firstSequence = i == 0 ? sent.sequenceNumber() : firstSequence;
      firstTimestamp = i == 0 ? sent.timestamp() : firstTimestamp;
      assertThat(sent.sequenceNumber()).isEqualTo((firstSequence + expected++) & 0xFFFF);
      assertThat(sent.timestamp() - firstTimestamp).isEqualTo(960 * i);
    }
  }

  @Test
  void the_audio_level_is_passed_on_under_the_subscribers_id() {
    AudioForwarder audio = new AudioForwarder(audioTrack(), new Random(2));
    RtpPacket packet =
        TestPackets.wrapped(TestPackets.hex("906f0001 00000000 000001f4 bede0001 10b20000 f8fffe"));
    int length = audio.forward(TestLayers.audio(500), packet, null, 0, out, 0);
    assertThat(length).isLessThanOrEqualTo(Forwarder.maxLength(packet));
    assertThat(sent.wrap(out, 0, length)).isTrue();
    assertThat(ExtensionValues.audioLevel(sent, OUT_IDS)).isEqualTo(0xB2);
    assertThat(sent.marker()).isFalse();
  }

  private byte[] redundantThrough(OptionalInt redPayloadType, String payload) {
    AudioForwarder audio = new AudioForwarder(audioTrack(redPayloadType), new Random(2));
    RtpPacket packet =
        TestPackets.packet(TestPackets.RED_TYPE, 500, 1, 960, TestPackets.hex(payload));
    int length = audio.forward(TestLayers.audio(500), packet, null, 0, out, 0);
    assertThat(sent.wrap(out, 0, length)).isTrue();
    return Arrays.copyOfRange(out, sent.payloadOffset(), length);
  }

  @Test
  void redundant_audio_goes_whole_to_who_takes_it_with_the_payload_types_of_its_blocks() {
    assertThat(redundantThrough(OptionalInt.of(60), "ef0f0002 6f 0405 060708"))
        .isEqualTo(TestPackets.hex("ed0f0002 6d 0405 060708"));
    assertThat(sent.payloadType()).isEqualTo(60);
  }

  @Test
  void redundant_audio_is_stripped_for_who_does_not_take_it() {
    assertThat(redundantThrough(OptionalInt.empty(), "ef0f0002 6f 0405 060708"))
        .isEqualTo(TestPackets.hex("060708"));
    assertThat(sent.payloadType()).isEqualTo(109);
  }

  @Test
  void redundant_audio_that_cannot_be_read_leaves_as_an_empty_packet() {
    assertThat(redundantThrough(OptionalInt.of(60), "ef0f00ff 6f")).isEmpty();
    assertThat(sent.payloadType()).isEqualTo(109);
  }

  @Test
  void packets_are_stamped_in_the_order_they_leave() {
    PacketStamp stamp = new PacketStamp();
    for (int i = 0; i < 3; i++) {
      RtpPacket packet = present(through(10 + i, 5_000, i, KEY));
      int number = stamp.stamp(out, 20, packet.length(), OUT_IDS, 1_000 * MILLI);
      assertThat(number).isEqualTo(i);
      assertThat(ExtensionValues.transportSequence(packet, OUT_IDS)).isEqualTo(i);
      assertThat(ExtensionValues.absSendTime(packet, OUT_IDS)).isEqualTo(1 << 18);
    }
    assertThat(stamp.stamp(out, 20, sent.length(), ExtensionIds.none(), 0)).isEqualTo(-1);
    assertThat(stamp.stamp(out, 20, 5, OUT_IDS, 0)).isEqualTo(-1);
  }
}
