package dev.sluice.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLoopTest {
  private final EventLoop loop = new EventLoop(0);
  private final List<String> happened = new ArrayList<>();

  @Test
  void events_happen_in_the_order_of_time_and_then_of_adding() {
    loop.at(20, now -> happened.add("b" + now));
    loop.at(10, now -> happened.add("a" + now));
    loop.at(20, now -> happened.add("c" + now));
    loop.runUntil(30);

    assertThat(happened).containsExactly("a10", "b20", "c20");
    assertThat(loop.nowNanos()).isEqualTo(30);
  }

  @Test
  void an_event_may_add_one_for_the_same_moment() {
    loop.at(10, now -> loop.at(now, _ -> happened.add("second")));
    loop.runUntil(10);

    assertThat(happened).containsExactly("second");
  }

  @Test
  void steady_events_come_until_the_end() {
    loop.every(10, 5, now -> happened.add("at " + now));
    loop.runUntil(25);

    assertThat(happened).containsExactly("at 5", "at 15", "at 25");
  }

  @Test
  void the_past_is_over() {
    loop.runUntil(10);

    assertThatIllegalArgumentException().isThrownBy(() -> loop.at(9, _ -> {}));
  }
}
