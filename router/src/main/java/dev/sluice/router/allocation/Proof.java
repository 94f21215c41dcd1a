package dev.sluice.router.allocation;

/** What the videos of a transport were shown to be able to take; believed for a while. */
final class Proof {
  private final long validNanos;
  private long videoBps;
  private long shownNanos;

  Proof(long validNanos) {
    this.validNanos = validNanos;
  }

  /** So much went through; more that was shown before stays believed. */
  void show(long bitrateBps, long nowNanos) {
    if (bitrateBps >= videoBps(nowNanos)) {
      videoBps = bitrateBps;
      shownNanos = nowNanos;
    }
  }

  /** The path has proven too narrow. */
  void refute() {
    videoBps = 0;
  }

  /** 0 when nothing is known. */
  long videoBps(long nowNanos) {
    return nowNanos - shownNanos < validNanos ? videoBps : 0;
  }
}
