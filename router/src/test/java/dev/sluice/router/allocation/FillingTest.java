package dev.sluice.router.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FillingTest {
  private static final AllocationSettings.Sharing SHARING = AllocationSettings.Sharing.DEFAULTS;
  private static final int SEEDS = 2_000;

  private static Filling fill(long budgetBps, VideoDemand... demands) {
    return fill(budgetBps, List.of(demands));
  }

  private static Filling fill(long budgetBps, List<VideoDemand> demands) {
    List<Claim> claims =
        demands.stream().sorted(Importance.ORDER).map(demand -> Claim.of(demand, SHARING)).toList();
    Filling filling = Filling.fromFloors(claims);
    filling.raiseWithin(budgetBps);
    return filling;
  }

  private static List<Integer> levels(Filling filling) {
    return IntStream.range(0, filling.size()).mapToObj(filling::level).toList();
  }

  @Test
  void everybody_has_the_lowest_rung_even_when_that_is_too_much() {
    Filling filling =
        fill(
            100_000,
            TestDemands.tile(1, TestDemands.camera()),
            TestDemands.tile(2, TestDemands.camera()),
            TestDemands.screen(3, TestDemands.camera()));
    assertThat(levels(filling)).containsExactly(0, 0, 0);
    assertThat(filling.costBps()).isEqualTo(165_000);
  }

  @Test
  void nobody_gets_more_before_all_have_the_lowest_rung() {
    VideoDemand[] tiles =
        IntStream.range(0, 10)
            .mapToObj(id -> TestDemands.tile(id, TestDemands.camera()))
            .toArray(VideoDemand[]::new);
    assertThat(levels(fill(570_000, tiles))).containsOnly(0);
    assertThat(levels(fill(576_000, tiles))).containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void tiles_of_one_size_get_the_same() {
    Filling filling =
        fill(
            1_300_000,
            TestDemands.tile(1, TestDemands.camera()),
            TestDemands.tile(2, TestDemands.camera()),
            TestDemands.tile(3, TestDemands.camera()));
    assertThat(levels(filling)).containsExactly(5, 5, 5);
  }

  @Test
  void a_shared_screen_is_readable_before_tiles_get_more() {
    List<Rung> screen =
        List.of(
            TestDemands.rung(0, 0, 480, 270, 100_000),
            TestDemands.rung(1, 0, 640, 360, 400_000),
            TestDemands.rung(2, 0, 1_920, 1_080, 2_000_000));
    Filling filling =
        fill(500_000, TestDemands.tile(1, TestDemands.camera()), TestDemands.screen(2, screen));
    assertThat(filling.claim(0).id()).isEqualTo(2);
    assertThat(levels(filling)).containsExactly(1, 1);
  }

  @Test
  void who_speaks_gets_the_size_nearest_to_readable_first() {
    Filling filling =
        fill(
            300_000,
            TestDemands.tile(1, TestDemands.camera()),
            TestDemands.speaker(2, TestDemands.camera()));
    assertThat(filling.claim(0).id()).isEqualTo(2);
    assertThat(levels(filling)).containsExactly(3, 1);
  }

  @Test
  void a_larger_tile_gets_more() {
    VideoDemand small =
        new VideoDemand(
            1, TestDemands.camera(), Permission.ALL, false, false, Integer.MAX_VALUE, 160 * 90);
    VideoDemand large = TestDemands.tile(2, TestDemands.camera());
    assertThat(levels(fill(700_000, small, large))).containsExactly(6, 2);
  }

  @Test
  void only_what_is_permitted_is_given() {
    Filling filling =
        fill(
            10_000_000,
            TestDemands.tile(1, TestDemands.camera()).with(Permission.NONE),
            TestDemands.tile(2, TestDemands.camera()).with(Permission.BASE),
            TestDemands.tile(3, TestDemands.camera()),
            TestDemands.tile(4, List.of()));
    assertThat(levels(filling)).containsExactly(-1, 0, 8, -1);
  }

  @Test
  void recorders_get_the_best_whatever_the_budget_and_are_charged() {
    Filling filling =
        fill(
            1_300_000,
            TestDemands.tile(1, TestDemands.camera()),
            TestDemands.recorded(2, TestDemands.camera()));
    assertThat(filling.claim(0).id()).isEqualTo(2);
    assertThat(levels(filling)).containsExactly(8, 1);
    assertThat(levels(fill(0, TestDemands.recorded(2, TestDemands.camera())))).containsExactly(8);
  }

  @Test
  void a_screen_that_needs_too_much_does_not_keep_others_from_the_rest() {
    Filling filling =
        fill(
            700_000,
            TestDemands.screen(1, TestDemands.ladder(100_000, 5_000_000)),
            TestDemands.tile(2, TestDemands.camera()));
    assertThat(levels(filling)).containsExactly(0, 6);
  }

  @Test
  void the_budget_is_kept_but_for_what_everybody_has_in_any_case() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      List<VideoDemand> demands = TestDemands.random(random);
      long budgetBps = random.nextLong(4_000_000);
      long forcedBps = fill(0, demands).costBps();
      assertThat(fill(budgetBps, demands).costBps())
          .as("seed %d", seed)
          .isLessThanOrEqualTo(Math.max(budgetBps, forcedBps));
    }
  }

  @Test
  void more_budget_never_gives_the_most_important_less() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      List<VideoDemand> demands = TestDemands.random(random);
      int before = Integer.MIN_VALUE;
      for (long budgetBps = 0; budgetBps < 4_000_000 && !demands.isEmpty(); budgetBps += 50_000) {
        int level = fill(budgetBps, demands).level(0);
        assertThat(level).as("seed %d at %d bit/s", seed, budgetBps).isGreaterThanOrEqualTo(before);
        before = level;
      }
    }
  }

  @Test
  void of_equals_the_more_important_never_has_less() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      List<Rung> ladder = TestDemands.camera(0.5 + random.nextDouble());
      VideoDemand[] demands = new VideoDemand[2 + random.nextInt(6)];
      Arrays.setAll(
          demands,
          id ->
              random.nextInt(3) == 0
                  ? TestDemands.screen(id, ladder)
                  : TestDemands.tile(id, ladder));
      List<Integer> levels = levels(fill(random.nextLong(5_000_000), demands));
      assertThat(levels)
          .as("seed %d", seed)
          .isSortedAccordingTo((one, other) -> Integer.compare(other, one));
    }
  }

  /** The raises from some levels of as many cameras to others that are made with such a budget. */
  private static List<Integer> entered(int[] from, int[] to, long budgetBps) {
    List<Claim> claims =
        IntStream.range(0, from.length)
            .mapToObj(id -> Claim.of(TestDemands.tile(id, TestDemands.camera()), SHARING))
            .toList();
    Filling granted = Filling.of(claims, from);
    return levels(granted.with(to).enteredFrom(granted, budgetBps));
  }

  private static List<Integer> entered(int from, int to, long budgetBps) {
    return entered(new int[] {from}, new int[] {to}, budgetBps);
  }

  @Test
  void a_lower_temporal_rung_of_another_encoding_needs_three_quarters_of_the_whole() {
    // It costs 570 kbit/s, the whole 1200
    assertThat(entered(5, 6, 899_999)).containsExactly(5);
    assertThat(entered(5, 6, 900_000)).containsExactly(6);
  }

  @Test
  void the_whole_of_another_encoding_needs_no_more_than_it_costs() {
    assertThat(entered(5, 8, 1_199_999)).containsExactly(7);
    assertThat(entered(5, 8, 1_200_000)).containsExactly(8);
  }

  @Test
  void what_a_raise_brings_within_the_encoding_is_made_without_the_rest_of_it() {
    assertThat(entered(3, 6, 899_999)).containsExactly(5);
  }

  @Test
  void where_the_best_does_not_fit_the_best_below_it_is_entered() {
    assertThat(entered(2, 6, 800_000)).containsExactly(5);
  }

  @Test
  void raises_within_an_encoding_need_no_key_frame() {
    assertThat(entered(6, 7, 0)).containsExactly(7);
    assertThat(entered(3, 5, 0)).containsExactly(5);
    assertThat(entered(0, 2, 0)).containsExactly(2);
  }

  @Test
  void what_gets_less_needs_no_room_for_a_key_frame() {
    assertThat(entered(6, 3, 0)).containsExactly(3);
  }

  @Test
  void what_others_take_is_not_there_for_a_key_frame() {
    int[] from = {5, 0};
    int[] to = {6, 1};
    assertThat(entered(from, to, 979_999)).containsExactly(5, 1);
    assertThat(entered(from, to, 980_000)).containsExactly(6, 1);
  }

  @Test
  void of_two_that_change_their_encoding_the_less_important_waits() {
    int[] from = {2, 2};
    int[] to = {3, 3};
    assertThat(entered(from, to, 482_499)).containsExactly(3, 2);
    assertThat(entered(from, to, 482_500)).containsExactly(3, 3);
    assertThat(entered(from, to, 407_499)).containsExactly(2, 2);
  }

  @Test
  void the_whole_of_a_rung_is_its_encoding_with_all_temporal_layers() {
    Claim claim = Claim.of(TestDemands.tile(1, TestDemands.camera()), SHARING);
    assertThat(IntStream.range(0, 9).mapToLong(claim::wholeCostBps).distinct())
        .containsExactly(115_000L, 390_000L, 1_200_000L);
    assertThat(claim.wholeCostBps(4)).isEqualTo(390_000);
    assertThat(claim.upTo(6).wholeCostBps(6)).as("whatever is permitted").isEqualTo(1_200_000);
  }
}
