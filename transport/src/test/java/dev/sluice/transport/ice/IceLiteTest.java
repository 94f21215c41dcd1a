package dev.sluice.transport.ice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.transport.stun.StunCheck;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

final class IceLiteTest {
  private static final String PASSWORD = "0123456789012345678901";
  private static final InetSocketAddress FIRST = new InetSocketAddress("192.0.2.1", 1000);
  private static final InetSocketAddress SECOND = new InetSocketAddress("2001:db8::2", 2000);

  private final IceLite ice = new IceLite("serv", PASSWORD);
  private final StunCheck checks = new StunCheck("peer", "serv", PASSWORD);
  private long transactionId;
  private long nowNanos;

  @Test
  void the_first_authentic_check_makes_the_path() {
    assertThat(ice.path()).isEmpty();
    assertThat(check(FIRST, false)).isEqualTo(CheckResult.PATH_CHANGED);
    assertThat(ice.path()).hasValue(FIRST);
    assertThat(ice.verified(FIRST)).isTrue();
  }

  @Test
  void only_a_nomination_moves_the_path() {
    check(FIRST, false);
    assertThat(check(SECOND, false)).isEqualTo(CheckResult.ANSWERED);
    assertThat(ice.verified(SECOND)).isTrue();
    assertThat(ice.path()).hasValue(FIRST);

    assertThat(check(SECOND, true)).isEqualTo(CheckResult.PATH_CHANGED);
    assertThat(check(SECOND, true)).isEqualTo(CheckResult.ANSWERED);
    assertThat(check(FIRST, false)).isEqualTo(CheckResult.ANSWERED);
    assertThat(ice.path()).hasValue(SECOND);
  }

  @Test
  void a_check_signed_with_another_password_leaves_no_trace() {
    byte[] forged = new StunCheck("peer", "serv", "another").request(1, true);
    byte[] forAnother = new StunCheck("peer", "othr", PASSWORD).request(1, true);

    assertThat(ice.onStun(forged, 0, forged.length, FIRST, 0))
        .isEqualTo(CheckResult.UNAUTHENTICATED);
    assertThat(ice.onStun(forAnother, 0, forAnother.length, FIRST, 0))
        .isEqualTo(CheckResult.UNAUTHENTICATED);
    assertThat(ice.onStun(new byte[20], 0, 20, FIRST, 0)).isEqualTo(CheckResult.MALFORMED);
    assertThat(ice.path()).isEmpty();
    assertThat(ice.verified(FIRST)).isFalse();
  }

  @Test
  void a_check_that_is_not_understood_is_answered_and_verifies_nothing() {
    byte[] strange = checks.requestWith(0x0077, 1);

    assertThat(ice.onStun(strange, 0, strange.length, FIRST, 0)).isEqualTo(CheckResult.ANSWERED);
    assertThat(ice.reply().buffer()[0]).isEqualTo((byte) 0x01);
    assertThat(ice.reply().buffer()[1]).isEqualTo((byte) 0x11);
    assertThat(ice.verified(FIRST)).isFalse();
  }

  @Test
  void consent_lasts_30_seconds_from_the_last_check() {
    assertThat(ice.consentExpired(Long.MAX_VALUE)).isFalse();
    nowNanos = Long.MAX_VALUE - 5;
    check(FIRST, true);
    assertThat(ice.consentExpired(nowNanos + IceLite.CONSENT_NANOS)).isFalse();
    assertThat(ice.consentExpired(nowNanos + IceLite.CONSENT_NANOS + 1)).isTrue();
  }

  @Test
  void the_addresses_are_bounded_and_the_path_stays_among_them() {
    check(FIRST, true);
    for (int port = 1; port <= 3 * IceLite.MAX_ADDRESSES; port++) {
      nowNanos++;
      check(new InetSocketAddress("192.0.2.200", port), false);
    }

    assertThat(ice.verified(FIRST)).isTrue();
    assertThat(ice.verified(new InetSocketAddress("192.0.2.200", 1))).isFalse();
    assertThat(ice.verified(new InetSocketAddress("192.0.2.200", 3 * IceLite.MAX_ADDRESSES)))
        .isTrue();
  }

  private CheckResult check(InetSocketAddress from, boolean useCandidate) {
    byte[] request = checks.request(++transactionId, useCandidate);
    return ice.onStun(request, 0, request.length, from, nowNanos);
  }
}
