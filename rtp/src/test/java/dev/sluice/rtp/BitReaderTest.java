package dev.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class BitReaderTest {
  private final BitReader reader = new BitReader();

  private BitReader over(String hex) {
    byte[] bytes = HexBytes.of(hex);
    reader.wrap(bytes, 0, bytes.length);
    return reader;
  }

  @Test
  void reads_across_bytes_the_most_significant_bit_first() {
    over("a5 0f ff 00 12 34 56 78");
    assertThat(reader.bits(3)).isEqualTo(0b101);
    assertThat(reader.bits(7)).isEqualTo(0b0010100);
    assertThat(reader.flag()).isFalse();
    assertThat(reader.bits(13)).isEqualTo(0b0111111111111);
    reader.skip(8);
    assertThat(reader.bits(32)).isEqualTo(0x12345678);
    assertThat(reader.remainingBits()).isZero();
    assertThat(reader.overrun()).isFalse();
  }

  @Test
  void reading_past_the_end_gives_zeros_and_is_remembered() {
    over("ff");
    assertThat(reader.bits(9)).isZero();
    assertThat(reader.overrun()).isTrue();
    assertThat(reader.bits(1)).isZero();
    over("ff").skip(9);
    assertThat(reader.overrun()).isTrue();
    over("ff");
    assertThat(reader.overrun()).isFalse();
  }

  @Test
  void exp_golomb_numbers_are_those_of_the_table_in_the_standard() {
    // ITU-T H.264 table 9-2: 1, 010, 011, 00100, 00101
    over("a6 42 80");
    for (int number = 0; number < 5; number++) {
      assertThat(reader.expGolomb()).isEqualTo(number);
    }
    over("a6 42 80");
    for (int number : new int[] {0, 1, -1, 2, -2}) {
      assertThat(reader.signedExpGolomb()).isEqualTo(number);
    }
    assertThat(over("00000001 fffffffe").expGolomb()).isEqualTo(-2);
    assertThat(reader.overrun()).isFalse();
  }

  @Test
  void endless_zeros_are_no_number() {
    assertThat(over("00 00 00 00 80 00 00 00 00").expGolomb()).isZero();
    assertThat(reader.overrun()).isTrue();
    assertThat(over("00").expGolomb()).isZero();
    assertThat(reader.overrun()).isTrue();
  }

  @Test
  void numbers_of_a_range_take_as_few_bits_as_they_can() {
    // Five values: 00, 01, 10, 110, 111
    over("1b 80");
    assertThat(reader.nonSymmetric(5)).isZero();
    assertThat(reader.nonSymmetric(5)).isEqualTo(1);
    assertThat(reader.nonSymmetric(5)).isEqualTo(2);
    assertThat(reader.nonSymmetric(5)).isEqualTo(4);
    assertThat(over("c0").nonSymmetric(5)).isEqualTo(3);
    assertThat(over("ff").nonSymmetric(1)).isZero();
    assertThat(reader.remainingBits()).isEqualTo(8);
  }

  @Test
  void a_region_outside_of_the_buffer_is_an_error_of_the_caller() {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> reader.wrap(new byte[4], 2, 3));
  }
}
