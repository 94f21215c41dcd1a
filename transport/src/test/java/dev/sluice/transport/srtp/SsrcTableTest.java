package dev.sluice.transport.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SsrcTableTest {
  @Test
  void what_was_put_is_found() {
    long seed = 1;
    Random random = new Random(seed);
    SsrcTable<String> table = new SsrcTable<>(5000);
    Map<Integer, String> expected = new HashMap<>();
    for (int i = 0; i < 4000; i++) {
      int ssrc = random.nextBoolean() ? i : random.nextInt();
      if (expected.putIfAbsent(ssrc, "context " + ssrc) == null) {
        table.put(ssrc, "context " + ssrc);
      }
    }

    expected.forEach((ssrc, context) -> assertThat(table.get(ssrc)).isEqualTo(context));
    assertThat(table.size()).isEqualTo(expected.size());
    assertThat(table.get(-12345)).isNull();
  }

  @Test
  void the_entry_used_longest_ago_makes_room() {
    SsrcTable<String> table = new SsrcTable<>(3);
    table.put(1, "one");
    table.put(2, "two");
    table.put(3, "three");
    assertThat(table.get(1)).isEqualTo("one");

    table.put(4, "four");

    assertThat(table.get(2)).isNull();
    assertThat(table.get(1)).isEqualTo("one");
    assertThat(table.get(3)).isEqualTo("three");
    assertThat(table.get(4)).isEqualTo("four");
    assertThat(table.size()).isEqualTo(3);
  }
}
