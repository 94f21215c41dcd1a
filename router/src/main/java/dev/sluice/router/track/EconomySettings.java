package dev.sluice.router.track;

import java.time.Duration;

/**
 * When a publisher is spared the simulcast encodings that nobody wants.
 *
 * @param idle how long nobody must have wanted an encoding before it is switched off
 * @param comeback how long one that is wanted again may take to come, before it is no choice any
 *     more until it does; an encoder takes a second or two
 */
public record EconomySettings(Duration idle, Duration comeback) {
  public static final EconomySettings DEFAULTS =
      new EconomySettings(Duration.ofSeconds(5), Duration.ofSeconds(5));

  /**
   * @throws IllegalArgumentException when one of them is no time at all
   */
  public EconomySettings {
    if (!idle.isPositive() || !comeback.isPositive()) {
      throw new IllegalArgumentException(
          "layer economy: idle and comeback must be more than no time, but are %s and %s"
              .formatted(idle, comeback));
    }
  }
}
