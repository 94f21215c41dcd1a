package dev.sluice.transport.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.RtpPacket;
import dev.sluice.testkit.fuzz.Region;
import java.util.Arrays;

/**
 * Datagrams that nobody has the keys for are refused and leave nothing behind; RTP and RTCP that
 * one end protects is at the other end what it was.
 */
public final class SrtpSessionFuzz {
  private SrtpSessionFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    for (SrtpProfile profile : SrtpProfile.values()) {
      byte[] material = new byte[SrtpKeys.materialLength(profile)];
      Arrays.fill(material, (byte) 0x5A);
      SrtpKeys keys = SrtpKeys.ofMaterial(profile, material);
      SrtpSession server = SrtpSession.server(keys);
      refuse(server, input);
      roundTrip(server, SrtpSession.client(keys), input);
    }
  }

  private static void refuse(SrtpSession session, byte[] input) {
    Region rtp = Region.of(input);
    assertThat(session.unprotectRtp(rtp.buffer(), rtp.offset(), rtp.length()))
        .isIn(SrtpSession.NOT_AUTHENTIC, SrtpSession.MALFORMED);
    Region rtcp = Region.of(input);
    assertThat(session.unprotectRtcp(rtcp.buffer(), rtcp.offset(), rtcp.length()))
        .isIn(SrtpSession.NOT_AUTHENTIC, SrtpSession.MALFORMED);
    assertThat(((JitsiSrtpSession) session).inboundContexts()).isZero();
  }

  private static void roundTrip(SrtpSession from, SrtpSession to, byte[] input) {
    if (new RtpPacket().wrap(input, 0, input.length)) {
      byte[] rtp = Arrays.copyOf(input, input.length + SrtpSession.MAX_OVERHEAD);
      int length = from.protectRtp(rtp, 0, input.length);
      assertThat(length).isBetween(input.length, rtp.length);
      assertThat(to.unprotectRtp(rtp, 0, length)).isEqualTo(input.length);
      assertThat(Arrays.copyOf(rtp, input.length)).isEqualTo(input);
    }
    byte[] rtcp = Arrays.copyOf(input, input.length + SrtpSession.MAX_OVERHEAD);
    int length = from.protectRtcp(rtcp, 0, input.length);
    if (length >= 0) {
      assertThat(length).isBetween(input.length, rtcp.length);
      assertThat(to.unprotectRtcp(rtcp, 0, length)).isEqualTo(input.length);
      assertThat(Arrays.copyOf(rtcp, input.length)).isEqualTo(input);
    }
  }
}
