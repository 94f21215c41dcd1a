package dev.sluice.transport.srtp;

import java.security.GeneralSecurityException;
import java.util.logging.Level;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.srtp.crypto.Aes;
import org.jitsi.utils.logging2.Logger;
import org.jitsi.utils.logging2.LoggerImpl;
import org.jspecify.annotations.Nullable;

/** SRTP by jitsi-srtp over the JDK's ciphers. Keeps one context per SSRC, kind and direction. */
final class JitsiSrtpSession implements SrtpSession {
  /**
   * In use at once are at most 1024 (512 tracks with RTX, the limit of a description): with four
   * times that, the context that makes room is one no longer used, and its key stream can't come up
   * again.
   */
  static final int MAX_CONTEXTS = 4096;

  private static final int RTP_HEADER_LENGTH = 12;
  private static final int RTCP_HEADER_LENGTH = 8;
  private static final int RTP_SSRC_OFFSET = 8;
  private static final int RTCP_SSRC_OFFSET = 4;
  private static final int SRTCP_INDEX_LENGTH = 4;

  /** What the library says per packet, mostly of packets that fail: they are counted here. */
  private static final Logger SILENT = new LoggerImpl(JitsiSrtpSession.class.getName(), Level.OFF);

  /** Held so that its level stays: the library tells everyone which providers it has loaded. */
  private static final java.util.logging.Logger LIBRARY =
      java.util.logging.Logger.getLogger("org.jitsi.srtp");

  static {
    LIBRARY.setLevel(Level.WARNING);
    // Left alone, the library benchmarks every provider for seconds on the thread of its first
    // caller, and picks the slower one.
    Aes.setFactoryClassName("org.jitsi.srtp.crypto.Aes$SunJCECipherFactory");
  }

  private final int tagLength;
  private final SrtpContextFactory inbound;
  private final SrtpContextFactory outbound;
  private final SsrcTable<SrtpCryptoContext> inboundRtp = new SsrcTable<>(MAX_CONTEXTS);
  private final SsrcTable<SrtpCryptoContext> outboundRtp = new SsrcTable<>(MAX_CONTEXTS);
  private final SsrcTable<SrtcpCryptoContext> inboundRtcp = new SsrcTable<>(MAX_CONTEXTS);
  private final SsrcTable<SrtcpCryptoContext> outboundRtcp = new SsrcTable<>(MAX_CONTEXTS);
  private final PacketView packet = new PacketView();

  JitsiSrtpSession(
      SrtpProfile profile,
      byte[] inboundKey,
      byte[] inboundSalt,
      byte[] outboundKey,
      byte[] outboundSalt) {
    tagLength = profile.tagLength();
    inbound =
        new SrtpContextFactory(
            false, inboundKey, inboundSalt, policy(profile), policy(profile), SILENT);
    outbound =
        new SrtpContextFactory(
            true, outboundKey, outboundSalt, policy(profile), policy(profile), SILENT);
  }

  private static SrtpPolicy policy(SrtpProfile profile) {
    return switch (profile) {
      case AEAD_AES_128_GCM ->
          new SrtpPolicy(
              SrtpPolicy.AESGCM_ENCRYPTION,
              SrtpProfile.KEY_LENGTH,
              SrtpPolicy.NULL_AUTHENTICATION,
              0,
              profile.tagLength(),
              profile.saltLength());
      case AES128_CM_HMAC_SHA1_80 ->
          new SrtpPolicy(
              SrtpPolicy.AESCM_ENCRYPTION,
              SrtpProfile.KEY_LENGTH,
              SrtpPolicy.HMACSHA1_AUTHENTICATION,
              20,
              profile.tagLength(),
              profile.saltLength());
    };
  }

  @Override
  public int protectRtp(byte[] buffer, int offset, int length) {
    checkRoom(buffer, offset, length);
    if (length < RTP_HEADER_LENGTH) {
      return MALFORMED;
    }
    int ssrc = int32(buffer, offset + RTP_SSRC_OFFSET);
    try {
      SrtpCryptoContext context = outboundRtp.get(ssrc);
      if (context == null) {
        context = outbound.deriveContext(ssrc, 0);
        outboundRtp.put(ssrc, context);
      }
      return result(context.transformPacket(packet.over(buffer, offset, length)));
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException("can't encrypt RTP of SSRC " + ssrc, fault);
    }
  }

  @Override
  public int protectRtcp(byte[] buffer, int offset, int length) {
    checkRoom(buffer, offset, length);
    if (length < RTCP_HEADER_LENGTH) {
      return MALFORMED;
    }
    int ssrc = int32(buffer, offset + RTCP_SSRC_OFFSET);
    try {
      SrtcpCryptoContext context = outboundRtcp.get(ssrc);
      if (context == null) {
        context = outbound.deriveControlContext(ssrc);
        outboundRtcp.put(ssrc, context);
      }
      return result(context.transformPacket(packet.over(buffer, offset, length)));
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException("can't encrypt RTCP of SSRC " + ssrc, fault);
    }
  }

  @Override
  public int unprotectRtp(byte[] buffer, int offset, int length) {
    if (length < RTP_HEADER_LENGTH + tagLength) {
      return MALFORMED;
    }
    int ssrc = int32(buffer, offset + RTP_SSRC_OFFSET);
    @Nullable SrtpCryptoContext known = inboundRtp.get(ssrc);
    try {
      SrtpCryptoContext context = known != null ? known : inbound.deriveContext(ssrc, 0);
      int result =
          result(context.reverseTransformPacket(packet.over(buffer, offset, length), false));
      // Only an authentic packet may leave something behind.
      if (known == null && result > 0) {
        inboundRtp.put(ssrc, context);
      }
      return result;
    } catch (GeneralSecurityException unreadable) {
      return NOT_AUTHENTIC;
    }
  }

  @Override
  public int unprotectRtcp(byte[] buffer, int offset, int length) {
    if (length < RTCP_HEADER_LENGTH + tagLength + SRTCP_INDEX_LENGTH) {
      return MALFORMED;
    }
    int ssrc = int32(buffer, offset + RTCP_SSRC_OFFSET);
    @Nullable SrtcpCryptoContext known = inboundRtcp.get(ssrc);
    try {
      SrtcpCryptoContext context = known != null ? known : inbound.deriveControlContext(ssrc);
      int result = result(context.reverseTransformPacket(packet.over(buffer, offset, length)));
      if (known == null && result > 0) {
        inboundRtcp.put(ssrc, context);
      }
      return result;
    } catch (GeneralSecurityException unreadable) {
      return NOT_AUTHENTIC;
    }
  }

  /** How many SSRCs of the peer are known. */
  int inboundContexts() {
    return inboundRtp.size() + inboundRtcp.size();
  }

  private int result(SrtpErrorStatus status) {
    return switch (status) {
      case OK -> packet.getLength();
      case REPLAY_FAIL, REPLAY_OLD -> REPLAYED;
      case INVALID_PACKET -> MALFORMED;
      case FAIL, AUTH_FAIL -> NOT_AUTHENTIC;
    };
  }

  private static void checkRoom(byte[] buffer, int offset, int length) {
    if (offset + length + MAX_OVERHEAD > buffer.length) {
      throw new IllegalArgumentException(
          "%d bytes at %d leave no room for %d more in a buffer of %d"
              .formatted(length, offset, MAX_OVERHEAD, buffer.length));
    }
  }

  private static int int32(byte[] buffer, int at) {
    return (buffer[at] & 0xFF) << 24
        | (buffer[at + 1] & 0xFF) << 16
        | (buffer[at + 2] & 0xFF) << 8
        | (buffer[at + 3] & 0xFF);
  }
}
