package dev.sluice.router.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.sluice.router.allocation.Rung;
import dev.sluice.router.track.EconomySettings;
import dev.sluice.router.track.LayerEconomy;
import dev.sluice.router.track.VideoPacket;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LadderTest {
  private static final int ALL = VideoPacket.ALL_TEMPORAL_LAYERS;

  private final ThreeEncodings world = new ThreeEncodings(15);

  private static List<String> names(List<Rung> ladder) {
    return ladder.stream().map(LadderTest::name).toList();
  }

  private static String name(Rung rung) {
    return "qhf".charAt(rung.encoding()) + (rung.temporal() == ALL ? "" : " T" + rung.temporal());
  }

  private List<Rung> ladder() {
    return world.forwarder.ladder(world.now());
  }

  private Rung rung(String name) {
    return ladder().stream()
        .filter(rung -> name(rung).equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not in " + names(ladder())));
  }

  @Test
  void nothing_can_be_sent_of_a_publisher_who_sends_nothing() {
    assertThat(ladder()).isEmpty();
    world.run(1_000);
    Arrays.fill(world.silent, true);
    world.run(1_700);
    assertThat(ladder()).isEmpty();
  }

  @Test
  void rungs_are_the_encodings_with_those_temporal_layers_that_are_worth_it() {
    world.run(8_000);
    // 3.75 pictures a second are enough for the base only
    assertThat(names(ladder())).containsExactly("q T0", "q T1", "q", "h T1", "h", "f T1", "f");
    assertThat(rung("f").width()).isEqualTo(960);
    assertThat(rung("q T0").height()).isEqualTo(135);
    assertThat(rung("h T1").frameRate()).isBetween(6.5, 8.5);
    assertThat(ladder()).allMatch(Rung::flowing);
  }

  @Test
  void costs_are_what_the_layers_take_on_the_wire_and_rise_from_rung_to_rung() {
    world.run(20_000);
    // 3.75 frames a second of 1300 bytes, 3.75 of 600 and 7.5 of 500, and 12 + 44 bytes of headers
    assertThat(rung("q T0").costBps()).isBetween(40_000L, 46_000L);
    assertThat(rung("q").costBps()).isBetween(95_000L, 105_000L);
    assertThat(rung("f").costBps()).isBetween(810_000L, 890_000L);
    List<Rung> ladder = ladder();
    for (int i = 0; i < ladder.size(); i++) {
      Rung rung = ladder.get(i);
      assertThat(rung.leastBps()).isPositive().isLessThan(rung.costBps());
      assertThat(rung.costBps()).isGreaterThan(i == 0 ? 0 : ladder.get(i - 1).costBps());
    }
  }

  @Test
  void costs_are_about_right_within_the_first_second_though_it_starts_with_a_key_frame() {
    world.run(20_000);
    ThreeEncodings young = new ThreeEncodings(15);
    for (int i = 0; i < 10; i++) {
      young.run(100);
      Rung best = young.forwarder.ladder(young.now()).getLast();
      long settledBps = rung(name(best)).costBps();
      assertThat(best.costBps())
          .as("%s after %d ms", name(best), 100 * (i + 1))
          .isBetween(settledBps * 6 / 10, settledBps * 2);
    }
  }

  @Test
  void encodings_that_have_only_just_begun_are_priced_well_above_the_one_below() {
    world.run(100);
    assertThat(names(ladder())).contains("q", "h", "f");
    assertThat(rung("h").costBps()).isGreaterThanOrEqualTo(3 * rung("q").costBps());
    assertThat(rung("f").costBps()).isGreaterThanOrEqualTo(3 * rung("h").costBps());
  }

  @Test
  void a_higher_encoding_that_begins_later_is_priced_well_above_the_one_below() {
    world.silent[2] = true;
    world.run(3_000);
    world.silent[2] = false;
    world.run(150);
    assertThat(world.layer(2).isActive(world.now())).isTrue();
    assertThat(rung("f").costBps()).isGreaterThanOrEqualTo(3 * rung("h").costBps());
  }

  @Test
  void a_temporal_layer_whose_frame_rate_is_not_known_yet_is_no_choice_but_for_the_lowest() {
    world.run(900);
    assertThat(names(ladder())).containsExactly("q T0", "q T1", "q", "h", "f");
    world.run(400);
    assertThat(names(ladder())).containsExactly("q T0", "q T1", "q", "h T1", "h", "f T1", "f");
  }

  @Test
  void a_burst_raises_what_going_up_takes_and_not_what_keeping_it_does() {
    world.run(10_000);
    Rung before = rung("f");
    world.frameBytes[2] = new int[] {33_000, 18_000, 15_000};
    world.run(1_500);
    Rung during = rung("f");
    assertThat(during.costBps()).isGreaterThan(2 * before.costBps());
    assertThat(during.leastBps()).isLessThan(before.leastBps() * 17 / 10);
  }

  @Test
  void the_ladder_ends_with_what_the_subscriber_prefers() {
    world.run(8_000);
    world.forwarder.setPreference(new LayerPreference(320, 180, 0), world.now());
    assertThat(names(ladder())).containsExactly("q T0", "q T1", "q", "h T1", "h");
    world.forwarder.setPreference(new LayerPreference(0, 0, 8), world.now());
    assertThat(names(ladder())).containsExactly("q T0", "q T1", "h T1", "f T1");
    world.forwarder.setPreference(new LayerPreference(1, 1, 1), world.now());
    assertThat(names(ladder())).containsExactly("q T0");
    world.forwarder.setPreference(new LayerPreference(16_384, 16_384, 240), world.now());
    assertThat(names(ladder())).endsWith("f").hasSize(7);
  }

  @Test
  void an_encoding_that_costs_no_less_than_a_better_one_is_left_out() {
    world.frameBytes[1] = world.frameBytes[2];
    world.frameBytes[2] = new int[] {3_900, 1_900, 1_600};
    world.run(8_000);
    assertThat(names(ladder())).containsExactly("q T0", "q T1", "q", "f T1", "f");
  }

  @Test
  void an_encoding_that_its_publisher_has_stopped_is_no_choice() {
    world.run(5_000);
    world.silent[2] = true;
    world.run(1_700);
    assertThat(names(ladder())).endsWith("h");
  }

  @Test
  void an_encoding_that_was_switched_off_is_offered_at_its_last_cost() {
    LayerEconomy economy = new LayerEconomy(world.layers, EconomySettings.DEFAULTS);
    world.run(10_000);
    long costBps = rung("f").costBps();
    economy.update(_ -> false, world.now() - 5_000 * ThreeEncodings.MILLI);
    economy.update(_ -> false, world.now());
    world.silent[1] = true;
    world.silent[2] = true;
    world.run(20_000);
    assertThat(names(ladder())).containsExactly("q T0", "q T1", "q", "h T1", "h", "f T1", "f");
    assertThat(rung("q").flowing()).isTrue();
    assertThat(rung("f").flowing()).isFalse();
    assertThat(rung("f").costBps()).isEqualTo(costBps);
    world.forwarder.choose(Optional.of(rung("f")), world.now());
    world.run(500);
    economy.update(world.forwarder::wants, world.now());
    assertThat(economy.rids()).containsExactly("q", "f");
    assertThat(world.forwardedEncoding).isZero();
    world.silent[2] = false;
    world.run(200);
    assertThat(world.forwardedEncoding).isEqualTo(2);
    assertThat(rung("f").flowing()).isTrue();
    assertThat(rung("f").costBps()).as("it starts with a key frame").isLessThan(2 * costBps);
  }

  @Test
  void the_rung_chosen_is_what_is_sent() {
    world.run(3_000);
    assertThat(world.forwardedEncoding).isEqualTo(2);
    for (String name : List.of("h", "h T1", "q", "q T0", "f", "f T1", "q T1")) {
      Rung rung = rung(name);
      world.forwarder.choose(Optional.of(rung), world.now());
      world.run(1_200);
      int before = world.forwardedPackets;
      world.run(4_000);
      assertThat(world.forwardedEncoding).as(name).isEqualTo(rung.encoding());
      assertThat((world.forwardedPackets - before) / 4.0)
          .as("pictures a second of %s", name)
          .isCloseTo(rung.frameRate(), offset(1.3));
    }
  }

  @Test
  void going_down_stops_the_higher_at_once_and_needs_a_key_frame_only_of_another_encoding() {
    world.run(3_000);
    int requests = world.keyframeRequests;
    long starts = world.forwarder.keyFramesStarted();
    world.forwarder.choose(Optional.of(rung("f T1")), world.now());
    world.run(1_000);
    assertThat(world.keyframeRequests).isEqualTo(requests);
    assertThat(world.forwarder.keyFramesStarted()).isEqualTo(starts);
    world.answersRequests = false;
    int packets = world.forwardedPackets;
    world.forwarder.choose(Optional.of(rung("q")), world.now());
    world.run(400);
    assertThat(world.forwardedPackets).as("of the higher one").isEqualTo(packets);
    assertThat(world.keyframeRequests).isEqualTo(requests + 1);
    world.answersRequests = true;
    world.run(700);
    assertThat(world.forwardedEncoding).isZero();
    assertThat(world.forwarder.keyFramesStarted()).isEqualTo(starts + 1);
  }

  @Test
  void nothing_flows_when_nothing_is_chosen_and_a_key_frame_starts_it_again() {
    world.run(3_000);
    long starts = world.forwarder.keyFramesStarted();
    Rung base = ladder().getFirst();
    world.forwarder.choose(Optional.empty(), world.now());
    int packets = world.forwardedPackets;
    int requests = world.keyframeRequests;
    world.run(5_000);
    assertThat(world.forwardedPackets).isEqualTo(packets);
    assertThat(world.keyframeRequests).as("of nobody who waits").isEqualTo(requests);
    assertThat(names(ladder())).as("is still measured").hasSize(7);
    world.forwarder.choose(Optional.of(base), world.now());
    world.run(1_000);
    assertThat(world.forwardedEncoding).isZero();
    assertThat(world.forwarder.keyFramesStarted()).isEqualTo(starts + 1);
  }

  @Test
  void what_the_subscriber_holds_back_stays_so_whatever_is_chosen() {
    world.run(3_000);
    world.forwarder.setEnabled(false, world.now());
    world.forwarder.choose(Optional.of(rung("h")), world.now());
    int packets = world.forwardedPackets;
    world.run(2_000);
    assertThat(world.forwardedPackets).isEqualTo(packets);
    world.forwarder.choose(Optional.empty(), world.now());
    world.forwarder.setEnabled(true, world.now());
    world.run(2_000);
    assertThat(world.forwardedPackets).isEqualTo(packets);
    world.forwarder.choose(Optional.of(rung("h")), world.now());
    world.run(1_000);
    assertThat(world.forwardedEncoding).isEqualTo(1);
  }

  @Test
  void a_hundred_changes_of_mind_a_second_ask_for_no_more_than_two_key_frames_a_second() {
    for (long seed = 1; seed <= 10; seed++) {
      Random random = new Random(seed);
      ThreeEncodings each = new ThreeEncodings(15);
      each.run(3_000);
      int before = each.keyframeRequests;
      each.run(10_000, now -> absurdWish(each.forwarder, random, now));
      // Of each of the three encodings
      assertThat(each.keyframeRequests - before).as("seed %d", seed).isLessThanOrEqualTo(3 * 21);
      each.forwarder.setEnabled(true, each.now());
      each.forwarder.setPreference(LayerPreference.NONE, each.now());
      each.forwarder.choose(Optional.of(each.forwarder.ladder(each.now()).getLast()), each.now());
      each.run(1_500);
      assertThat(each.forwardedEncoding).as("seed %d", seed).isEqualTo(2);
    }
  }

  private static void absurdWish(VideoForwarder forwarder, Random random, long nowNanos) {
    int[] sizes = {0, 1, 240, 480, 960, 16_384, Integer.MAX_VALUE};
    int size = sizes[random.nextInt(sizes.length)];
    forwarder.setEnabled(random.nextBoolean(), nowNanos);
    forwarder.setPreference(new LayerPreference(size, size, random.nextInt(240)), nowNanos);
    List<Rung> ladder = forwarder.ladder(nowNanos);
    forwarder.choose(
        ladder.isEmpty() || random.nextInt(4) == 0
            ? Optional.empty()
            : Optional.of(ladder.get(random.nextInt(ladder.size()))),
        nowNanos);
  }
}
