package dev.sluice.server.config;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The known key that somebody may have meant. */
final class Suggestion {
  private Suggestion() {}

  /** The nearest by edit distance, when it is near enough to be a slip of the keyboard. */
  static Optional<String> nearest(String written, List<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(key -> distance(written, key)))
        .filter(key -> distance(written, key) <= Math.max(2, written.length() / 3));
  }

  /** How many letters have to be put in, taken out or changed (Levenshtein). */
  private static int distance(String one, String other) {
    int[] previous = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] current = new int[other.length() + 1];
      current[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(change, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[other.length()];
  }
}
