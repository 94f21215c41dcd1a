package dev.sluice.transport.srtp;

/**
 * Both directions of one SRTP association. Packets change in place; the lengths returned are the
 * new ones. Not thread-safe: one owner.
 */
public interface SrtpSession {
  /** Bytes that must be free behind a packet to protect: the longest tag and the SRTCP index. */
  int MAX_OVERHEAD = 20;

  /** Returned for a packet whose tag is wrong. */
  int NOT_AUTHENTIC = -1;

  /** Returned for a packet that came before, or that is too old to tell (RFC 3711 §3.3.2). */
  int REPLAYED = -2;

  /** Returned for what can't be a packet: too short for its own header and the tag. */
  int MALFORMED = -3;

  /** Our end as the DTLS server, with the library in use. */
  static SrtpSession server(SrtpKeys keys) {
    return new JitsiSrtpSession(
        keys.profile(), keys.clientKey(), keys.clientSalt(), keys.serverKey(), keys.serverSalt());
  }

  /** The DTLS client's end. */
  static SrtpSession client(SrtpKeys keys) {
    return new JitsiSrtpSession(
        keys.profile(), keys.serverKey(), keys.serverSalt(), keys.clientKey(), keys.clientSalt());
  }

  /**
   * @return the new length, or a negative code of this interface: {@link #REPLAYED} when the
   *     sequence number was used before, because a second use of it would reveal the key stream
   */
  int protectRtp(byte[] buffer, int offset, int length);

  /** As {@link #protectRtp}, for a compound RTCP packet. */
  int protectRtcp(byte[] buffer, int offset, int length);

  /**
   * @return the new length, or a negative code of this interface
   */
  int unprotectRtp(byte[] buffer, int offset, int length);

  /**
   * @return the new length, or a negative code of this interface
   */
  int unprotectRtcp(byte[] buffer, int offset, int length);
}
