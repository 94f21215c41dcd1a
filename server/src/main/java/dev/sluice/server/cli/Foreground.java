package dev.sluice.server.cli;

import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;

/** A command that runs until it is told to stop: by Ctrl-C, SIGTERM or the end of the terminal. */
final class Foreground {
  private final CountDownLatch stopped = new CountDownLatch(1);

  private Foreground() {}

  /**
   * @param stop runs once, on the shutdown thread
   */
  static Foreground until(Runnable stop) {
    Foreground foreground = new Foreground();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    stop.run();
                  } finally {
                    foreground.stopped.countDown();
                  }
                },
                "shutdown"));
    return foreground;
  }

  /** Returns the exit code when everything is closed. */
  int await() throws InterruptedException {
    stopped.await();
    return CommandLine.ExitCode.OK;
  }
}
