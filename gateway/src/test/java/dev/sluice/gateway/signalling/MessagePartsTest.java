package dev.sluice.gateway.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MessagePartsTest {
  private final MessageParts parts = new MessageParts();

  @Test
  void parts_make_a_whole_message_and_the_next_one_starts_anew() {
    assertThat(parts.add("ab", false, 10)).isEqualTo(new MessageParts.Progress.More());
    assertThat(parts.add("", false, 10)).isEqualTo(new MessageParts.Progress.More());
    assertThat(parts.add("cd", true, 10)).isEqualTo(new MessageParts.Progress.Whole("abcd"));
    assertThat(parts.add("0123456789", true, 10))
        .isEqualTo(new MessageParts.Progress.Whole("0123456789"));
  }

  @Test
  void the_limit_counts_bytes_over_all_parts() {
    assertThat(parts.add("\u00e4\u00e4", false, 5)).isEqualTo(new MessageParts.Progress.More());
    assertThat(parts.add("\u00e4", true, 5)).isEqualTo(new MessageParts.Progress.TooLarge());
  }

  @Test
  void a_message_over_the_limit_is_told_at_its_end_and_no_part_of_it_is_kept() {
    assertThat(parts.add("abc", false, 2)).isEqualTo(new MessageParts.Progress.More());
    assertThat(parts.add("a", false, 2)).isEqualTo(new MessageParts.Progress.More());
    assertThat(parts.add("a", true, 2)).isEqualTo(new MessageParts.Progress.TooLarge());
    assertThat(parts.add("a", true, 2)).isEqualTo(new MessageParts.Progress.Whole("a"));
  }
}
