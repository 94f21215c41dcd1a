package dev.sluice.session.live;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.session.RefusedException;
import dev.sluice.session.SessionError;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts that a call is refused, and with what. */
final class Refusals {
  private Refusals() {}

  static void assertRefused(SessionError expected, ThrowingCallable call) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(call)
        .extracting(RefusedException::error)
        .isEqualTo(expected);
  }
}
