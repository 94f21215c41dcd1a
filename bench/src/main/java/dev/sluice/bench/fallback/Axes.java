package dev.sluice.bench.fallback;

import java.util.Locale;

/**
 * Turns times and values into places on one panel of a drawing.
 *
 * @param top of the panel
 * @param height of the panel
 * @param seconds that its width stands for
 * @param most the value at its upper edge
 */
record Axes(double top, double height, double seconds, double most) {
  static final double LEFT = 58;
  static final double WIDTH = 570;

  double x(double atSeconds) {
    return LEFT + WIDTH * Math.clamp(atSeconds / seconds, 0, 1);
  }

  double y(double value) {
    return top + height * (1 - Math.clamp(value / most, 0, 1));
  }

  double bottom() {
    return top + height;
  }

  String point(double atSeconds, double value) {
    return number(x(atSeconds)) + "," + number(y(value));
  }

  /** As short as a drawing needs it. */
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** The round number that comes next. */
  static double roundUp(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-9))));
    for (double step : new double[] {1, 1.5, 2, 2.5, 3, 4, 5, 6, 8}) {
      if (value <= step * power) {
        return step * power;
      }
    }
    return 10 * power;
  }
}
