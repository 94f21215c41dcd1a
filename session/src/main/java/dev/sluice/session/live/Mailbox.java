package dev.sluice.session.live;

import dev.sluice.session.RefusedException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the commands of one session, one at a time, in the order they came. It has a thread
 * only while there is work. Any thread may call; what a command does happens-before what the next
 * one sees.
 *
 * <p>The queue needs no bound of its own: each caller waits for its command, and the media plane
 * posts at most one offer per connection before it gets an answer, and a few reports a second of
 * each stream and each subscription.
 */
final class Mailbox {
  private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

  private final Executor executor;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pending = new AtomicInteger();
  private volatile @Nullable Thread runner;

  /**
   * @param executor runs the mailbox while it has work, typically each time on a new virtual thread
   */
  Mailbox(Executor executor) {
    this.executor = executor;
  }

  /** A command with a result. */
  interface Command<T> {
    T run() throws RefusedException;
  }

  /** A command without a result. */
  interface Action {
    void run() throws RefusedException;
  }

  /**
   * Blocks until the command was carried out and returns its result or throws what it threw. An
   * interrupt does not end the wait, because the command would happen all the same; the thread's
   * interrupt flag is kept.
   *
   * @throws IllegalStateException when called from a command of this mailbox, which could only wait
   *     for itself
   */
  <T> T call(Command<T> command) throws RefusedException {
    if (Thread.currentThread() == runner) {
      throw new IllegalStateException("a command of this session waits for another one");
    }
    FutureTask<T> task = new FutureTask<>(command::run);
    enqueue(task);
    return await(task);
  }

  void run(Action action) throws RefusedException {
    call(
        () -> {
          action.run();
          return true;
        });
  }

  /** As {@link #run}, for what the domain never refuses. */
  void runUnrefused(Runnable task) {
    try {
      run(task::run);
    } catch (RefusedException e) {
      throw new IllegalStateException("a command that cannot be refused was", e);
    }
  }

  /** Leaves a task and returns at once. What the task throws is logged. */
  void post(Runnable task) {
    enqueue(
        () -> {
          try {
            task.run();
          } catch (Throwable fault) {
            LOG.error("A posted task of a session failed", fault);
          }
        });
  }

  private void enqueue(Runnable task) {
    tasks.add(task);
    if (pending.getAndIncrement() == 0) {
      executor.execute(this::drain);
    }
  }

  private void drain() {
    do {
      runner = Thread.currentThread();
      tasks.remove().run();
      // Given up before the count: as soon as that is zero another thread may be the runner.
      runner = null;
    } while (pending.decrementAndGet() > 0);
  }

  private static <T> T await(FutureTask<T> task) throws RefusedException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw rethrown(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException rethrown(ExecutionException e) throws RefusedException {
    switch (e.getCause()) {
      case RefusedException refused -> throw refused;
      case RuntimeException fault -> throw fault;
      case Error error -> throw error;
      case null, default -> throw new IllegalStateException("a command failed", e);
    }
  }
}
