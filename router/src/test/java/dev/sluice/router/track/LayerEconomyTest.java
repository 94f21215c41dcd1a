package dev.sluice.router.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LayerEconomyTest {
  private static final long MILLI = 1_000_000;

  private final List<Layer> layers = TestLayers.simulcast("q", "h", "f");
  private final LayerEconomy economy = new LayerEconomy(layers, EconomySettings.DEFAULTS);
  private final Set<String> sent = new HashSet<>(Set.of("q", "h", "f"));
  private final Set<String> wanted = new HashSet<>();
  private long nowNanos;
  private int sequence;
  private int changes;

  private void run(long millis) {
    for (long passed = 0; passed < millis; passed += 100) {
      nowNanos += 100 * MILLI;
      sequence++;
      for (Layer layer : layers) {
        if (sent.contains(layer.rid())) {
          TestLayers.hear(layer, sequence, nowNanos);
        }
      }
      changes += economy.update(layer -> wanted.contains(layer.rid()), nowNanos) ? 1 : 0;
    }
  }

  @Test
  void everything_is_asked_for_at_first_and_after_five_seconds_only_what_is_wanted() {
    assertThat(economy.rids()).containsExactly("q", "h", "f");
    wanted.add("h");
    run(5_000);
    assertThat(economy.rids()).containsExactly("q", "h", "f");
    run(200);
    assertThat(economy.rids()).containsExactly("q", "h");
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void the_lowest_is_asked_for_whether_anybody_wants_it_or_not() {
    TestLayers.key(layers.get(0), 1, 960, 540, 0);
    TestLayers.key(layers.get(1), 1, 240, 135, 0);
    TestLayers.key(layers.get(2), 1, 480, 270, 0);
    run(6_000);
    assertThat(economy.rids()).as("by size").containsExactly("h");
  }

  @Test
  void what_is_wanted_again_is_asked_for_at_once_and_a_choice_while_it_comes() {
    run(6_000);
    sent.retainAll(Set.of("q"));
    run(10_000);
    assertThat(layers.get(2).onDemand().isAvailable()).isTrue();
    wanted.add("f");
    run(100);
    assertThat(economy.rids()).containsExactly("q", "f");
    assertThat(layers.get(2).onDemand().isAvailable()).isTrue();
    run(1_500);
    sent.add("f");
    run(100);
    assertThat(layers.get(2).isActive(nowNanos)).isTrue();
    assertThat(layers.get(2).onDemand().isAvailable()).as("it has come").isFalse();
  }

  @Test
  void what_does_not_come_within_five_seconds_is_no_choice_until_it_does() {
    run(6_000);
    sent.retainAll(Set.of("q"));
    run(3_000);
    wanted.add("f");
    run(5_000);
    assertThat(layers.get(2).onDemand().isAvailable()).isTrue();
    run(200);
    assertThat(layers.get(2).onDemand().isAvailable()).isFalse();
    wanted.clear();
    run(60_000);
    assertThat(economy.rids()).as("it may come when it can").containsExactly("q", "f");
  }

  @Test
  void a_publisher_that_pauses_has_not_failed_to_send_what_is_wanted() {
    run(6_000);
    sent.clear();
    run(3_000);
    wanted.add("f");
    run(20_000);
    assertThat(layers.get(2).onDemand().isAvailable()).isTrue();
    sent.add("q");
    run(4_000);
    assertThat(layers.get(2).onDemand().isAvailable()).isTrue();
  }

  @Test
  void what_the_publisher_does_not_send_of_itself_is_never_switched_off() {
    sent.remove("f");
    run(60_000);
    assertThat(economy.rids()).containsExactly("q", "f");
    sent.add("f");
    run(300);
    assertThat(economy.rids()).containsExactly("q");
  }

  @Test
  void whatever_is_wanted_is_asked_for_and_the_publisher_is_told_no_more_than_that() {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      wanted.clear();
      changes = 0;
      for (int i = 0; i < 300; i++) {
        wanted.clear();
        for (Layer layer : layers) {
          if (random.nextInt(3) == 0) {
            wanted.add(layer.rid());
          }
        }
        run(100);
        assertThat(economy.rids()).as("seed %d", seed).containsAll(wanted).contains("q");
      }
      assertThat(changes).as("seed %d: what comes and goes stays on", seed).isLessThan(10);
    }
  }

  @Test
  void settings_say_what_is_wrong_with_them() {
    assertThatThrownBy(() -> new EconomySettings(Duration.ZERO, Duration.ofSeconds(5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT0S");
  }
}
