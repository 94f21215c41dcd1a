package dev.sluice.transport.negotiation;

import static dev.sluice.transport.negotiation.H264Profile.BASELINE;
import static dev.sluice.transport.negotiation.H264Profile.CONSTRAINED_BASELINE;
import static dev.sluice.transport.negotiation.H264Profile.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class H264ProfileTest {
  @ParameterizedTest
  @CsvSource({
    "42, e0, CONSTRAINED_BASELINE",
    "42, 40, CONSTRAINED_BASELINE",
    "4d, 80, CONSTRAINED_BASELINE",
    "58, c0, CONSTRAINED_BASELINE",
    "42, 00, BASELINE",
    "42, 80, BASELINE",
    "58, 80, BASELINE",
    "4d, 00, MAIN",
    "4d, 40, MAIN",
    "64, 00, HIGH",
    "64, 0c, CONSTRAINED_HIGH"
  })
  void each_spelling_of_a_profile_in_the_rfc_is_known(
      String idc, String iop, H264Profile expected) {
    assertThat(H264Profile.of(Integer.parseInt(idc, 16), Integer.parseInt(iop, 16)))
        .hasValue(expected);
  }

  @ParameterizedTest
  @CsvSource({"58, 00", "4d, 20", "42, 01", "64, 10", "f4, 00", "00, 00"})
  void what_is_no_profile_of_ours_is_none(String idc, String iop) {
    assertThat(H264Profile.of(Integer.parseInt(idc, 16), Integer.parseInt(iop, 16))).isEmpty();
  }

  @Test
  void flags_that_say_nothing_of_the_profile_change_nothing() {
    for (int flags = 0; flags < 0x100; flags++) {
      boolean reservedAreZero = (flags & 0x0F) == 0;
      var expected = (flags & 0x40) != 0 ? CONSTRAINED_BASELINE : BASELINE;
      assertThat(H264Profile.of(0x42, flags).filter(expected::equals).isPresent())
          .as("42 %02x", flags)
          .isEqualTo(reservedAreZero);
      boolean main = reservedAreZero && (flags & 0xA0) == 0;
      assertThat(H264Profile.of(0x4D, flags).filter(MAIN::equals).isPresent())
          .as("4d %02x", flags)
          .isEqualTo(main);
    }
  }
}
