package dev.sluice.session.live;

import java.time.Duration;

/** Runs a task on another thread once a time has passed. Any thread. */
interface Later {
  void run(Duration delay, Runnable task);
}
