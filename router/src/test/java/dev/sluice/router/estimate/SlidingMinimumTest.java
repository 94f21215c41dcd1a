package dev.sluice.router.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlidingMinimumTest {
  private static final int BUCKETS = 4;
  private static final int BUCKET_NANOS = 100;

  private final SlidingMinimum minimum = new SlidingMinimum(BUCKETS * BUCKET_NANOS, BUCKETS);

  private record Value(long atNanos, long value) {}

  @Test
  void it_is_the_least_of_the_buckets_in_the_window_whatever_the_order() {
    Random random = new Random(5);
    List<Value> values = new ArrayList<>();
    long nowNanos = -5_000;
    for (int i = 0; i < 20_000; i++) {
      nowNanos += random.nextInt(random.nextInt(20) == 0 ? 700 : 40);
      Value value = new Value(nowNanos - random.nextInt(300), random.nextInt(1_000));
      values.add(value);
      minimum.add(value.atNanos(), value.value());
      long newest = values.stream().mapToLong(each -> bucket(each.atNanos())).max().orElseThrow();
      values.removeIf(each -> bucket(each.atNanos()) <= newest - BUCKETS);
      long least = values.stream().mapToLong(Value::value).min().orElseThrow();
      assertThat(minimum.value()).as("value %d", i).isEqualTo(least);
    }
  }

  private static long bucket(long atNanos) {
    return Math.floorDiv(atNanos, BUCKET_NANOS);
  }

  @Test
  void after_a_reset_there_is_none() {
    assertThat(minimum.value()).isEqualTo(SlidingMinimum.NONE);
    minimum.add(0, 7);
    minimum.reset();
    assertThat(minimum.value()).isEqualTo(SlidingMinimum.NONE);
    minimum.add(-10_000, 9);
    assertThat(minimum.value()).isEqualTo(9);
  }
}
