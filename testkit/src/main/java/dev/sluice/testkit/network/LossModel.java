package dev.sluice.testkit.network;

/** How packets get lost that the queue has not dropped. */
public sealed interface LossModel {
  /** None is. */
  LossModel NONE = new Independent(0);

  /**
   * Each with the same probability.
   *
   * @param probability 0 to 1
   */
  record Independent(double probability) implements LossModel {
    public Independent {
      requireProbability(probability);
    }
  }

  /**
   * In bursts (Gilbert and Elliott): before each packet the path may change between good and bad.
   *
   * @param toBad probability of getting bad
   * @param toGood probability of getting good again; its inverse is the mean length of a burst
   * @param lossInGood probability of loss while good
   * @param lossInBad probability of loss while bad
   */
  record Bursts(double toBad, double toGood, double lossInGood, double lossInBad)
      implements LossModel {
    public Bursts {
      requireProbability(toBad);
      requireProbability(toGood);
      requireProbability(lossInGood);
      requireProbability(lossInBad);
    }

    /** Bursts of a mean length in which everything is lost, so often that it is this share. */
    public static Bursts of(double share, double meanPackets) {
      double toGood = 1 / meanPackets;
      return new Bursts(toGood * share / (1 - share), toGood, 0, 1);
    }
  }

  private static void requireProbability(double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("probability " + value);
    }
  }
}
