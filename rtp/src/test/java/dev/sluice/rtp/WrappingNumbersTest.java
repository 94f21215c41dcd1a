package dev.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.extension.AbsSendTime;
import org.junit.jupiter.api.Test;

class WrappingNumbersTest {
  @Test
  void sequence_numbers_compare_over_the_wrap() {
    assertThat(SequenceNumbers.isNewer(1, 65535)).isTrue();
    assertThat(SequenceNumbers.isNewer(65535, 1)).isFalse();
    assertThat(SequenceNumbers.isNewer(5, 5)).isFalse();
    assertThat(SequenceNumbers.distance(65534, 3)).isEqualTo(5);
    assertThat(SequenceNumbers.distance(3, 65534)).isEqualTo(-5);
    assertThat(SequenceNumbers.plus(65535, 2)).isEqualTo(1);
    assertThat(SequenceNumbers.plus(0, -1)).isEqualTo(65535);
  }

  @Test
  void sequence_numbers_unwrap_to_the_nearest() {
    assertThat(SequenceNumbers.unwrap(65535, 0)).isEqualTo(65536);
    assertThat(SequenceNumbers.unwrap(65536, 65535)).isEqualTo(65535);
    assertThat(SequenceNumbers.unwrap(10 * 65536 + 5, 65530)).isEqualTo(10 * 65536 - 6);
    long extended = 100;
    for (int i = 0; i < 200_000; i += 777) {
      extended = SequenceNumbers.unwrap(extended, (100 + i) & 0xFFFF);
      assertThat(extended).isEqualTo(100 + i);
    }
  }

  @Test
  void timestamps_compare_and_unwrap_over_the_wrap() {
    assertThat(Timestamps.isNewer(0, -1)).isTrue();
    assertThat(Timestamps.distance(-3000, 3000)).isEqualTo(6000);
    assertThat(Timestamps.unwrap(0xFFFF_FFFFL, 2)).isEqualTo(0x1_0000_0002L);
    assertThat(Timestamps.unwrap(0x1_0000_0002L, -1)).isEqualTo(0xFFFF_FFFFL);
  }

  @Test
  void ticks_and_nanoseconds_convert_without_overflow() {
    assertThat(Timestamps.ticksOfNanos(1_000_000_000, 90_000)).isEqualTo(90_000);
    assertThat(Timestamps.ticksOfNanos(-1_000_000_000, 48_000)).isEqualTo(-48_000);
    assertThat(Timestamps.ticksOfNanos(Long.MAX_VALUE, 90_000)).isEqualTo(830_103_483_316_929L);
    assertThat(Timestamps.nanosOfTicks(3000, 90_000)).isEqualTo(33_333_333);
    assertThat(Timestamps.nanosOfTicks(-90_000, 90_000)).isEqualTo(-1_000_000_000);
  }

  @Test
  void ntp_time_starts_in_1900_and_keeps_nanoseconds() {
    assertThat(NtpTime.ofUnixNanos(0)).isEqualTo(2_208_988_800L << 32);
    long unixNanos = 1_795_364_400_123_456_789L;
    assertThat(NtpTime.toUnixNanos(NtpTime.ofUnixNanos(unixNanos)))
        .isBetween(unixNanos - 1, unixNanos);
    assertThat(NtpTime.ofNanos(500_000_000)).isEqualTo(0x8000_0000L);
    assertThat(NtpTime.toNanos(NtpTime.ofNanos(-1_500_000_000))).isEqualTo(-1_500_000_000);
  }

  @Test
  void compact_ntp_time_is_the_middle_of_it() {
    assertThat(NtpTime.compact(0x1234_5678_9ABC_DEF0L)).isEqualTo(0x5678_9ABC);
    assertThat(NtpTime.compactOfNanos(1_500_000_000)).isEqualTo(0x1_8000);
    assertThat(NtpTime.nanosOfCompact(0x1_8000)).isEqualTo(1_500_000_000);
    assertThat(NtpTime.nanosOfCompact(-0x1_0000)).isEqualTo(-1_000_000_000);
  }

  @Test
  void the_absolute_send_time_wraps_every_64_seconds() {
    assertThat(AbsSendTime.ofNanos(1_000_000_000)).isEqualTo(1 << 18);
    assertThat(AbsSendTime.ofNanos(63_999_999_999L)).isEqualTo(0xFF_FFFF);
    assertThat(AbsSendTime.ofNanos(64_000_000_000L)).isZero();
    assertThat(AbsSendTime.ofNanos(-1_000_000_000)).isEqualTo(63 << 18);
  }
}
