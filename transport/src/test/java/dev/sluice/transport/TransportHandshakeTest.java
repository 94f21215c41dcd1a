package dev.sluice.transport;

import static dev.sluice.transport.Packets.brokenHello;
import static dev.sluice.transport.Packets.encryptedJunk;
import static dev.sluice.transport.Packets.fatalAlert;
import static dev.sluice.transport.Packets.protectedRtp;
import static dev.sluice.transport.ScriptedPeer.HOME;
import static org.assertj.core.api.Assertions.assertThat;

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

/** DTLS through a transport: what disturbs it and what must not. */
@Timeout(60)
final class TransportHandshakeTest {
  private static final SecureTransports FACTORY =
      new SecureTransports(
          TransportSettings.DEFAULT, ScriptedPeer.RANDOM, Instant.parse("2026-01-01T00:00:00Z"));
  private static final SrtpProfile GCM = SrtpProfile.AEAD_AES_128_GCM;

  @Test
  void the_server_prefers_gcm_whatever_the_clients_order() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, SrtpProfile.AES128_CM_HMAC_SHA1_80, GCM)) {
      peer.connect();

      assertThat(peer.clientKeys().join().profile()).isEqualTo(GCM);
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

      assertThat(peer.transport.counters().dtlsRestarts).isPositive();
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
}
