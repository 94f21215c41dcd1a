package dev.sluice.router.fallback;

import dev.sluice.router.allocation.Permission;

/** Where a video stands between being sent freely and not at all. */
sealed interface State {
  /** It may flow. */
  record Normal() implements State {}

  /**
   * It may flow still; the subscriber is warned.
   *
   * @param asked how often the network was asked in vain since the share became too small
   */
  record Warn(BackOff backOff, int asked) implements State {}

  /** The same, and the network is being asked whether it is as bad as the estimate has it. */
  record Doubting(Warn warn, long askedNanos) implements State {}

  /** It is switched off. */
  record AudioOnly(BackOff backOff) implements State {}

  /** It is off, and the network is being asked whether it carries it. */
  record Probing(BackOff backOff, long askedNanos) implements State {}

  /**
   * It may flow at its lowest rung and waits for a key frame to begin with.
   *
   * @param keyFramesBefore how many key frames it had begun with until then
   */
  record Recovering(long keyFramesBefore) implements State {}

  /** It flows again, at its lowest rung, since a key frame was sent. */
  record Settling(long sinceNanos) implements State {}

  /** Whether the outcome of a probe is awaited. */
  default boolean isProbing() {
    return switch (this) {
      case Doubting _, Probing _ -> true;
      case Normal _, Warn _, AudioOnly _, Recovering _, Settling _ -> false;
    };
  }

  /** What may be sent of it. */
  default Permission permission() {
    return switch (this) {
      case Normal _, Warn _, Doubting _ -> Permission.ALL;
      case AudioOnly _, Probing _ -> Permission.NONE;
      case Recovering _, Settling _ -> Permission.BASE;
    };
  }
}
