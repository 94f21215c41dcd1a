package dev.sluice.router.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActiveSpeakerTest {
  private static final long PACKET_NANOS = 20_000_000;
  private static final int PACKETS_PER_UPDATE = 5;
  private static final int SPEECH = 25;
  private static final int LOUD = 12;
  private static final int QUIET_ROOM = 75;
  private static final int FAN = 48;
  private static final int SILENCE = 127;

  private final ActiveSpeaker speaker = new ActiveSpeaker();
  private final Map<String, Integer> levels = new LinkedHashMap<>();
  private final List<String> turns = new ArrayList<>();
  private final List<Duration> turnTimes = new ArrayList<>();
  private Random random = new Random(1);
  private long packets;
  private long nowNanos = -3_000_000_000L;

  ActiveSpeakerTest() {
    for (String stream : List.of("ann", "bob", "cat")) {
      levels.put(stream, QUIET_ROOM);
    }
  }

  /** Levels as given, up to 5 dB more or less, and a short gap now and then in speech. */
  private void run(long millis) {
    for (long passed = 0; passed < millis * 1_000_000; passed += PACKET_NANOS) {
      nowNanos += PACKET_NANOS;
      levels.forEach(
          (stream, level) -> {
            boolean gap = level < FAN && random.nextInt(10) == 0;
            int heard = gap ? QUIET_ROOM : level + random.nextInt(-5, 6);
            speaker.onLevel(stream, Math.min(heard, SILENCE), nowNanos);
          });
      if (++packets % PACKETS_PER_UPDATE == 0 && speaker.update(nowNanos)) {
        turns.add(speaker.current().orElseThrow());
        turnTimes.add(Duration.ofNanos(nowNanos));
      }
    }
  }

  private void speaks(String stream, int level, long millis) {
    levels.put(stream, level);
    run(millis);
    levels.put(stream, QUIET_ROOM);
  }

  @Test
  void while_nobody_speaks_there_is_no_speaker() {
    run(10_000);

    assertThat(speaker.current()).isEmpty();
    assertThat(speaker.rank("ann")).isEqualTo(Integer.MAX_VALUE);
    assertThat(speaker.rank("nobody")).isEqualTo(Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void who_takes_the_word_is_the_speaker_within_a_second(long seed) {
    random = new Random(seed);
    run(2000);
    speaks("ann", SPEECH, 5000);
    Duration taken = Duration.ofNanos(nowNanos);
    speaks("bob", SPEECH, 3000);

    assertThat(turns).as("seed %d", seed).containsExactly("ann", "bob");
    assertThat(turnTimes.getLast().minus(taken))
        .as("seed %d", seed)
        .isBetween(Duration.ofMillis(400), Duration.ofMillis(1000));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void a_cough_or_a_knock_changes_nothing_even_in_silence(long seed) {
    random = new Random(seed);
    speaks("ann", SPEECH, 3000);
    for (int i = 0; i < 20; i++) {
      speaks("bob", LOUD, 300 + random.nextInt(100));
      run(1000 + random.nextInt(1000));
    }

    assertThat(turns).as("seed %d", seed).containsExactly("ann");
  }

  @Test
  void silence_keeps_the_last_speaker() {
    speaks("ann", SPEECH, 3000);
    run(600_000);
    levels.replaceAll((_, _) -> SILENCE);
    run(10_000);

    assertThat(speaker.current()).contains("ann");
    assertThat(turns).containsExactly("ann");
  }

  @Test
  void a_speaker_who_sends_nothing_any_more_gives_way() {
    speaks("ann", SPEECH, 3000);
    levels.remove("ann");
    speaks("bob", SPEECH, 1000);

    assertThat(speaker.current()).contains("bob");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void two_who_talk_over_each_other_do_not_alternate(long seed) {
    random = new Random(seed);
    levels.put("ann", SPEECH);
    run(2000);
    levels.put("bob", SPEECH);
    run(60_000);

    assertThat(turns).as("seed %d", seed).containsExactly("ann");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void however_they_speak_nobody_has_the_word_for_less_than_two_seconds(long seed) {
    random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      levels.replaceAll((_, _) -> random.nextBoolean() ? random.nextInt(10, 60) : QUIET_ROOM);
      run(random.nextInt(1, 20) * 100L);
    }

    assertThat(turns).as("seed %d", seed).hasSizeGreaterThan(10);
    for (int i = 1; i < turnTimes.size(); i++) {
      assertThat(turnTimes.get(i).minus(turnTimes.get(i - 1)))
          .as("seed %d, turn %d", seed, i)
          .isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }
  }

  @Test
  void who_drowns_out_the_speaker_gets_the_word_after_a_while() {
    levels.put("ann", 40);
    run(3000);
    levels.put("bob", SPEECH);
    run(1000);
    assertThat(speaker.current()).contains("ann");
    run(2000);

    assertThat(speaker.current()).contains("bob");
  }

  @Test
  void a_fan_is_no_speaker() {
    levels.put("cat", FAN);
    run(10_000);
    assertThat(turns).isEmpty();

    speaks("ann", SPEECH, 3000);
    run(5000);
    assertThat(turns).containsExactly("ann");
  }

  @Test
  void a_fan_that_is_switched_on_does_not_keep_the_word_from_who_speaks() {
    levels.put("cat", SILENCE);
    run(5000);
    levels.put("cat", FAN);
    run(3000);
    speaks("ann", SPEECH, 8000);

    assertThat(speaker.current()).contains("ann");
  }

  @Test
  void ranks_are_in_the_order_of_the_last_turns() {
    speaks("ann", SPEECH, 3000);
    speaks("bob", SPEECH, 3000);
    speaks("cat", SPEECH, 3000);
    speaks("ann", SPEECH, 3000);

    assertThat(speaker.rank("ann")).isZero();
    assertThat(speaker.rank("cat")).isEqualTo(1);
    assertThat(speaker.rank("bob")).isEqualTo(2);
  }

  @Test
  void a_stream_that_ended_is_no_speaker_and_the_others_move_up() {
    speaks("ann", SPEECH, 3000);
    speaks("bob", SPEECH, 3000);
    levels.remove("bob");
    speaker.remove("bob");
    speaker.remove("nobody");

    assertThat(speaker.current()).isEmpty();
    assertThat(speaker.rank("bob")).isEqualTo(Integer.MAX_VALUE);
    assertThat(speaker.rank("ann")).isZero();
    run(1000);
    assertThat(speaker.current()).isEmpty();
    speaks("ann", SPEECH, 1000);
    assertThat(speaker.current()).contains("ann");
  }

  @Test
  void levels_beyond_the_scale_and_times_that_jump_do_no_harm() {
    for (int i = 0; i < 1000; i++) {
      nowNanos += random.nextLong(-10_000_000_000L, 20_000_000_000L);
      speaker.onLevel("ann", random.nextInt(), nowNanos);
      speaker.update(nowNanos);
    }
    nowNanos += 20_000_000_000L;
    run(3000);
    speaks("bob", SPEECH, 3000);

    assertThat(speaker.current()).contains("bob");
  }

  @Test
  void nothing_is_allocated_for_a_packet() {
    List<String> streams = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      streams.add("stream-" + i);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    packets(streams, 200);
    long before = threads.getCurrentThreadAllocatedBytes();
    packets(streams, 1000);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    // A byte for each packet would be 300 000.
    assertThat(allocated).isLessThan(100_000);
  }

  private void packets(List<String> streams, int each) {
    for (int i = 0; i < each; i++) {
      nowNanos += PACKET_NANOS;
      for (int stream = 0; stream < streams.size(); stream++) {
        speaker.onLevel(streams.get(stream), (i + stream) % SILENCE, nowNanos);
      }
    }
  }
}
