package dev.sluice.session.live;

import static dev.sluice.session.live.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.session.LogLines;
import dev.sluice.session.RefusedException;
import dev.sluice.session.SessionError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MailboxTest {
  private final Mailbox mailbox = new Mailbox(task -> Thread.ofVirtual().start(task));

  @Test
  void a_call_returns_what_its_command_returned() throws Exception {
    assertThat(mailbox.call(() -> 42)).isEqualTo(42);
  }

  @Test
  void a_refusal_and_a_fault_reach_the_caller_as_they_were_thrown() {
    SessionError refusal = new SessionError.StreamNotFound();
    Error error = new AssertionError("a broken invariant");

    assertRefused(
        refusal,
        () ->
            mailbox.run(
                () -> {
                  throw new RefusedException(refusal);
                }));
    assertThatThrownBy(
            () ->
                mailbox.run(
                    () -> {
                      throw new ArithmeticException("a bug");
                    }))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(
            () ->
                mailbox.run(
                    () -> {
                      throw error;
                    }))
        .isSameAs(error);
  }

  @Test
  void whatever_a_command_throws_the_next_one_runs() throws Exception {
    try (LogLines log = new LogLines()) {
      mailbox.post(
          () -> {
            throw new AssertionError("a broken invariant");
          });
      mailbox.post(
          () -> {
            throw new ArithmeticException("a bug");
          });

      assertThat(mailbox.call(() -> "alive")).isEqualTo("alive");
      assertThat(log.lines())
          .containsExactly(
              "ERROR A posted task of a session failed", "ERROR A posted task of a session failed");
    }
  }

  @Test
  void commands_of_one_caller_run_in_the_order_they_were_left() throws Exception {
    List<Integer> ran = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      int number = i;
      mailbox.post(() -> ran.add(number));
    }

    List<Integer> seen = mailbox.call(() -> List.copyOf(ran));

    assertThat(seen).hasSize(1000).isSorted();
  }

  @Test
  void commands_of_many_callers_never_run_at_the_same_time() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger collisions = new AtomicInteger();
    int[] unguarded = new int[1];
    List<Future<Boolean>> calls = new ArrayList<>();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 500; i++) {
        calls.add(
            callers.submit(
                () -> {
                  for (int j = 0; j < 40; j++) {
                    mailbox.run(
                        () -> {
                          if (inside.incrementAndGet() != 1) {
                            collisions.incrementAndGet();
                          }
                          unguarded[0]++;
                          inside.decrementAndGet();
                        });
                  }
                  return true;
                }));
      }
    }
    for (Future<Boolean> call : calls) {
      assertThat(call.get()).isTrue();
    }

    assertThat(collisions).hasValue(0);
    assertThat(mailbox.call(() -> unguarded[0])).isEqualTo(20_000);
  }

  @Test
  void a_command_that_waits_for_another_one_is_refused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> mailbox.run(() -> mailbox.run(() -> {})))
        .withMessage("a command of this session waits for another one");
  }

  @Test
  void what_a_command_posts_runs_after_it() throws Exception {
    Mailbox direct = new Mailbox(Runnable::run);
    List<String> ran = new ArrayList<>();

    direct.run(
        () -> {
          direct.post(() -> ran.add("posted"));
          ran.add("command");
        });

    assertThat(ran).containsExactly("command", "posted");
  }

  @Test
  void an_interrupted_caller_still_gets_its_result_and_keeps_its_flag() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger result = new AtomicInteger();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    int value =
                        mailbox.call(
                            () -> {
                              started.countDown();
                              awaitQuietly(release);
                              return 7;
                            });
                    result.set(Thread.currentThread().isInterrupted() ? value : -1);
                  } catch (RefusedException e) {
                    result.set(-2);
                  }
                });
    started.await();
    caller.interrupt();
    release.countDown();
    caller.join();

    assertThat(result).hasValue(7);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("only the caller is interrupted in this test", e);
    }
  }
}
