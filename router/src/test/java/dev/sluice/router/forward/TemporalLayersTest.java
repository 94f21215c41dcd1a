package dev.sluice.router.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.track.Layer;
import dev.sluice.router.track.TestLayers;
import dev.sluice.router.track.TestPackets;
import dev.sluice.router.track.VideoPacket;
import dev.sluice.rtp.NetworkOrder;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.codec.VideoCodec;
import dev.sluice.rtp.vp8.Vp8Payload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A VP8 encoding of three temporal layers at 30 pictures a second, and a preferred frame rate. */
class TemporalLayersTest {
  private static final long FRAME_NANOS = 33_333_333;
  // L1T3 as libwebrtc makes it
  private static final int[] TEMPORAL = {0, 2, 1, 2};

  /** What came of a picture's packet. */
  private record Received(int sequence, int pictureId, int tl0PicIdx, int temporal, int picture) {}

  private final Layer layer = TestLayers.simulcast("f").getFirst();
  private final VideoPacket video = new VideoPacket();
  private final Vp8Payload payload = new Vp8Payload();
  private final RtpPacket sent = new RtpPacket();
  private final byte[] out = new byte[1500];
  private final List<Received> received = new ArrayList<>();
  private final VideoForwarder forwarder =
      new VideoForwarder(
          new OutgoingTrack(
              Optional.of(VideoCodec.VP8),
              77,
              100,
              OptionalInt.empty(),
              OptionalInt.empty(),
              OptionalInt.empty(),
              90_000,
              TestPackets.IDS),
          List.of(layer),
          new Random(3));
  private int pictures;
  private int packets;
  private int basePictures;
  private boolean synced = true;

  /** The two packets of the next picture. */
  private List<RtpPacket> picture() {
    boolean key = pictures == 0;
    int temporal = TEMPORAL[pictures % TEMPORAL.length];
    basePictures += temporal == 0 ? 1 : 0;
    List<RtpPacket> made = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      byte[] bytes = new byte[30];
      bytes[0] = (byte) (i == 0 ? 0x90 : 0x80);
      bytes[1] = (byte) 0xE0;
      NetworkOrder.putShort(bytes, 2, 0x8000 | ((32_700 + pictures) & 0x7FFF));
      bytes[4] = (byte) basePictures;
      bytes[5] = (byte) (temporal << 6 | (synced ? 0x20 : 0));
      bytes[6] = (byte) (key ? 0x10 : 0x11);
      NetworkOrder.putInt(bytes, 20, pictures);
      made.add(
          TestPackets.packet(
              TestPackets.VIDEO_TYPE,
              layer.ssrc(),
              (65_400 + packets++) & 0xFFFF,
              3_000 * pictures,
              bytes));
    }
    pictures++;
    return made;
  }

  private void receive(RtpPacket packet, long nowNanos) {
    layer.onPacket(packet, false, nowNanos);
    assertThat(video.read(packet, layer, VideoCodec.VP8)).isTrue();
    layer.onVideo(packet, video, nowNanos);
    take(forwarder.forward(layer, packet, video, nowNanos, out, 0));
  }

  private void take(int length) {
    if (length == 0) {
      return;
    }
    assertThat(sent.wrap(out, 0, length)).isTrue();
    assertThat(payload.wrap(sent)).isTrue();
    received.add(
        new Received(
            sent.sequenceNumber(),
            payload.pictureId(),
            payload.tl0PicIdx(),
            payload.temporalId(),
            NetworkOrder.int32(out, sent.payloadOffset() + 20)));
  }

  private void run(int count) {
    for (int i = 0; i < count; i++) {
      long now = pictures * FRAME_NANOS;
      picture().forEach(packet -> receive(packet, now));
      forwarder.onTick(now);
    }
  }

  private void prefer(int frameRate) {
    forwarder.setPreference(new LayerPreference(0, 0, frameRate), pictures * FRAME_NANOS);
  }

  private List<Integer> temporalLayers(int last) {
    return received.subList(received.size() - last, received.size()).stream()
        .map(Received::temporal)
        .distinct()
        .sorted()
        .toList();
  }

  @Test
  void the_upper_temporal_layers_are_left_out_down_to_the_preferred_frame_rate() {
    run(60);
    assertThat(received).hasSize(120);
    prefer(15);
    run(60);
    assertThat(temporalLayers(40)).containsExactly(0, 1);
    prefer(8);
    run(60);
    assertThat(temporalLayers(20)).containsExactly(0);
    prefer(1);
    run(60);
    assertThat(temporalLayers(20)).as("the base always comes").containsExactly(0);
    prefer(30);
    run(60);
    assertThat(temporalLayers(40)).containsExactly(0, 1, 2);
    prefer(0);
    run(8);
    assertThat(temporalLayers(16)).containsExactly(0, 1, 2);
  }

  @Test
  void only_the_base_is_sent_while_the_path_is_to_be_spared_and_what_is_preferred_afterwards() {
    run(60);
    prefer(15);
    run(60);
    forwarder.limitToBase(true);
    run(40);
    assertThat(temporalLayers(18)).containsExactly(0);
    forwarder.limitToBase(false);
    run(40);
    assertThat(temporalLayers(20)).containsExactly(0, 1);
    assertThat(forwarder.keyFramesStarted()).as("without a key frame").isEqualTo(1);
  }

  @Test
  void numbers_have_no_gap_where_pictures_are_left_out() {
    run(60);
    prefer(15);
    run(90);
    prefer(30);
    run(90);
    forwarder.limitToBase(true);
    run(30);
    forwarder.limitToBase(false);
    run(30);
    for (int i = 1; i < received.size(); i++) {
      Received before = received.get(i - 1);
      Received each = received.get(i);
      assertThat(each.sequence()).isEqualTo((before.sequence() + 1) & 0xFFFF);
      int pictureStep = each.picture() == before.picture() ? 0 : 1;
      assertThat(each.pictureId())
          .as("%s after %s", each, before)
          .isEqualTo((before.pictureId() + pictureStep) & 0x7FFF);
      int baseStep = pictureStep == 1 && each.temporal() == 0 ? 1 : 0;
      assertThat(each.tl0PicIdx()).isEqualTo((before.tl0PicIdx() + baseStep) & 0xFF);
    }
  }

  @Test
  void an_upper_layer_is_entered_only_where_it_needs_nothing_that_was_left_out() {
    run(60);
    prefer(8);
    run(40);
    synced = false;
    prefer(30);
    run(40);
    assertThat(temporalLayers(20)).containsExactly(0);
    synced = true;
    run(8);
    assertThat(temporalLayers(8)).containsExactly(0, 1, 2);
  }

  @Test
  void pictures_come_whole_and_what_is_missing_can_be_sent_again_on_a_lossy_uplink() {
    for (long seed = 1; seed <= 30; seed++) {
      Random random = new Random(seed);
      Set<Integer> numbers = new HashSet<>();
      List<RtpPacket> late = new ArrayList<>();
      received.clear();
      prefer(0);
      run(60);
      for (int i = 0; i < 300; i++) {
        if (i % 60 == 0) {
          prefer(new int[] {0, 8, 15}[random.nextInt(3)]);
        }
        long now = pictures * FRAME_NANOS;
        for (RtpPacket packet : picture()) {
          if (random.nextInt(10) == 0) {
            late.add(packet);
          } else {
            receive(packet, now);
          }
        }
        if (random.nextInt(3) == 0) {
          late.forEach(packet -> receive(packet, now));
          late.clear();
        }
        forwarder.onTick(now);
      }
      late.forEach(packet -> receive(packet, pictures * FRAME_NANOS));
      int highest = received.getLast().sequence();
      for (Received each : received) {
        assertThat(numbers.add(each.sequence())).as("seed %d: %s twice", seed, each).isTrue();
        highest = ((each.sequence() - highest) & 0xFFFF) < 0x8000 ? each.sequence() : highest;
      }
      int span = ((highest - received.getFirst().sequence()) & 0xFFFF) + 1;
      assertThat(span - received.size())
          .as("seed %d: numbers that never came, though everything arrived in the end", seed)
          .isZero();
      int again = forwarder.retransmit(highest, pictures * FRAME_NANOS, 0, out, 0);
      assertThat(again).as("seed %d: the latest is kept", seed).isPositive();
    }
  }

  @Test
  void what_is_sent_again_is_known_to_be_of_the_base_layer_or_not() {
    layer.keepPackets();
    prefer(0);
    run(60);
    int before = received.size();
    run(4);
    for (Received each : received.subList(before, received.size())) {
      assertThat(forwarder.retransmit(each.sequence(), pictures * FRAME_NANOS, 0, out, 0))
          .isPositive();
      assertThat(forwarder.retransmitter().tookBase())
          .as("%s", each)
          .isEqualTo(each.temporal() == 0);
    }
  }
}
