package dev.sluice.transport.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SrtpSessionTest {
  private static final HexFormat HEX = HexFormat.of();

  /** The validation packet of libsrtp, with which other implementations check themselves. */
  private static final byte[] PLAIN = HEX.parseHex("800f1234decafbadcafebabe" + "ab".repeat(16));

  @Test
  void aes_cm_with_hmac_gives_the_known_packet() {
    SrtpSession session =
        SrtpSession.server(
            keys(
                SrtpProfile.AES128_CM_HMAC_SHA1_80,
                "e1f97a0d3e018be0d64fa32c06de4139",
                "0ec675ad498afeebb6960b3aabe6"));

    assertThat(protect(session))
        .isEqualTo(
            "800f1234decafbadcafebabe"
                + "4e55dc4ce79978d88ca4d215949d2402"
                + "b78d6acc99ea179b8dbb");
  }

  @Test
  void aes_gcm_gives_the_known_packet() {
    SrtpSession session =
        SrtpSession.server(
            keys(
                SrtpProfile.AEAD_AES_128_GCM,
                "000102030405060708090a0b0c0d0e0f",
                "a0a1a2a3a4a5a6a7a8a9aaab"));

    assertThat(protect(session))
        .isEqualTo(
            "800f1234decafbadcafebabe"
                + "c5002ede04cfdd2eb91159e0880aa06e"
                + "d2976826f796b201df3131a127e8a392");
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void the_roll_over_of_sequence_numbers_is_followed_on_both_sides(SrtpProfile profile) {
    SrtpSession server = SrtpSession.server(randomKeys(profile, 1));
    SrtpSession client = SrtpSession.client(randomKeys(profile, 1));
    for (int index = 65_000; index < 2 * 65_536 + 100; index += 37) {
      byte[] packet = rtp(index & 0xFFFF, 9);
      int length = server.protectRtp(packet, 0, 50);
      assertThat(client.unprotectRtp(packet, 0, length)).as("index %d", index).isEqualTo(50);
    }
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void a_second_copy_of_the_same_bytes_is_taken_by_who_has_missed_the_first(SrtpProfile profile) {
    SrtpSession server = SrtpSession.server(randomKeys(profile, 2));
    SrtpSession client = SrtpSession.client(randomKeys(profile, 2));
    byte[] missed = rtp(7, 9);
    int length = server.protectRtp(missed, 0, 50);
    byte[] next = rtp(8, 9);
    assertThat(client.unprotectRtp(next, 0, server.protectRtp(next, 0, 50))).isEqualTo(50);

    assertThat(client.unprotectRtp(missed.clone(), 0, length)).isEqualTo(50);
    assertThat(client.unprotectRtp(missed.clone(), 0, length)).isEqualTo(SrtpSession.REPLAYED);
    assertThat(server.protectRtp(rtp(7, 9), 0, 50))
        .as("encrypted anew under the same number")
        .isEqualTo(SrtpSession.REPLAYED);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void a_packet_out_of_order_is_taken_once_and_an_old_one_not_at_all(SrtpProfile profile) {
    SrtpSession server = SrtpSession.server(randomKeys(profile, 2));
    SrtpSession client = SrtpSession.client(randomKeys(profile, 2));
    byte[][] packets = new byte[100][];
    int[] lengths = new int[100];
    for (int i = 0; i < 100; i++) {
      packets[i] = rtp(i, 9);
      lengths[i] = server.protectRtp(packets[i], 0, 50);
    }
    assertThat(client.unprotectRtp(packets[0].clone(), 0, lengths[0])).isEqualTo(50);
    assertThat(client.unprotectRtp(packets[99].clone(), 0, lengths[99])).isEqualTo(50);

    assertThat(client.unprotectRtp(packets[90].clone(), 0, lengths[90])).isEqualTo(50);
    assertThat(client.unprotectRtp(packets[90].clone(), 0, lengths[90]))
        .isEqualTo(SrtpSession.REPLAYED);
    assertThat(client.unprotectRtp(packets[5].clone(), 0, lengths[5]))
        .isEqualTo(SrtpSession.REPLAYED);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void rtcp_is_protected_with_an_index_of_its_own(SrtpProfile profile) {
    SrtpSession server = SrtpSession.server(randomKeys(profile, 3));
    SrtpSession client = SrtpSession.client(randomKeys(profile, 3));
    byte[] report = HEX.parseHex("80c9000100000009");
    for (int i = 0; i < 3; i++) {
      byte[] packet = Arrays.copyOf(report, 60);
      int length = server.protectRtcp(packet, 0, report.length);
      assertThat(length).isEqualTo(report.length + 4 + profile.tagLength());
      byte[] again = packet.clone();
      assertThat(client.unprotectRtcp(packet, 0, length)).isEqualTo(report.length);
      assertThat(Arrays.copyOf(packet, report.length)).isEqualTo(report);
      assertThat(client.unprotectRtcp(again, 0, length)).isEqualTo(SrtpSession.REPLAYED);
    }
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void forged_packets_leave_no_context_behind(SrtpProfile profile) {
    SrtpSession server = SrtpSession.server(randomKeys(profile, 4));
    for (int ssrc = 0; ssrc < 100; ssrc++) {
      assertThat(server.unprotectRtp(rtp(1, ssrc), 0, 70)).isEqualTo(SrtpSession.NOT_AUTHENTIC);
      byte[] report = new byte[60];
      report[0] = (byte) 0x80;
      report[1] = (byte) 200;
      report[7] = (byte) ssrc;
      assertThat(server.unprotectRtcp(report, 0, 60)).isEqualTo(SrtpSession.NOT_AUTHENTIC);
    }
    assertThat(((JitsiSrtpSession) server).inboundContexts()).isZero();
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void hostile_packets_never_throw(SrtpProfile profile) {
    long seed = 3711;
    Random random = new Random(seed);
    SrtpSession server = SrtpSession.server(randomKeys(profile, 5));
    SrtpSession client = SrtpSession.client(randomKeys(profile, 5));
    for (int i = 0; i < 10_000; i++) {
      byte[] packet = rtp(i, 9);
      int length = client.protectRtp(packet, 0, 50);
      for (int damage = random.nextInt(1, 4); damage > 0; damage--) {
        packet[random.nextInt(length)] = (byte) random.nextInt();
      }
      int cut = random.nextInt(length + 1);
      byte[] copy = packet.clone();
      try {
        server.unprotectRtp(packet, 0, cut);
        server.unprotectRtcp(copy, 0, cut);
      } catch (RuntimeException bug) {
        throw new AssertionError("seed %d: %s".formatted(seed, HEX.formatHex(packet, 0, cut)), bug);
      }
    }
    byte[] good = rtp(20_000, 9);
    int length = client.protectRtp(good, 0, 50);
    assertThat(server.unprotectRtp(good, 0, length)).as("seed %d", seed).isEqualTo(50);
  }

  private static String protect(SrtpSession session) {
    byte[] buffer = new byte[10 + PLAIN.length + SrtpSession.MAX_OVERHEAD];
    System.arraycopy(PLAIN, 0, buffer, 10, PLAIN.length);
    int length = session.protectRtp(buffer, 10, PLAIN.length);
    return HEX.formatHex(buffer, 10, 10 + length);
  }

  private static byte[] rtp(int sequence, int ssrc) {
    byte[] packet = new byte[100];
    packet[0] = (byte) 0x80;
    packet[1] = 96;
    packet[2] = (byte) (sequence >>> 8);
    packet[3] = (byte) sequence;
    packet[11] = (byte) ssrc;
    return packet;
  }

  /** The server's direction has this key; the client's is of no interest. */
  private static SrtpKeys keys(SrtpProfile profile, String key, String salt) {
    return new SrtpKeys(
        profile,
        new byte[16],
        new byte[profile.saltLength()],
        HEX.parseHex(key),
        HEX.parseHex(salt));
  }

  private static SrtpKeys randomKeys(SrtpProfile profile, long seed) {
    byte[] material = new byte[SrtpKeys.materialLength(profile)];
    new Random(seed).nextBytes(material);
    return SrtpKeys.ofMaterial(profile, material);
  }
}
