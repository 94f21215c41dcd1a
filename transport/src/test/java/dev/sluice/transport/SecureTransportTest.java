package dev.sluice.transport;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
  void the_server_prefers_gcm_whatever_the_clients_order() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, SrtpProfile.AES128_CM_HMAC_SHA1_80, GCM)) {
      peer.connect();

      assertThat(peer.clientKeys().join().profile()).isEqualTo(GCM);
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
  void the_fingerprint_may_come_after_the_handshake_began() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      AtomicInteger up = new AtomicInteger();
      peer.uplink = _ -> up.incrementAndGet() > 0;
      peer.check(HOME, true);
      peer.startClient();
      // The second flight of the client holds its certificate.
      peer.runUntil(() -> up.get() >= 2);
      assertThat(peer.transport.state()).isEqualTo(TransportState.CONNECTING);

      peer.announce();

      peer.finishConnecting();
    }
  }

  @Test
  void a_certificate_that_was_not_announced_ends_the_transport() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      peer.check(HOME, true);
      peer.announce("00:".repeat(31) + "00");
      peer.startClient();

      peer.runUntil(() -> peer.transport.state() == TransportState.CLOSED);

      assertThat(peer.events.getLast()).contains("not the one its description announced");
      peer.runUntil(() -> peer.clientKeys().isDone());
      assertThat(peer.clientKeys()).isCompletedExceptionally();
    }
  }

  @Test
  void a_handshake_survives_lost_datagrams_in_both_directions() throws IOException {
    long seed = 4711;
    Random random = new Random(seed);
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      peer.uplink = _ -> random.nextInt(3) > 0;
      peer.downlink = _ -> random.nextInt(3) > 0;

      peer.connect();

      assertThat(peer.transport.state()).as("seed %d", seed).isEqualTo(TransportState.CONNECTED);
    }
  }

  @Test
  void junk_between_the_flights_disturbs_no_handshake() throws IOException {
    long seed = 99;
    Random random = new Random(seed);
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      peer.uplink =
          datagram -> {
            byte[] noise = new byte[random.nextInt(1, 200)];
            random.nextBytes(noise);
            noise[0] = (byte) random.nextInt(20, 64);
            peer.give(noise, HOME);
            byte[] torn = datagram.clone();
            torn[random.nextInt(13, torn.length)] ^= 0x55;
            peer.give(Arrays.copyOf(torn, torn.length - 1), HOME);
            peer.give(fatalAlert(), HOME);
            return true;
          };

      peer.connect();

      assertThat(peer.transport.counters().malformedDtls).as("seed %d", seed).isPositive();
    }
  }

  @Test
  void a_hello_that_cannot_be_read_does_not_end_a_handshake_that_begins() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      peer.check(HOME, true);
      peer.announce();
      peer.give(brokenHello(), HOME);
      peer.give(brokenHello(), HOME);
      peer.startClient();

      peer.finishConnecting();
    }
  }

  @Test
  void hellos_repeated_and_junk_after_the_handshake_leave_it_alone() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      List<byte[]> sent = new ArrayList<>();
      List<byte[]> received = new ArrayList<>();
      peer.uplink = sent::add;
      SrtpSession client = peer.connect();
      peer.downlink = received::add;

      for (byte[] datagram : sent) {
        peer.give(datagram, HOME);
        byte[] flipped = datagram.clone();
        flipped[flipped.length - 1] ^= 1;
        peer.give(flipped, HOME);
      }
      peer.give(fatalAlert(), HOME);
      peer.give(encryptedJunk(), HOME);
      peer.give(brokenHello(), HOME);
      peer.give(protectedRtp(client, 1), HOME);

      assertThat(peer.transport.state()).isEqualTo(TransportState.CONNECTED);
      assertThat(peer.rtp).hasSize(1);
      // The association still says goodbye: the engine has not given up.
      peer.transport.close();
      peer.runUntil(() -> received.stream().anyMatch(datagram -> datagram[0] == 21));
      assertThat(peer.transport.counters().dtlsFaults).isZero();
    }
  }

  @Test
  void a_lost_last_flight_is_repeated_on_request() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      AtomicInteger dropped = new AtomicInteger();
      // The server's last flight begins with change_cipher_spec.
      peer.downlink = datagram -> datagram[0] != 20 || dropped.incrementAndGet() > 2;

      peer.connect();

      assertThat(dropped.get()).isGreaterThan(2);
    }
  }

  @Test
  void media_before_the_keys_waits_for_them() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      List<byte[]> lastFlight = new ArrayList<>();
      peer.check(HOME, true);
      peer.startClient();
      peer.runUntil(() -> peer.transport.state() == TransportState.CONNECTING);
      // The transport lacks the fingerprint: its keys come last.
      peer.announce();
      peer.downlink = datagram -> datagram[0] != 20 || !lastFlight.add(datagram);
      peer.runUntil(() -> peer.transport.state() == TransportState.CONNECTED);
      assertThat(peer.transport.counters().earlyMedia).isZero();
    }
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      peer.check(HOME, true);
      for (int i = 0; i < EarlyMedia.MAX_PACKETS + 5; i++) {
        peer.give(rtp(i), HOME);
      }
      assertThat(peer.transport.counters().earlyMedia).isEqualTo(EarlyMedia.MAX_PACKETS + 5);
      assertThat(peer.transport.counters().earlyMediaDropped).isEqualTo(5);

      peer.announce();
      peer.startClient();
      peer.finishConnecting();

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
  void a_close_of_the_peer_closes_the_transport() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      peer.connect();

      peer.client().close();

      peer.runUntil(() -> peer.transport.state() == TransportState.CLOSED);
      assertThat(peer.events.getLast()).contains("the peer has closed");
    }
  }

  @Test
  void the_peer_is_told_of_our_close() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      List<byte[]> sent = new ArrayList<>();
      peer.connect();
      peer.downlink = sent::add;

      peer.transport.close();
      peer.transport.close();

      peer.runUntil(() -> !sent.isEmpty());
      for (byte[] datagram : sent) {
        peer.client().offer(datagram, 0, datagram.length);
      }
      assertThat(peer.client().awaitClose(Duration.ofSeconds(5))).isTrue();
      assertThat(peer.events).filteredOn(event -> event.startsWith("CLOSED")).hasSize(1);
    }
  }

  @Test
  void handshakes_beyond_the_limit_are_put_off_until_one_is_through() throws IOException {
    SecureTransports scarce =
        new SecureTransports(
            new TransportSettings(Duration.ofSeconds(15), 1), ScriptedPeer.RANDOM, Instant.EPOCH);
    try (ScriptedPeer first = new ScriptedPeer(scarce, GCM);
        ScriptedPeer second = new ScriptedPeer(scarce, GCM)) {
      first.check(HOME, true);
      first.give(brokenHello(), HOME);
      second.check(HOME, true);
      second.announce();
      second.startClient();
      second.runUntil(() -> second.transport.counters().dtlsHandshakesPutOff > 0);

      first.transport.close();

      second.finishConnecting();
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

  private static byte[] rtp(int sequence) {
    byte[] packet = new byte[60];
    packet[0] = (byte) 0x80;
    packet[1] = 96;
    packet[2] = (byte) (sequence >>> 8);
    packet[3] = (byte) sequence;
    packet[11] = 42;
    Arrays.fill(packet, 12, 60, (byte) sequence);
    return packet;
  }

  private static byte[] receiverReport() {
    return new byte[] {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 42};
  }

  private static byte[] protectedRtp(SrtpSession client, int sequence) {
    byte[] packet = Arrays.copyOf(rtp(sequence), 100);
    return Arrays.copyOf(packet, client.protectRtp(packet, 0, 60));
  }

  private static byte[] protectedRtcp(SrtpSession client) {
    byte[] packet = Arrays.copyOf(receiverReport(), 100);
    return Arrays.copyOf(packet, client.protectRtcp(packet, 0, 8));
  }

  private static byte[] fatalAlert() {
    return new byte[] {21, (byte) 0xFE, (byte) 0xFD, 0, 0, 0, 0, 0, 0, 0, 9, 0, 2, 2, 40};
  }

  /** A record of the first epoch with a length that fits and nothing that can be decrypted. */
  private static byte[] encryptedJunk() {
    byte[] record = new byte[13 + 40];
    record[0] = 23;
    record[1] = (byte) 0xFE;
    record[2] = (byte) 0xFD;
    record[4] = 1;
    record[10] = 77;
    record[12] = 40;
    return record;
  }

  /** Well-formed record and message headers of a hello with nothing in it. */
  private static byte[] brokenHello() {
    byte[] record = new byte[13 + 12 + 8];
    record[0] = 22;
    record[1] = (byte) 0xFE;
    record[2] = (byte) 0xFD;
    record[12] = 20;
    record[13] = 1;
    record[16] = 8;
    record[24] = 8;
    return record;
  }
}
