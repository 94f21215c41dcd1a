package dev.sluice.transport;

import static dev.sluice.transport.Packets.protectedRtp;
import static dev.sluice.transport.Packets.rtp;
import static dev.sluice.transport.ScriptedPeer.ELSEWHERE;
import static dev.sluice.transport.ScriptedPeer.HOME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.transport.ice.IceLite;
import dev.sluice.transport.srtp.SrtpProfile;
import dev.sluice.transport.srtp.SrtpSession;
import dev.sluice.transport.stun.StunCheck;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** New ICE credentials on a transport that goes on. */
@Timeout(60)
final class IceRestartTest {
  private static final SecureTransports FACTORY =
      new SecureTransports(
          TransportSettings.DEFAULT, ScriptedPeer.RANDOM, Instant.parse("2026-01-01T00:00:00Z"));
  private static final SrtpProfile GCM = SrtpProfile.AEAD_AES_128_GCM;

  @Test
  void media_goes_on_over_the_old_path_until_the_new_one_is_nominated() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      SrtpSession client = peer.connect();
      IceCredentials old = peer.transport.localCredentials();

      IceCredentials renewed = peer.transport.restartIce();

      assertThat(renewed.usernameFragment()).isNotEqualTo(old.usernameFragment());
      assertThat(renewed.password()).isNotEqualTo(old.password());
      assertThat(peer.transport.localCredentials()).isEqualTo(renewed);
      assertThat(peer.transport.usernameFragments())
          .containsExactly(old.usernameFragment(), renewed.usernameFragment());
      peer.check(old, HOME, true);
      peer.check(renewed, ELSEWHERE, false);
      peer.give(protectedRtp(client, 1), HOME);
      peer.give(protectedRtp(client, 2), ELSEWHERE);
      assertThat(peer.transport.remoteAddress()).hasValue(HOME);
      assertThat(peer.rtp).hasSize(2);
      assertThat(peer.transport.protectRtp(Arrays.copyOf(rtp(1), 200), 0, 60)).isPositive();

      peer.check(renewed, ELSEWHERE, true);

      assertThat(peer.transport.remoteAddress()).hasValue(ELSEWHERE);
      peer.give(protectedRtp(client, 3), ELSEWHERE);
      assertThat(peer.rtp).hasSize(3);
      assertThat(peer.transport.protectRtp(Arrays.copyOf(rtp(2), 200), 0, 60)).isPositive();
      assertThat(peer.transport.counters().dtlsHandshakes).isEqualTo(1);
      assertThat(peer.transport.counters().pathChanges).isEqualTo(2);
      assertThat(peer.transport.counters().iceRestarts).isEqualTo(1);
    }
  }

  @Test
  void old_credentials_are_dropped_after_the_grace_period_and_cannot_be_replayed()
      throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      peer.connect();
      IceCredentials old = peer.transport.localCredentials();
      byte[] captured =
          new StunCheck("peer", old.usernameFragment(), old.password()).request(77, true);
      IceCredentials renewed = peer.transport.restartIce();
      peer.check(renewed, HOME, true);

      peer.give(captured, ELSEWHERE);
      assertThat(peer.transport.remoteAddress()).hasValue(HOME);
      peer.nowNanos += IceLite.GRACE_NANOS + 1;
      peer.transport.onTick(peer.nowNanos);
      peer.transport.onTick(peer.nowNanos);

      assertThat(peer.events)
          .filteredOn(event -> event.startsWith("dropped"))
          .containsExactly("dropped " + old.usernameFragment());
      assertThat(peer.transport.usernameFragments()).containsExactly(renewed.usernameFragment());
      int answered = peer.stunReplies.size();
      for (int i = 0; i < 100; i++) {
        peer.give(captured, ELSEWHERE);
      }
      assertThat(peer.stunReplies).hasSize(answered);
      assertThat(peer.transport.counters().unauthenticatedStun).isEqualTo(100);
      assertThat(peer.transport.remoteAddress()).hasValue(HOME);
    }
  }

  @Test
  void a_thousand_restarts_leave_three_user_name_fragments_and_the_media() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      SrtpSession client = peer.connect();
      String first = peer.transport.localCredentials().usernameFragment();
      for (int i = 0; i < 1000; i++) {
        peer.transport.restartIce();
      }

      assertThat(peer.transport.usernameFragments())
          .hasSize(3)
          .startsWith(first)
          .endsWith(peer.transport.localCredentials().usernameFragment());
      assertThat(peer.events).filteredOn(event -> event.startsWith("dropped")).hasSize(998);
      assertThat(peer.transport.counters().iceRestarts).isEqualTo(1000);
      peer.give(protectedRtp(client, 1), HOME);
      assertThat(peer.rtp).hasSize(1);
    }
  }

  @Test
  void a_user_name_fragment_that_is_in_use_is_drawn_again() throws IOException {
    SecureTransports scarce =
        new SecureTransports(TransportSettings.DEFAULT, new Repeating(), Instant.EPOCH);
    try (ScriptedPeer peer = new ScriptedPeer(scarce, GCM)) {
      IceCredentials first = peer.transport.localCredentials();

      IceCredentials second = peer.transport.restartIce();

      assertThat(first.usernameFragment()).isEqualTo("A".repeat(12));
      assertThat(second.usernameFragment()).isEqualTo("B".repeat(12));
    }
  }

  @Test
  void a_closed_transport_restarts_nothing_and_still_names_its_fragments() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      List<String> atTheEnd =
          List.of(
              peer.transport.localCredentials().usernameFragment(),
              peer.transport.restartIce().usernameFragment());
      peer.transport.close();

      assertThatThrownBy(peer.transport::restartIce).isInstanceOf(IllegalStateException.class);
      assertThat(peer.transport.usernameFragments()).isEqualTo(atTheEnd);
    }
  }

  /** Draws the same credentials twice, and then others. */
  private static final class Repeating extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private static final int DRAWS_OF_CREDENTIALS = 12 + 32;

    private int draws;

    @Override
    public int nextInt(int bound) {
      return draws++ < 2 * DRAWS_OF_CREDENTIALS ? 0 : 1;
    }
  }
}
