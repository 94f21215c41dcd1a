package dev.sluice.transport;

import static dev.sluice.transport.Packets.brokenHello;
import static dev.sluice.transport.Packets.protectedRtcp;
import static dev.sluice.transport.Packets.protectedRtp;
import static dev.sluice.transport.Packets.receiverReport;
import static dev.sluice.transport.Packets.rtp;
import static dev.sluice.transport.ScriptedPeer.ELSEWHERE;
import static dev.sluice.transport.ScriptedPeer.HOME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.transport.ice.IceLite;
import dev.sluice.transport.srtp.SrtpProfile;
import dev.sluice.transport.srtp.SrtpSession;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Media, paths and the life of a transport. */
@Timeout(60)
final class SecureTransportTest {
  private static final SecureTransports FACTORY =
      new SecureTransports(
          TransportSettings.DEFAULT, ScriptedPeer.RANDOM, Instant.parse("2026-01-01T00:00:00Z"));
  private static final SrtpProfile GCM = SrtpProfile.AEAD_AES_128_GCM;

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void media_flows_both_ways_with_every_profile(SrtpProfile profile) throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, profile)) {
      SrtpSession client = peer.connect();

      peer.give(protectedRtp(client, 7), HOME);
      peer.give(protectedRtcp(client), HOME);
      assertThat(peer.rtp).hasSize(1);
      assertThat(peer.rtp.getFirst()).isEqualTo(rtp(7));
      assertThat(peer.rtcp).hasSize(1);
      assertThat(peer.rtcp.getFirst()).isEqualTo(receiverReport());

      byte[] down = Arrays.copyOf(rtp(9), 200);
      int length = peer.transport.protectRtp(down, 0, rtp(9).length);
      assertThat(length).isEqualTo(rtp(9).length + profile.tagLength());
      assertThat(client.unprotectRtp(down, 0, length)).isEqualTo(rtp(9).length);
      assertThat(Arrays.copyOf(down, rtp(9).length)).isEqualTo(rtp(9));
      byte[] report = Arrays.copyOf(receiverReport(), 100);
      int reportLength = peer.transport.protectRtcp(report, 0, 8);
      assertThat(client.unprotectRtcp(report, 0, reportLength)).isEqualTo(8);
      assertThat(peer.events)
          .containsExactly(
              "CONNECTING: the first authenticated check came from " + HOME,
              "path 192.0.2.7",
              "CONNECTED: DTLS is complete, SRTP uses " + profile);
    }
  }

  @Test
  void nothing_is_sent_before_there_are_keys() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      assertThat(peer.transport.protectRtp(new byte[100], 0, 50)).isZero();
      assertThat(peer.transport.protectRtcp(new byte[100], 0, 50)).isZero();
    }
  }

  @Test
  void media_before_the_keys_waits_for_them() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      AtomicInteger lastFlights = new AtomicInteger();
      peer.downlink = datagram -> datagram[0] != 20 || lastFlights.incrementAndGet() > 0;
      peer.check(HOME, true);
      peer.announce();
      peer.startClient();
      peer.runUntil(() -> lastFlights.get() > 0);
      // The client has its keys; the worker has not come to the task that brings ours.
      SrtpSession client = SrtpSession.client(peer.clientKeys().join());
      peer.give(protectedRtp(client, 1), HOME);
      assertThat(peer.transport.state()).isEqualTo(TransportState.CONNECTING);
      assertThat(peer.transport.counters().earlyMedia).isEqualTo(1);
      assertThat(peer.rtp).isEmpty();

      peer.finishConnecting();

      assertThat(peer.rtp).hasSize(1);
      assertThat(peer.rtp.getFirst()).isEqualTo(rtp(1));
    }
  }

  @Test
  void media_that_waits_for_keys_is_bounded() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      peer.check(HOME, true);
      for (int i = 0; i < EarlyMedia.MAX_PACKETS + 5; i++) {
        peer.give(rtp(i), HOME);
      }
      assertThat(peer.transport.counters().earlyMedia).isEqualTo(EarlyMedia.MAX_PACKETS + 5);
      assertThat(peer.transport.counters().earlyMediaDropped).isEqualTo(5);

      peer.connect();

      // They were not protected with the keys that came: each was looked at once.
      assertThat(peer.transport.counters().srtpAuthenticationFailures)
          .isEqualTo(EarlyMedia.MAX_PACKETS);
      assertThat(peer.rtp).isEmpty();
    }
  }

  @Test
  void nothing_but_checks_is_taken_from_an_address_that_passed_none() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      peer.give(brokenHello(), HOME);
      assertThat(peer.transport.state()).isEqualTo(TransportState.NEW);
      SrtpSession client = peer.connect();

      peer.give(brokenHello(), ELSEWHERE);
      peer.give(protectedRtp(client, 1), ELSEWHERE);

      assertThat(peer.transport.counters().dtlsFromUnverifiedAddress).isEqualTo(2);
      assertThat(peer.transport.counters().srtpFromUnverifiedAddress).isEqualTo(1);
      assertThat(peer.rtp).isEmpty();
    }
  }

  @Test
  void the_path_moves_with_a_nomination_and_not_with_a_check_or_with_media() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      SrtpSession client = peer.connect();
      peer.check(ELSEWHERE, false);
      peer.give(protectedRtp(client, 1), ELSEWHERE);
      assertThat(peer.transport.remoteAddress()).hasValue(HOME);
      assertThat(peer.rtp).hasSize(1);

      peer.check(ELSEWHERE, true);

      assertThat(peer.transport.remoteAddress()).hasValue(ELSEWHERE);
      assertThat(peer.events.getLast()).isEqualTo("path 198.51.100.9");
      peer.give(protectedRtp(client, 2), ELSEWHERE);
      assertThat(peer.rtp).hasSize(2);
    }
  }

  @Test
  void repeated_and_forged_packets_are_counted_and_end_nothing() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      SrtpSession client = peer.connect();
      byte[] packet = protectedRtp(client, 1);
      peer.give(packet, HOME);
      peer.give(packet, HOME);
      for (int i = 0; i < 500; i++) {
        byte[] forged = protectedRtp(client, 2 + i);
        forged[forged.length - 1] ^= 1;
        peer.give(forged, HOME);
      }
      peer.give(new byte[] {(byte) 0x80, 96, 0}, HOME);
      peer.give(new byte[] {(byte) 0xC8, 1}, HOME);
      peer.give(new byte[0], HOME);

      assertThat(peer.transport.counters().srtpReplays).isEqualTo(1);
      assertThat(peer.transport.counters().srtpAuthenticationFailures).isEqualTo(500);
      assertThat(peer.transport.counters().malformedSrtp).isEqualTo(1);
      assertThat(peer.transport.counters().unknownDatagrams).isEqualTo(2);
      peer.give(protectedRtp(client, 600), HOME);
      assertThat(peer.rtp).hasSize(2);
    }
  }

  @Test
  void a_sequence_number_is_never_encrypted_twice() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      peer.connect();

      assertThat(peer.transport.protectRtp(Arrays.copyOf(rtp(5), 200), 0, 60)).isPositive();
      assertThat(peer.transport.protectRtp(Arrays.copyOf(rtp(5), 200), 0, 60)).isZero();
      assertThat(peer.transport.counters().protectReplays).isEqualTo(1);
      assertThatThrownBy(() -> peer.transport.protectRtp(rtp(6), 0, 60))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void the_transport_ends_when_the_checks_stop_for_30_seconds() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      peer.connect();
      peer.nowNanos += IceLite.CONSENT_NANOS;
      peer.transport.onTick(peer.nowNanos);
      assertThat(peer.transport.state()).isEqualTo(TransportState.CONNECTED);
      peer.check(HOME, false);
      peer.nowNanos += IceLite.CONSENT_NANOS + 1;

      peer.transport.onTick(peer.nowNanos);

      assertThat(peer.events.getLast()).isEqualTo("CLOSED: consent expired");
      assertThat(peer.transport.protectRtp(new byte[100], 0, 50)).isZero();
    }
  }

  @Test
  void the_transport_ends_when_no_handshake_follows_the_checks() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      peer.check(HOME, true);
      for (int i = 0; i < 31; i++) {
        peer.nowNanos += Duration.ofSeconds(1).toNanos();
        peer.check(HOME, false);
        peer.transport.onTick(peer.nowNanos);
      }

      assertThat(peer.events.getLast()).contains("CLOSED: no DTLS handshake");
    }
  }

  @Test
  void warming_up_leaves_the_factory_ready() {
    try (SecureTransports factory =
        new SecureTransports(TransportSettings.DEFAULT, ScriptedPeer.RANDOM, Instant.EPOCH)) {
      factory.warmUp();
      assertThat(factory.fingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    }
  }

  @Test
  void hostile_datagrams_never_throw() throws IOException {
    long seed = 20_261_122L;
    Random random = new Random(seed);
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      SrtpSession client = peer.connect();
      byte[] check = peer.checks().request(5, true);
      for (int i = 0; i < 20_000; i++) {
        byte[] datagram = random.nextBoolean() ? check.clone() : rtp(i);
        for (int damage = random.nextInt(6); damage >= 0; damage--) {
          datagram[random.nextInt(datagram.length)] = (byte) random.nextInt();
        }
        byte[] cut = Arrays.copyOf(datagram, random.nextInt(datagram.length + 1));
        try {
          peer.give(cut, HOME);
        } catch (RuntimeException bug) {
          throw new AssertionError(
              "seed %d, round %d: %s".formatted(seed, i, Arrays.toString(cut)), bug);
        }
      }
      peer.give(protectedRtp(client, 1), HOME);
      assertThat(peer.rtp).as("seed %d", seed).hasSize(1);
    }
  }
}
