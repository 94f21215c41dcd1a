package dev.sluice.router.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.rtcp.RtcpCompound;
import dev.sluice.rtp.rtcp.TransportFeedback;
import dev.sluice.rtp.rtcp.TransportFeedbackWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArrivalLogTest {
  private static final long MILLI = 1_000_000;

  private final ArrivalLog log = new ArrivalLog();
  private final byte[] buffer = new byte[TransportFeedbackWriter.MAX_LENGTH];
  private final TransportFeedback feedback = new TransportFeedback();

  private List<String> report(long nowMillis) {
    List<String> seen = new ArrayList<>();
    for (int length; (length = log.writeFeedback(buffer, 0, 1, 2, nowMillis * MILLI)) > 0; ) {
      read(length);
      while (feedback.next()) {
        seen.add(
            feedback.sequenceNumber() + (feedback.received() ? "@" + arrivalMillis() : " lost"));
      }
    }
    return seen;
  }

  private long arrivalMillis() {
    return feedback.arrivalTicks() * TransportFeedback.TICK_NANOS / MILLI;
  }

  private void read(int length) {
    RtcpCompound packets = new RtcpCompound();
    packets.wrap(buffer, 0, length);
    assertThat(packets.next()).isTrue();
    assertThat(feedback.wrap(packets)).isTrue();
  }

  @Test
  void an_empty_log_reports_nothing() {
    assertThat(report(1_000)).isEmpty();
  }

  @Test
  void arrivals_are_reported_every_fifty_milliseconds() {
    log.onArrival(65_534, 100 * MILLI);
    log.onArrival(65_535, 110 * MILLI);
    log.onArrival(1, 120 * MILLI);
    assertThat(report(120)).containsExactly("65534@100", "65535@110", "0 lost", "1@120");
    log.onArrival(2, 130 * MILLI);
    assertThat(report(169)).isEmpty();
    assertThat(report(170)).containsExactly("2@130");
    assertThat(report(300)).isEmpty();
  }

  @Test
  void a_loss_between_two_feedbacks_is_reported() {
    log.onArrival(1, 0);
    assertThat(report(0)).containsExactly("1@0");
    log.onArrival(4, 10 * MILLI);
    assertThat(report(50)).containsExactly("2 lost", "3 lost", "4@10");
  }

  @Test
  void a_late_packet_is_reported_with_what_followed_it() {
    log.onArrival(1, 0);
    log.onArrival(3, 5 * MILLI);
    assertThat(report(10)).containsExactly("1@0", "2 lost", "3@5");
    log.onArrival(2, 20 * MILLI);
    assertThat(report(60)).containsExactly("2@20", "3@5");
  }

  @Test
  void a_very_late_packet_is_not_reported() {
    log.onArrival(1, 0);
    log.onArrival(3, 5 * MILLI);
    report(10);
    log.onArrival(2, 600 * MILLI);
    assertThat(report(700)).isEmpty();
  }

  @Test
  void a_duplicate_keeps_the_first_arrival() {
    log.onArrival(1, 0);
    log.onArrival(1, 40 * MILLI);
    assertThat(report(50)).containsExactly("1@0");
    log.onArrival(1, 60 * MILLI);
    assertThat(report(110)).isEmpty();
  }

  @Test
  void a_large_gap_starts_a_new_feedback_behind_it() {
    log.onArrival(1, 0);
    assertThat(report(0)).containsExactly("1@0");
    log.onArrival(3_000, 10 * MILLI);
    log.onArrival(3_001, 11 * MILLI);
    assertThat(report(50)).containsExactly("3000@10", "3001@11");
    log.onArrival(30_000, 60 * MILLI);
    assertThat(report(110)).containsExactly("30000@60");
  }

  @Test
  void more_than_fits_goes_into_several_feedbacks() {
    for (int i = 0; i < 2_000; i++) {
      log.onArrival(i, i * MILLI / 10);
    }
    int messages = 0;
    int next = 0;
    for (int length; (length = log.writeFeedback(buffer, 0, 1, 2, 200 * MILLI)) > 0; messages++) {
      read(length);
      assertThat(feedback.feedbackCount()).isEqualTo(messages);
      while (feedback.next()) {
        assertThat(feedback.sequenceNumber()).isEqualTo(next++);
        assertThat(feedback.received()).isTrue();
      }
    }
    assertThat(next).isEqualTo(2_000);
    assertThat(messages).isEqualTo(5);
  }

  @Test
  void random_arrivals_are_all_reported_with_their_times() {
    for (long seed = 0; seed < 20; seed++) {
      ArrivalLog subject = new ArrivalLog();
      Random random = new Random(seed);
      Map<Integer, Long> arrived = new HashMap<>();
      Map<Integer, Long> reported = new HashMap<>();
      int first = random.nextInt(65_536);
      long now = random.nextInt(100_000) * MILLI;
      for (int i = 0; i < 8_000; i++) {
        now += random.nextInt(200) == 0 ? random.nextInt(3_000) * MILLI : random.nextInt(3) * MILLI;
        int sequence = (first + Math.max(0, i - random.nextInt(10))) & 0xFFFF;
        if (random.nextInt(12) != 0) {
          arrived.putIfAbsent(sequence, now / TransportFeedback.TICK_NANOS);
          subject.onArrival(sequence, now);
        }
        collect(subject, now, reported);
      }
      collect(subject, now + 50 * MILLI, reported);
      assertThat(arrived).as("seed %d", seed).containsAllEntriesOf(reported);
      // What came more than half a second after its follower was reported is left out
      assertThat(reported.size()).as("seed %d", seed).isGreaterThan(arrived.size() * 97 / 100);
    }
  }

  private void collect(ArrivalLog subject, long now, Map<Integer, Long> reported) {
    for (int length; (length = subject.writeFeedback(buffer, 0, 1, 2, now)) > 0; ) {
      read(length);
      while (feedback.next()) {
        if (feedback.received()) {
          reported.put(feedback.sequenceNumber(), feedback.arrivalTicks());
        }
      }
    }
  }
}
