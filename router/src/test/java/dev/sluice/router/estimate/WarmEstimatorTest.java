package dev.sluice.router.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What the estimate allocates per packet. */
class WarmEstimatorTest {
  private static final long MILLI = 1_000_000;
  private static final int PACKETS_PER_FEEDBACK = 100;
  private static final int FEEDBACKS = 400;
  // An Estimate for each feedback and nothing for a packet
  private static final long BYTES_PER_FEEDBACK = 200;

  private final BandwidthEstimator estimator =
      new BandwidthEstimator(EstimatorSettings.DEFAULTS, 0);
  private int sequence;
  private long nowNanos;

  @Test
  void a_packet_that_is_sent_and_told_of_allocates_nothing_once_warm() {
    run();
    long before = allocatedBytes();
    run();
    long allocated = allocatedBytes() - before;
    assertThat(allocated / FEEDBACKS).isLessThan(BYTES_PER_FEEDBACK);
  }

  private void run() {
    for (int feedback = 0; feedback < FEEDBACKS; feedback++) {
      int first = sequence;
      long firstNanos = nowNanos;
      for (int i = 0; i < PACKETS_PER_FEEDBACK; i++) {
        estimator.onSent(sequence, 1_000, nowNanos);
        sequence = (sequence + 1) & 0xFFFF;
        nowNanos += MILLI;
      }
      for (int i = 0; i < PACKETS_PER_FEEDBACK; i++) {
        estimator.onPacketFeedback((first + i) & 0xFFFF, i % 50 != 0, firstNanos + i * MILLI);
      }
      estimator.onFeedbackEnd(nowNanos);
    }
  }

  private static long allocatedBytes() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }
}
