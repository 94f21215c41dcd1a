package dev.sluice.session.live;

import java.time.Duration;

/**
 * How fast what is sent of one subscription may change. A video that is switched on takes a key
 * frame, which everybody else who watches it gets too. So {@value #AT_ONCE} changes are carried out
 * at once, which is plenty for a person, and those that follow within {@link #WINDOW} together at
 * its end; who goes on like that gets one change a window. Owned by the session's mailbox.
 */
final class ChangePace {
  static final int AT_ONCE = 8;
  static final Duration WINDOW = Duration.ofSeconds(2);

  private final Later later;
  private final Runnable catchUp;
  private boolean windowIsOpen;
  private boolean behind;
  private int changes;

  /**
   * @param later runs its tasks in the session's mailbox
   * @param catchUp carries out the changes that had to wait
   */
  ChangePace(Later later, Runnable catchUp) {
    this.later = later;
    this.catchUp = catchUp;
  }

  /** Whether a change may be carried out now; else it will be caught up with. */
  boolean admitsNow() {
    if (!windowIsOpen) {
      changes = 0;
      openWindow();
    }
    changes++;
    behind |= changes > AT_ONCE;
    return changes <= AT_ONCE;
  }

  private void openWindow() {
    windowIsOpen = true;
    later.run(WINDOW, this::onWindowEnd);
  }

  private void onWindowEnd() {
    windowIsOpen = false;
    if (behind) {
      behind = false;
      changes = AT_ONCE;
      openWindow();
      catchUp.run();
    }
  }
}
