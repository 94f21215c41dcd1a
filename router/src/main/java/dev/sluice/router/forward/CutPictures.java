package dev.sluice.router.forward;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which of the last packets of a source got a marker bit of ours, for when they are sent
 * again. Used on the worker's thread only.
 */
final class CutPictures {
  // As many as are kept for retransmission
  private static final int WINDOW = 512;
  private static final int NONE = -1;

  // Most streams have no spatial layers to cut
  private int @Nullable [] sequences;

  /** Starts over with another source. */
  void clear() {
    if (sequences != null) {
      Arrays.fill(sequences, NONE);
    }
  }

  /** Takes a packet by its number in the source, 0 to 65535. */
  void add(int sequence) {
    int[] known = sequences;
    if (known == null) {
      known = new int[WINDOW];
      Arrays.fill(known, NONE);
      sequences = known;
    }
    known[sequence % WINDOW] = sequence;
  }

  boolean contains(int sequence) {
    return sequences != null && sequences[sequence % WINDOW] == sequence;
  }
}
