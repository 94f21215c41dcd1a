package dev.sluice.router.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketCacheTest {
  private final PacketCache cache = new PacketCache();

  private static byte[] content(int sequence, int length) {
    byte[] bytes = new byte[length];
    new Random(sequence).nextBytes(bytes);
    return bytes;
  }

  private byte[] held(int sequence) {
    int slot = cache.find(sequence);
    return slot < 0
        ? new byte[0]
        : Arrays.copyOfRange(
            cache.buffer(), cache.offset(slot), cache.offset(slot) + cache.length(slot));
  }

  @Test
  void a_packet_is_found_by_its_number() {
    byte[] packet = content(1, 100);
    cache.store(7, packet, 10, 50);
    assertThat(held(7)).isEqualTo(Arrays.copyOfRange(packet, 10, 60));
    assertThat(cache.find(8)).isEqualTo(-1);
    assertThat(cache.find(7 + PacketCache.PACKETS)).isEqualTo(-1);
  }

  @Test
  void the_oldest_make_room_for_the_latest() {
    long seed = 3;
    Random random = new Random(seed);
    int[] lengths = new int[65_536];
    for (int i = 0; i < 20_000; i++) {
      int sequence = (60_000 + i) & 0xFFFF;
      lengths[sequence] = 12 + random.nextInt(1_400);
      cache.store(sequence, content(sequence, lengths[sequence]), 0, lengths[sequence]);
      int older = (sequence - random.nextInt(600)) & 0xFFFF;
      byte[] bytes = held(older);
      if (bytes.length > 0) {
        assertThat(bytes)
            .as("seed %d, %d after %d", seed, older, sequence)
            .isEqualTo(content(older, lengths[older]));
      }
    }
    for (int age = 0; age < 180; age++) {
      assertThat(cache.find((60_000 + 19_999 - age) & 0xFFFF)).as("age %d", age).isNotNegative();
    }
  }

  @Test
  void it_remembers_which_packets_no_picture_can_do_without() {
    cache.store(7, content(1, 100), 0, 100);
    cache.markBase(7);
    cache.store(8, content(2, 100), 0, 100);
    cache.markBase(9);
    assertThat(cache.isBase(cache.find(7))).isTrue();
    assertThat(cache.isBase(cache.find(8))).isFalse();
    cache.store(7 + PacketCache.PACKETS, content(3, 100), 0, 100);
    assertThat(cache.isBase(cache.find(7 + PacketCache.PACKETS))).isFalse();
  }

  @Test
  void a_cleared_cache_and_one_too_small_hold_nothing() {
    cache.store(7, content(1, 100), 0, 100);
    cache.clear();
    assertThat(cache.find(7)).isEqualTo(-1);
    int tooLarge = PacketCache.ARENA_BYTES + 1;
    cache.store(7, new byte[tooLarge], 0, tooLarge);
    assertThat(cache.find(7)).isEqualTo(-1);
  }
}
