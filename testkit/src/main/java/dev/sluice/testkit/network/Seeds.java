package dev.sluice.testkit.network;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/** The numbers that runs start from. */
public final class Seeds {
  private Seeds() {}

  /** The first so many seeds: always the same, so that two versions can be compared. */
  public static List<Long> first(int count) {
    return LongStream.rangeClosed(1, count).boxed().toList();
  }

  /**
   * The randomness of one part of a run, which stays the same whatever the other parts draw.
   *
   * @param part its name
   */
  public static RandomGenerator random(long seed, String part) {
    return new SplittableRandom(seed * 0x9E37_79B9_7F4A_7C15L + part.hashCode());
  }
}
