package dev.sluice.router.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DelayHistogramTest {
  private final DelayHistogram histogram = new DelayHistogram();

  private int bucketOf(long delayNanos) {
    DelayHistogram one = new DelayHistogram();
    one.record(delayNanos, 1);
    long[] counts = one.counts();
    return IntStream.range(0, counts.length).filter(i -> counts[i] == 1).findFirst().orElseThrow();
  }

  @Test
  void a_delay_is_in_the_first_bucket_whose_bound_it_does_not_exceed() {
    for (int bucket = 0; bucket < DelayHistogram.BUCKETS - 1; bucket++) {
      long bound = DelayHistogram.upperBoundNanos(bucket);
      assertThat(bucketOf(bound)).as("%d ns", bound).isEqualTo(bucket);
      assertThat(bucketOf(bound + 1)).as("%d ns", bound + 1).isEqualTo(bucket + 1);
      assertThat(DelayHistogram.upperBoundNanos(bucket + 1)).isGreaterThan(bound);
    }
  }

  @Test
  void bounds_grow_by_a_quarter_of_a_doubling() {
    assertThat(DelayHistogram.upperBoundNanos(0)).isEqualTo(1_024);
    assertThat(DelayHistogram.upperBoundNanos(1)).isEqualTo(1_280);
    assertThat(DelayHistogram.upperBoundNanos(4)).isEqualTo(2_048);
    assertThat(DelayHistogram.upperBoundNanos(DelayHistogram.BUCKETS - 1)).isEqualTo(1_073_741_824);
  }

  @Test
  void what_is_longer_than_all_bounds_or_no_delay_counts_too() {
    assertThat(bucketOf(Long.MAX_VALUE)).isEqualTo(DelayHistogram.BUCKETS - 1);
    assertThat(bucketOf(0)).isZero();
    assertThat(bucketOf(-5)).as("a clock that stood still").isZero();
  }

  @Test
  void packets_are_counted_with_the_sum_of_their_delays() {
    histogram.record(2_000, 3);
    histogram.record(5_000_000, 1);
    assertThat(LongStream.of(histogram.counts()).sum()).isEqualTo(4);
    assertThat(histogram.totalNanos()).isEqualTo(5_006_000);
  }
}
