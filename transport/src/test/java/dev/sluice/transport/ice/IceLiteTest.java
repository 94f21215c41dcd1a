package dev.sluice.transport.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.transport.stun.StunCheck;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
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

  @Test
  void a_restart_leaves_the_path_until_the_peer_nominates_with_the_new_credentials() {
    check(FIRST, true);
    restart("ser2");
    StunCheck renewed = new StunCheck("peer", "ser2", PASSWORD);

    assertThat(check(renewed, SECOND, false)).isEqualTo(CheckResult.ANSWERED);
    assertThat(check(FIRST, true)).isEqualTo(CheckResult.ANSWERED);
    assertThat(ice.path()).hasValue(FIRST);
    assertThat(ice.usernameFragments()).containsExactly("serv", "ser2");

    assertThat(check(renewed, SECOND, true)).isEqualTo(CheckResult.PATH_CHANGED);
    assertThat(ice.path()).hasValue(SECOND);
  }

  @Test
  void a_nomination_with_old_credentials_still_moves_the_path_before_one_with_new_ones() {
    check(FIRST, true);
    restart("ser2");

    assertThat(check(SECOND, true)).isEqualTo(CheckResult.PATH_CHANGED);
  }

  @Test
  void old_credentials_are_good_for_a_grace_period_and_move_nothing_in_it() {
    check(FIRST, true);
    restart("ser2");
    StunCheck renewed = new StunCheck("peer", "ser2", PASSWORD);
    nowNanos = 100;
    check(renewed, SECOND, true);

    nowNanos += IceLite.GRACE_NANOS;
    assertThat(ice.dropSuperseded(nowNanos)).isEmpty();
    assertThat(check(FIRST, true)).isEqualTo(CheckResult.ANSWERED);
    assertThat(ice.path()).hasValue(SECOND);

    nowNanos++;
    assertThat(ice.dropSuperseded(nowNanos)).containsExactly("serv");
    assertThat(ice.dropSuperseded(nowNanos)).isEmpty();
    assertThat(check(FIRST, true)).isEqualTo(CheckResult.UNAUTHENTICATED);
    assertThat(check(renewed, FIRST, true)).isEqualTo(CheckResult.PATH_CHANGED);
  }

  @Test
  void a_nomination_on_the_old_path_supersedes_the_old_credentials_too() {
    check(FIRST, true);
    restart("ser2");

    assertThat(check(new StunCheck("peer", "ser2", PASSWORD), FIRST, true))
        .isEqualTo(CheckResult.ANSWERED);

    assertThat(ice.dropSuperseded(nowNanos + IceLite.GRACE_NANOS + 1)).containsExactly("serv");
    assertThat(ice.path()).hasValue(FIRST);
  }

  @Test
  void a_check_is_only_good_with_the_password_of_its_own_user_name_fragment() {
    ice.restart("ser2", "anotherPassword0123456");

    assertThat(check(new StunCheck("peer", "ser2", PASSWORD), FIRST, true))
        .isEqualTo(CheckResult.UNAUTHENTICATED);
    assertThat(check(new StunCheck("peer", "serv", "anotherPassword0123456"), FIRST, true))
        .isEqualTo(CheckResult.UNAUTHENTICATED);
    assertThat(check(new StunCheck("peer", "ser2", "anotherPassword0123456"), FIRST, true))
        .isEqualTo(CheckResult.PATH_CHANGED);
  }

  @Test
  void restarts_that_the_peer_does_not_follow_make_room_for_each_other_and_keep_the_path() {
    check(FIRST, true);
    List<String> dropped = new ArrayList<>();
    for (int i = 1; i <= 1000; i++) {
      ice.restart("res" + i, PASSWORD).ifPresent(dropped::add);
      assertThat(ice.usernameFragments()).hasSizeLessThanOrEqualTo(IceLite.MAX_GENERATIONS);
    }

    assertThat(ice.usernameFragments()).containsExactly("serv", "res999", "res1000");
    assertThat(dropped).hasSize(998).startsWith("res1", "res2").endsWith("res998");
    assertThat(check(FIRST, true)).isEqualTo(CheckResult.ANSWERED);
    // The description with the newest may still be on its way: the one before is in use.
    assertThat(check(new StunCheck("peer", "res999", PASSWORD), SECOND, true))
        .isEqualTo(CheckResult.PATH_CHANGED);
    assertThat(ice.dropSuperseded(nowNanos + IceLite.GRACE_NANOS + 1)).containsExactly("serv");
    assertThat(ice.usernameFragments()).containsExactly("res999", "res1000");
  }

  @Test
  void superseded_credentials_make_room_before_those_in_use() {
    check(FIRST, true);
    restart("ser2");
    check(new StunCheck("peer", "ser2", PASSWORD), FIRST, true);
    restart("ser3");

    assertThat(ice.restart("ser4", PASSWORD)).hasValue("serv");
    assertThat(ice.usernameFragments()).containsExactly("ser2", "ser3", "ser4");
  }

  @Test
  void a_user_name_fragment_in_use_is_not_taken_again() {
    assertThatThrownBy(() -> ice.restart("serv", "anotherPassword0123456"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ice.usernameFragments()).containsExactly("serv");
  }

  @Test
  void the_first_path_may_come_of_the_credentials_of_a_restart() {
    restart("ser2");

    assertThat(check(new StunCheck("peer", "ser2", PASSWORD), FIRST, false))
        .isEqualTo(CheckResult.PATH_CHANGED);
    assertThat(check(SECOND, false)).isEqualTo(CheckResult.ANSWERED);
    assertThat(ice.path()).hasValue(FIRST);
  }

  private void restart(String usernameFragment) {
    assertThat(ice.restart(usernameFragment, PASSWORD)).isEmpty();
  }

  private CheckResult check(InetSocketAddress from, boolean useCandidate) {
    return check(checks, from, useCandidate);
  }

  private CheckResult check(StunCheck checks, InetSocketAddress from, boolean useCandidate) {
    byte[] request = checks.request(++transactionId, useCandidate);
    return ice.onStun(request, 0, request.length, from, nowNanos);
  }
}
