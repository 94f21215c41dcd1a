package dev.sluice.simulation.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.simulation.media.FrameNote;
import org.junit.jupiter.api.Test;

class PictureLogTest {
  private static final long MILLI = 1_000_000;
  private static final long FRAME = 66 * MILLI;

  private final PictureLog log = new PictureLog(FRAME);
  private int pictureId;

  private void show(long atNanos, int temporal) {
    FrameNote note =
        new FrameNote(
            0, temporal, pictureId, 0, 1, FrameNote.NO_FRAME, FrameNote.NO_FRAME, atNanos);
    log.onShown(new Picture(note, pictureId++), atNanos);
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
