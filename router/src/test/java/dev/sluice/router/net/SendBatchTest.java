package dev.sluice.router.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class SendBatchTest {
  private static final InetSocketAddress A = new InetSocketAddress("192.0.2.1", 1000);
  private static final InetSocketAddress B = new InetSocketAddress("192.0.2.2", 1000);

  private final SendBatch batch = new SendBatch(100_000, 3);

  @Test
  void equal_neighbours_to_one_destination_form_one_entry() {
    batch.commit(A, 100);
    batch.commit(A, 100);
    batch.commit(A, 100);

    assertThat(batch.size()).isEqualTo(1);
    assertThat(batch.segmentBytes(0)).isEqualTo(100);
    assertThat(batch.length(0)).isEqualTo(300);
  }

  @Test
  void a_shorter_datagram_ends_an_entry() {
    batch.commit(A, 100);
    batch.commit(A, 60);
    batch.commit(A, 60);

    assertThat(batch.size()).isEqualTo(2);
    assertThat(batch.length(0)).isEqualTo(160);
    assertThat(batch.offset(1)).isEqualTo(160);
    assertThat(batch.length(1)).isEqualTo(60);
  }

  @Test
  void a_longer_datagram_starts_an_entry() {
    batch.commit(A, 60);
    batch.commit(A, 100);

    assertThat(batch.size()).isEqualTo(2);
    assertThat(batch.segmentBytes(1)).isEqualTo(100);
  }

  @Test
  void another_destination_starts_an_entry() {
    batch.commit(A, 100);
    batch.commit(B, 100);

    assertThat(batch.size()).isEqualTo(2);
    assertThat(batch.destination(1)).isEqualTo(B);
  }

  @Test
  void an_entry_has_at_most_64_segments_and_one_datagrams_bytes() {
    for (int i = 0; i < 65; i++) {
      batch.commit(A, 100);
    }
    assertThat(batch.length(0)).isEqualTo(6400);
    assertThat(batch.length(1)).isEqualTo(100);

    batch.clear();
    for (int i = 0; i < 50; i++) {
      batch.commit(A, 1400);
    }
    assertThat(batch.length(0)).isEqualTo(46 * 1400);
  }

  @Test
  void it_is_full_when_entries_or_bytes_are_used_up() {
    SendBatch small = new SendBatch(250, 2);
    small.commit(A, 100);
    assertThat(small.hasRoom(150)).isTrue();
    assertThat(small.hasRoom(151)).isFalse();
    small.commit(B, 10);
    assertThat(small.hasRoom(10)).isFalse();
    small.clear();
    assertThat(small.hasRoom(250)).isTrue();
    assertThat(small.isEmpty()).isTrue();
  }

  @Test
  void a_datagram_outside_the_buffer_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> batch.commit(A, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> batch.commit(A, 100_001));
  }
}
