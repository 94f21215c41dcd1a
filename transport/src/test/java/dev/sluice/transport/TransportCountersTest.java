package dev.sluice.transport;

import static dev.sluice.transport.Packets.protectedRtcp;
import static dev.sluice.transport.Packets.protectedRtp;
import static dev.sluice.transport.Packets.receiverReport;
import static dev.sluice.transport.Packets.rtp;
import static dev.sluice.transport.ScriptedPeer.ELSEWHERE;
import static dev.sluice.transport.ScriptedPeer.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.transport.srtp.SrtpProfile;
import dev.sluice.transport.srtp.SrtpSession;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a transport tells of its traffic and of its peer. */
@Timeout(60)
final class TransportCountersTest {
  private static final SecureTransports FACTORY =
      new SecureTransports(
          TransportSettings.DEFAULT, ScriptedPeer.RANDOM, Instant.parse("2026-01-01T00:00:00Z"));
  private static final SrtpProfile GCM = SrtpProfile.AEAD_AES_128_GCM;

  @Test
  void packets_and_bytes_are_counted_both_ways_as_they_are_on_the_wire() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      SrtpSession client = peer.connect();
      TransportCounters counters = peer.transport.counters();
      byte[] first = protectedRtp(client, 1);
      byte[] second = protectedRtp(client, 2);
      byte[] report = protectedRtcp(client);
      peer.give(first, HOME);
      peer.give(second, HOME);
      peer.give(report, HOME);
      assertThat(counters.rtpPacketsIn).isEqualTo(2);
      assertThat(counters.rtpBytesIn).isEqualTo(first.length + second.length);
      assertThat(counters.rtcpPacketsIn).isEqualTo(1);
      assertThat(counters.rtcpBytesIn).isEqualTo(report.length);

      int length = peer.transport.protectRtp(Arrays.copyOf(rtp(9), 200), 0, rtp(9).length);
      int reportLength = peer.transport.protectRtcp(Arrays.copyOf(receiverReport(), 100), 0, 8);
      assertThat(counters.rtpPacketsOut).isEqualTo(1);
      assertThat(counters.rtpBytesOut).isEqualTo(length);
      assertThat(counters.rtcpPacketsOut).isEqualTo(1);
      assertThat(counters.rtcpBytesOut).isEqualTo(reportLength);
    }
  }

  @Test
  void what_is_dropped_is_counted_by_reason_and_not_as_traffic() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      TransportCounters counters = peer.transport.counters();
      assertThat(peer.transport.protectRtp(Arrays.copyOf(rtp(1), 200), 0, 60)).isZero();
      assertThat(peer.transport.protectRtcp(Arrays.copyOf(receiverReport(), 100), 0, 8)).isZero();
      assertThat(counters.protectsWithoutKeys).isEqualTo(2);
      SrtpSession client = peer.connect();
      byte[] packet = protectedRtp(client, 1);
      peer.give(packet, HOME);
      peer.give(packet, HOME);
      byte[] forged = protectedRtp(client, 2);
      forged[20] ^= 1;
      peer.give(forged, HOME);
      peer.give(protectedRtp(client, 3), ELSEWHERE);
      peer.give(new byte[] {0, 1, 0, 0}, HOME);
      byte[] unauthentic = peer.checks().request(9, true);
      unauthentic[30] ^= 1;
      peer.give(unauthentic, HOME);
      peer.check(new IceCredentials("other", "0123456789012345678901"), HOME, true);

      assertThat(counters.rtpPacketsIn).isEqualTo(1);
      assertThat(counters.srtpReplays).isEqualTo(1);
      assertThat(counters.srtpAuthenticationFailures).isEqualTo(1);
      assertThat(counters.srtpFromUnverifiedAddress).isEqualTo(1);
      assertThat(counters.malformedStun).isEqualTo(2);
      assertThat(counters.unauthenticatedStun).isEqualTo(1);
      assertThat(counters.stunChecks).isEqualTo(1);
      assertThat(counters.rtpPacketsOut).isZero();
    }
  }

  @Test
  void handshakes_that_fail_are_counted_apart_from_those_that_do_not() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM);
        ScriptedPeer wrong = new ScriptedPeer(FACTORY, GCM)) {
      peer.connect();
      peer.client().close();
      peer.runUntil(() -> peer.transport.state() == TransportState.CLOSED);
      assertThat(peer.transport.counters().dtlsHandshakes).isEqualTo(1);
      assertThat(peer.transport.counters().dtlsHandshakesFailed).isZero();

      wrong.check(HOME, true);
      wrong.announce("00:".repeat(31) + "00");
      wrong.startClient();
      wrong.runUntil(() -> wrong.transport.state() == TransportState.CLOSED);
      assertThat(wrong.transport.counters().dtlsHandshakes).isZero();
      assertThat(wrong.transport.counters().dtlsHandshakesFailed).isEqualTo(1);
    }
  }

  @Test
  void the_peer_was_last_heard_of_with_the_last_authentic_datagram() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(FACTORY, GCM)) {
      assertThat(peer.transport.lastReceivedNanos()).isEmpty();
      SrtpSession client = peer.connect();
      assertThat(peer.transport.lastReceivedNanos()).hasValue(peer.nowNanos);
      long connectedNanos = peer.nowNanos;

      peer.nowNanos += 1000;
      byte[] forged = protectedRtp(client, 1);
      forged[20] ^= 1;
      peer.give(forged, HOME);
      peer.give(protectedRtp(client, 2), ELSEWHERE);
      peer.check(new IceCredentials("other", "0123456789012345678901"), HOME, true);
      assertThat(peer.transport.lastReceivedNanos()).hasValue(connectedNanos);

      peer.give(protectedRtp(client, 3), HOME);
      assertThat(peer.transport.lastReceivedNanos()).hasValue(peer.nowNanos);
      peer.nowNanos += 1000;
      peer.give(protectedRtcp(client), HOME);
      assertThat(peer.transport.lastReceivedNanos()).hasValue(peer.nowNanos);
      peer.nowNanos += 1000;
      peer.check(HOME, false);
      assertThat(peer.transport.lastReceivedNanos()).hasValue(peer.nowNanos);
    }
  }
}
