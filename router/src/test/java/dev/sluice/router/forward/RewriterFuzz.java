package dev.sluice.router.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.track.SenderClock;
import dev.sluice.rtp.SequenceNumbers;
import dev.sluice.testkit.fuzz.Choices;
import java.util.HashMap;
import java.util.Map;

/**
 * Packets of one source in any order, some left out: no number is given to two packets, none is
 * skipped for one left out, and each of the latest 512 leads back to its packet.
 */
public final class RewriterFuzz {
  private static final int SSRC = 1;
  private static final int WINDOW = 512;
  private static final int MAX_STEPS = 3_000;

  private final Rewriter rewriter = new Rewriter(90_000, 65_000, -100);
  private final SenderClock clock = new SenderClock(90_000);
  // Our extended numbers by those of the source; and what was sent or left out of the source
  private final Map<Long, Integer> sent = new HashMap<>();
  private final Map<Long, Boolean> leftOut = new HashMap<>();
  private long highest = 0x1_0000L + 65_500;

  private RewriterFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    new RewriterFuzz().run(new Choices(input));
  }

  private void run(Choices choices) {
    int timestamp = 7;
    rewriter.start(SSRC, clock, (int) (highest & 0xFFFF), timestamp, 0);
    long first = highest;
    map(first, timestamp);
    for (int step = 1; step < MAX_STEPS && choices.hasMore(); step++) {
      int choice = choices.unsignedByte();
      // Mostly the next one or one of the next, at times one of the past
      int distance = (choice & 0x40) == 0 ? 1 + (choice & 0x07) / 6 : -(choice & 0x3F);
      long source = highest + distance;
      timestamp += (choice & 0x08) != 0 ? 3_000 : 0;
      if (source < first || sent.containsKey(source) || leftOut.containsKey(source)) {
        continue;
      }
      if ((choice & 0x80) != 0 && leaveOut(source, timestamp)) {
        leftOut.put(source, true);
      } else {
        map(source, timestamp);
      }
      highest = Math.max(highest, source);
    }
    checkContinuity(first);
    checkWayBack(first);
  }

  private boolean leaveOut(long source, int timestamp) {
    boolean done = rewriter.leaveOut((int) (source & 0xFFFF), timestamp);
    assertThat(done).isEqualTo(source > highest);
    return done;
  }

  private void map(long source, int timestamp) {
    int number = (int) (source & 0xFFFF);
    assertThat(rewriter.continues(SSRC, number)).isTrue();
    assertThat(rewriter.map(number, timestamp, 0)).isTrue();
    assertThat(rewriter.sequenceNumber()).isBetween(0, 0xFFFF);
    sent.put(source, rewriter.sequenceNumber());
  }

  /** From one packet to the next the number grows by one, but for those that were left out. */
  private void checkContinuity(long first) {
    int expected = 65_000;
    for (long source = first; source <= highest; source++) {
      Integer number = sent.get(source);
      if (number != null) {
        assertThat(number).as("source %d", source).isEqualTo(expected & 0xFFFF);
      }
      expected += leftOut.containsKey(source) ? 0 : 1;
    }
  }

  private void checkWayBack(long first) {
    sent.forEach(
        (source, number) -> {
          if (source >= Math.max(first, highest - WINDOW + 1)) {
            long back = SequenceNumbers.unwrap(highest, rewriter.sourceSequence(number));
            assertThat(back).as("our %d", number).isEqualTo(source);
          }
        });
  }
}
