package dev.sluice.transport.srtp;

import java.util.Optional;

/**
 * The protection profiles we speak, the preferred one first: AES-GCM costs half the CPU of AES-CM
 * with HMAC-SHA1 on full-size packets.
 */
public enum SrtpProfile {
  /** RFC 7714 §14.2. */
  AEAD_AES_128_GCM(7, 12, 16),
  /** RFC 5764 §4.1.2. */
  AES128_CM_HMAC_SHA1_80(1, 14, 10);

  /** Bytes of the master key, with every profile here. */
  public static final int KEY_LENGTH = 16;

  private final int code;
  private final int saltLength;
  private final int tagLength;

  SrtpProfile(int code, int saltLength, int tagLength) {
    this.code = code;
    this.saltLength = saltLength;
    this.tagLength = tagLength;
  }

  public static Optional<SrtpProfile> ofCode(int code) {
    for (SrtpProfile profile : values()) {
      if (profile.code == code) {
        return Optional.of(profile);
      }
    }
    return Optional.empty();
  }

  /** The number in the use_srtp extension. */
  public int code() {
    return code;
  }

  /** Bytes of the master salt. */
  public int saltLength() {
    return saltLength;
  }

  /** Bytes a packet grows by; SRTCP adds 4 more. */
  public int tagLength() {
    return tagLength;
  }
}
