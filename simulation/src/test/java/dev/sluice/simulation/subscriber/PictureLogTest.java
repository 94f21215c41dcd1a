package dev.sluice.simulation.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.simulation.media.FrameNote;
import dev.sluice.testkit.network.PathConditions;
import dev.sluice.testkit.network.PathTrace;
import org.junit.jupiter.api.Test;

class PictureLogTest {
  private static final long MILLI = 1_000_000;
  private static final long FRAME = 66 * MILLI;

  private static final int CAPACITY_BPS = 880_000;

  private final PictureLog log =
      new PictureLog(FRAME, PathTrace.constant(PathConditions.PERFECT.withCapacity(CAPACITY_BPS)));
  private int pictureId;

  private void show(long atNanos, int temporal) {
    show(atNanos, temporal, 1, FrameNote.NO_FRAME);
  }

  private void show(long atNanos, int temporal, int packets, int reference) {
    FrameNote note =
        new FrameNote(0, temporal, pictureId, 0, packets, reference, FrameNote.NO_FRAME, atNanos);
    log.onShown(new Picture(note, pictureId++), atNanos);
  }

  /**
   * Of two pictures and a lost one the next, which takes 10 ms of the path for each packet but the
   * last.
   */
  private void showLarge(int packets, int reference) {
    show(0, 0);
    show(FRAME, 2);
    lose();
    show(6 * FRAME, 2, packets, reference);
    log.close(7 * FRAME);
  }

  private void lose() {
    pictureId++;
  }

  @Test
  void steady_pictures_are_no_freeze() {
    for (int i = 0; i < 10; i++) {
      show(i * FRAME, i % 2 == 0 ? 0 : 2);
    }
    log.close(10 * FRAME);

    assertThat(log.freezes()).isEmpty();
    assertThat(log.onNanos()).isEqualTo(10 * FRAME);
  }

  @Test
  void pictures_that_were_lost_are_a_freeze() {
    show(0, 0);
    show(FRAME, 2);
    lose();
    show(6 * FRAME, 2);
    log.close(7 * FRAME);

    assertThat(log.freezes()).containsExactly(new PictureLog.Freeze(FRAME, 6 * FRAME));
  }

  @Test
  void pictures_that_were_left_out_on_purpose_are_none() {
    show(0, 0);
    show(FRAME, 2);
    show(4 * FRAME, 0);
    show(8 * FRAME, 0);
    log.close(9 * FRAME);

    assertThat(log.freezes()).isEmpty();
  }

  @Test
  void a_picture_that_the_whole_path_takes_too_long_for_is_none() {
    showLarge(22, 0);

    assertThat(log.freezes()).isEmpty();
  }

  @Test
  void a_picture_that_the_path_has_time_for_is_one() {
    showLarge(20, 0);

    assertThat(log.freezes()).hasSize(1);
  }

  @Test
  void a_key_frame_is_asked_for_however_large_it_is() {
    showLarge(40, FrameNote.NO_FRAME);

    assertThat(log.freezes()).hasSize(1);
  }

  @Test
  void a_pause_counts_neither_as_on_nor_as_frozen() {
    show(0, 0);
    show(FRAME, 2);
    log.pause(2 * FRAME);
    log.resume(100 * FRAME);
    show(101 * FRAME, 0);
    log.close(102 * FRAME);

    assertThat(log.freezes()).isEmpty();
    assertThat(log.onNanos()).isEqualTo(4 * FRAME);
  }

  @Test
  void what_never_comes_back_is_frozen_to_the_end() {
    show(0, 0);
    show(FRAME, 2);
    log.close(100 * FRAME);

    assertThat(log.frozenNanos()).isEqualTo(99 * FRAME);
  }
}
