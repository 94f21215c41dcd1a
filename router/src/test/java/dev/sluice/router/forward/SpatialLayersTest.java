package dev.sluice.router.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.allocation.Rung;
import dev.sluice.router.forward.ScalablePublisher.Source;
import dev.sluice.router.track.Layer;
import dev.sluice.router.track.LayerTable;
import dev.sluice.router.track.TestPackets;
import dev.sluice.router.track.VideoPacket;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.codec.VideoCodec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** A scalable encoding of three spatial and three temporal layers on its way to a subscriber. */
@ParameterizedClass
@CsvSource({"true, true", "false, true", "false, false"})
class SpatialLayersTest {
  private static final int ALL = VideoPacket.ALL_TEMPORAL_LAYERS;

  /** What came of a packet. */
  private record Received(int sequence, boolean marker, Source source) {}

  private final ScalablePublisher publisher;
  private final Layer layer;
  private final VideoForwarder forwarder;
  private final VideoPacket video = new VideoPacket();
  private final RtpPacket sent = new RtpPacket();
  private final byte[] out = new byte[1500];
  private final List<Received> received = new ArrayList<>();
  private boolean keyWanted = true;
  private int keyframeRequests;

  SpatialLayersTest(boolean described, boolean keyPicturesOnly) {
    publisher = new ScalablePublisher(described, keyPicturesOnly);
    LayerTable table = new LayerTable();
    table.setSections(List.of(TestPackets.announced("1", ScalablePublisher.SSRC, 2000)));
    layer = table.layersOf("1").getFirst();
    forwarder =
        new VideoForwarder(
            new OutgoingTrack(
                Optional.of(VideoCodec.VP9),
                77,
                100,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                90_000,
                TestPackets.IDS),
            List.of(layer),
            new Random(5));
  }

  private void run(int pictures) {
    for (int i = 0; i < pictures; i++) {
      long now = publisher.nowNanos();
      next().forEach(packet -> receive(packet, now));
      tick(now);
    }
  }

  private List<RtpPacket> next() {
    boolean key = keyWanted;
    keyWanted = false;
    return publisher.picture(key);
  }

  private void tick(long now) {
    forwarder.onTick(now);
    if (layer.keyframes().due(now)) {
      keyframeRequests++;
      keyWanted = true;
    }
  }

  private void receive(RtpPacket packet, long now) {
    if (!layer.onPacket(packet, false, now)) {
      return;
    }
    assertThat(video.read(packet, layer, VideoCodec.VP9)).isTrue();
    layer.onVideo(packet, video, now);
    take(forwarder.forward(layer, packet, video, now, out, 0));
  }

  private void take(int length) {
    if (length > 0) {
      assertThat(sent.wrap(out, 0, length)).isTrue();
      received.add(new Received(sent.sequenceNumber(), sent.marker(), Source.of(out, length)));
    }
  }

  private static String name(Rung rung) {
    return "S" + rung.spatial() + (rung.temporal() == ALL ? "" : "T" + rung.temporal());
  }

  private List<String> ladder() {
    return forwarder.ladder(publisher.nowNanos()).stream().map(SpatialLayersTest::name).toList();
  }

  private Rung rung(String name) {
    return forwarder.ladder(publisher.nowNanos()).stream()
        .filter(rung -> name(rung).equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not in " + ladder()));
  }

  private void choose(String name) {
    forwarder.choose(Optional.of(rung(name)), publisher.nowNanos());
  }

  /** The highest spatial layer of each of the last pictures. */
  private List<Integer> spatialLayers(int pictures) {
    int first = publisher.pictures() - pictures;
    TreeMap<Integer, Integer> top = new TreeMap<>();
    for (Received each : received) {
      if (each.source().picture() >= first) {
        top.merge(each.source().picture(), each.source().spatial(), Math::max);
      }
    }
    return List.copyOf(top.values());
  }

  /** Pictures come whole up to a layer, and the marker is where they end. */
  private void checkPictures(String when) {
    Map<Integer, List<Received>> pictures = new TreeMap<>();
    for (Received each : received) {
      pictures.computeIfAbsent(each.source().picture(), _ -> new ArrayList<>()).add(each);
    }
    int topBefore = 0;
    for (List<Received> picture : pictures.values()) {
      Received last = picture.getLast();
      int top = last.source().spatial();
      assertThat(picture).as("%s: %s", when, picture).hasSize(2 * (top + 1));
      assertThat(picture)
          .as("%s: %s", when, picture)
          .filteredOn(Received::marker)
          .containsOnly(last);
      if (!last.source().key()) {
        assertThat(top)
            .as("%s: %s needs more than there was", when, last)
            .isLessThanOrEqualTo(topBefore);
      }
      topBefore = top;
    }
  }

  private void checkNumbers() {
    for (int i = 1; i < received.size(); i++) {
      assertThat(received.get(i).sequence())
          .isEqualTo((received.get(i - 1).sequence() + 1) & 0xFFFF);
    }
  }

  @Test
  void the_ladder_has_the_spatial_layers_with_the_temporal_ones_that_are_worth_it() {
    run(200);
    assertThat(ladder())
        .containsExactly("S0T0", "S0T1", "S0", "S1T0", "S1T1", "S1", "S2T0", "S2T1", "S2");
    assertThat(rung("S0").width()).isEqualTo(240);
    assertThat(rung("S1").height()).isEqualTo(270);
    assertThat(rung("S2").width()).isEqualTo(960);
    assertThat(rung("S1").costBps())
        .as("with the layer below")
        .isGreaterThan(2 * rung("S0").costBps());
    forwarder.setPreference(new LayerPreference(320, 180, 16), publisher.nowNanos());
    assertThat(ladder()).containsExactly("S0T0", "S0T1", "S1T0", "S1T1");
  }

  @Test
  void everything_is_sent_as_long_as_nobody_limits_it() {
    run(100);
    assertThat(received).hasSize(600);
    checkPictures("all");
    checkNumbers();
  }

  @Test
  void going_down_takes_effect_at_once_and_without_a_key_frame() {
    run(60);
    int requests = keyframeRequests;
    choose("S1");
    run(20);
    assertThat(spatialLayers(20)).containsOnly(1).hasSize(20);
    choose("S0T0");
    run(20);
    assertThat(spatialLayers(20)).containsOnly(0).hasSize(5);
    assertThat(keyframeRequests).isEqualTo(requests);
    checkPictures("down");
    checkNumbers();
  }

  @Test
  void going_up_waits_for_a_key_picture_that_is_asked_for() {
    run(60);
    choose("S0");
    run(60);
    int requests = keyframeRequests;
    choose("S2");
    run(30);
    assertThat(keyframeRequests).isEqualTo(requests + 1);
    assertThat(spatialLayers(20)).containsOnly(2);
    checkPictures("up");
    checkNumbers();
    run(60);
    assertThat(keyframeRequests).as("it is there").isEqualTo(requests + 1);
  }

  @Test
  void who_starts_is_sent_no_more_than_was_chosen() {
    run(90);
    Rung rung = rung("S1T1");
    forwarder.choose(Optional.empty(), publisher.nowNanos());
    run(30);
    received.clear();
    forwarder.choose(Optional.of(rung), publisher.nowNanos());
    run(40);
    assertThat(spatialLayers(20)).containsOnly(1).hasSize(10);
    assertThat(received.getFirst().source().key()).isTrue();
    checkPictures("start");
    checkNumbers();
  }

  @Test
  void a_smaller_tile_is_sent_fewer_spatial_layers_without_any_allocation() {
    run(30);
    forwarder.setPreference(new LayerPreference(240, 135, 0), publisher.nowNanos());
    run(20);
    assertThat(spatialLayers(20)).containsOnly(0);
    forwarder.setPreference(LayerPreference.NONE, publisher.nowNanos());
    run(40);
    assertThat(spatialLayers(20)).containsOnly(2);
    checkPictures("preference");
  }

  @Test
  void a_spatial_layer_that_its_publisher_stops_and_starts_freezes_nothing() {
    run(60);
    choose("S2");
    publisher.spatialLayers(2);
    run(90);
    assertThat(spatialLayers(80)).containsOnly(1).hasSize(80);
    assertThat(ladder()).endsWith("S1");
    assertThat(keyframeRequests).as("of what is not there").isLessThanOrEqualTo(1);
    publisher.spatialLayers(3);
    keyWanted = true;
    run(60);
    assertThat(spatialLayers(50)).containsOnly(2).hasSize(50);
    checkPictures("vanished");
    checkNumbers();
  }

  @Test
  void what_is_sent_again_ends_the_picture_as_it_did_before() {
    run(60);
    choose("S1");
    run(20);
    List<Received> before = List.copyOf(received.subList(received.size() - 20, received.size()));
    for (Received each : before) {
      int length = forwarder.retransmit(each.sequence(), publisher.nowNanos(), 0, out, 0);
      received.clear();
      take(length);
      assertThat(received).containsExactly(each);
    }
  }

  @Test
  void pictures_are_whole_in_the_end_on_a_lossy_uplink() {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      List<RtpPacket> late = new ArrayList<>();
      Set<Integer> numbers = new HashSet<>();
      received.clear();
      forwarder.choose(Optional.of(rung0()), publisher.nowNanos());
      run(60);
      received.clear();
      for (int i = 0; i < 300; i++) {
        if (i % 40 == 0) {
          List<Rung> ladder = forwarder.ladder(publisher.nowNanos());
          Rung rung = ladder.get(random.nextInt(ladder.size()));
          forwarder.choose(Optional.of(rung), publisher.nowNanos());
        }
        long now = publisher.nowNanos();
        for (RtpPacket packet : next()) {
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
        tick(now);
      }
      late.forEach(packet -> receive(packet, publisher.nowNanos()));
      int highest = received.getFirst().sequence();
      int lowest = highest;
      for (Received each : received) {
        assertThat(numbers.add(each.sequence())).as("seed %d: %s twice", seed, each).isTrue();
        highest = isNewer(each.sequence(), highest) ? each.sequence() : highest;
        lowest = isNewer(lowest, each.sequence()) ? each.sequence() : lowest;
      }
      assertThat(((highest - lowest) & 0xFFFF) + 1)
          .as("seed %d: numbers that never came, though everything arrived in the end", seed)
          .isEqualTo(received.size());
      checkMarkers(seed);
    }
  }

  private Rung rung0() {
    run(1);
    return forwarder.ladder(publisher.nowNanos()).getFirst();
  }

  private static boolean isNewer(int sequence, int other) {
    return sequence != other && ((sequence - other) & 0xFFFF) < 0x8000;
  }

  /**
   * What was lost comes whatever its layer is, so a picture may have parts that nobody needs; those
   * of the temporal base are all there.
   */
  private void checkMarkers(long seed) {
    Map<Integer, List<Received>> pictures = new TreeMap<>();
    for (Received each : received) {
      pictures.computeIfAbsent(each.source().picture(), _ -> new ArrayList<>()).add(each);
    }
    pictures.values().removeIf(picture -> picture.getFirst().source().temporal() > 0);
    for (List<Received> picture : pictures.values()) {
      assertThat(picture)
          .as("seed %d: %s", seed, picture)
          .anyMatch(each -> each.marker() && each.source().last());
    }
  }
}
