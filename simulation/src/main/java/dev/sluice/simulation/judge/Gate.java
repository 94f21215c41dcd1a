package dev.sluice.simulation.judge;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What must hold of a metric over all seeds.
 *
 * @param of which of the runs' values is held against the limit
 */
public record Gate(Metric metric, Statistic of, Bound bound, double limit) {
  /** One value of many. */
  public enum Statistic {
    MEDIAN("median", 0.5),
    /** 19 of 20 are as good or better. */
    P95("p95", 0.95),
    /** That of the worst run. */
    WORST("worst", 1);

    private final String title;
    private final double share;

    Statistic(String title, double share) {
      this.title = title;
      this.share = share;
    }

    public String title() {
      return title;
    }
  }

  /** On which side of the limit the good values are. */
  public enum Bound {
    AT_MOST("≤"),
    AT_LEAST("≥");

    private final String sign;

    Bound(String sign) {
      this.sign = sign;
    }
  }

  /** Every run has at most this. */
  public static Gate atMost(Metric metric, double limit) {
    return new Gate(metric, Statistic.WORST, Bound.AT_MOST, limit);
  }

  /** Every run has at least this. */
  public static Gate atLeast(Metric metric, double limit) {
    return new Gate(metric, Statistic.WORST, Bound.AT_LEAST, limit);
  }

  /** The value that counts; not a number when no run has one. */
  public double valueOf(List<Double> values) {
    double[] sorted =
        values.stream().filter(value -> !value.isNaN()).mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int rank = Math.clamp((long) Math.ceil(of.share * sorted.length) - 1, 0, sorted.length - 1);
    return switch (bound) {
      case AT_MOST -> sorted[rank];
      case AT_LEAST -> sorted[sorted.length - 1 - rank];
    };
  }

  /** Whether a value passes. A metric that no run has fails: nothing was proven. */
  public boolean holds(double value) {
    return switch (bound) {
      case AT_MOST -> value <= limit;
      case AT_LEAST -> value >= limit;
    };
  }

  @Override
  public String toString() {
    return String.format(
            Locale.ROOT,
            "%s %s %s %s %s",
            of.title,
            metric.title(),
            bound.sign,
            limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit),
            metric.unit())
        .strip();
  }
}
