package dev.sluice.router.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownCapacityTest {
  private final KnownCapacity capacity = new KnownCapacity();

  @Test
  void the_path_was_never_full_at_first_whatever_it_carries() {
    assertNeverFull();
    capacity.onWaiting(500_000);
    capacity.onClear(5_000_000);
    capacity.onProbe(9_000_000);
    assertNeverFull();
  }

  private void assertNeverFull() {
    assertThat(capacity.isKnown()).isFalse();
    assertThat(capacity.bps()).isEqualTo(Estimate.NEVER_FULL);
  }

  @Test
  void the_first_value_is_taken_as_it_is() {
    capacity.onFull(700_000);
    assertThat(capacity.isKnown()).isTrue();
    assertThat(capacity.bps()).isEqualTo(700_000);
  }

  @Test
  void values_that_are_near_are_averaged() {
    capacity.onFull(1_000_000);
    capacity.onFull(800_000);
    assertThat(capacity.bps()).isEqualTo(940_000);
    capacity.onFull(1_040_000);
    assertThat(capacity.bps()).isEqualTo(970_000);
  }

  @Test
  void values_that_are_not_replace_what_was_known() {
    capacity.onFull(1_000_000);
    capacity.onFull(799_000);
    assertThat(capacity.bps()).isEqualTo(799_000);
    capacity.onFull(1_000_000);
    assertThat(capacity.bps()).isEqualTo(1_000_000);
  }

  @Test
  void what_arrives_while_there_is_a_queue_raises_it_and_never_lowers_it() {
    capacity.onFull(500_000);
    capacity.onWaiting(400_000);
    assertThat(capacity.bps()).isEqualTo(500_000);
    capacity.onWaiting(2_000_000);
    assertThat(capacity.bps()).isEqualTo(2_000_000);
  }

  @Test
  void it_is_forgotten_when_clearly_more_arrives_without_a_queue() {
    capacity.onFull(1_000_000);
    capacity.onClear(1_150_000);
    assertThat(capacity.bps()).isEqualTo(1_000_000);
    capacity.onClear(1_160_000);
    assertNeverFull();
  }

  @Test
  void one_probe_past_it_raises_it_and_a_second_in_a_row_forgets_it() {
    capacity.onFull(1_000_000);
    capacity.onProbe(1_200_000);
    assertThat(capacity.bps()).isEqualTo(1_200_000);
    capacity.onProbe(1_400_000);
    assertNeverFull();
  }

  @Test
  void a_probe_that_is_not_past_it_says_nothing() {
    capacity.onFull(1_000_000);
    capacity.onProbe(900_000);
    assertThat(capacity.bps()).isEqualTo(1_000_000);
  }

  @Test
  void probes_a_little_past_it_raise_it_each_time() {
    capacity.onFull(1_000_000);
    capacity.onProbe(1_100_000);
    assertThat(capacity.bps()).isEqualTo(1_100_000);
    capacity.onProbe(1_200_000);
    assertThat(capacity.bps()).isEqualTo(1_200_000);
  }

  @Test
  void a_full_path_between_two_probes_starts_over() {
    capacity.onFull(1_000_000);
    capacity.onProbe(1_200_000);
    capacity.onFull(1_000_000);
    assertThat(capacity.bps()).isEqualTo(1_140_000);
    capacity.onProbe(1_400_000);
    assertThat(capacity.bps()).isEqualTo(1_400_000);
    capacity.onProbe(1_700_000);
    assertNeverFull();
  }

  @Test
  void after_it_was_forgotten_the_next_value_is_taken_as_it_is() {
    capacity.onFull(1_000_000);
    capacity.forget();
    assertNeverFull();
    capacity.onFull(900_000);
    assertThat(capacity.bps()).isEqualTo(900_000);
  }
}
