package dev.sluice.rtp.extension;

/**
 * What a frame is to a decode target: a set of layers that a receiver may be given (dependency
 * descriptor §A.8.3.3). In the order of the codes on the wire.
 */
public enum Indication {
  /** Not part of the target. */
  NOT_PRESENT,
  /** Part of it, and no other frame of it needs this one. */
  DISCARDABLE,
  /** Part of it, and all frames behind of the target can be decoded from here. */
  SWITCH,
  /** Part of it. */
  REQUIRED;

  private static final Indication[] CODES = values();

  /** Two bits of each decode target, the first in the lowest ones. */
  static Indication of(long packed, int target) {
    return CODES[(int) (packed >> (2 * target)) & 0x03];
  }
}
