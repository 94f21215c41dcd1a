package dev.sluice.router.forward;

/**
 * Remembers which of the last 512 packets of a source were left out on purpose, and how many before
 * each: what the numbers of the others have to be moved by. Sequence numbers are extended ones.
 * Used on the worker's thread only.
 */
final class LeftOut {
  private static final int WINDOW = 512;

  private final int[] packetsBefore = new int[WINDOW];
  private final int[] picturesBefore = new int[WINDOW];
  private final boolean[] left = new boolean[WINDOW];
  private int packets;
  private int pictures;

  /** Starts over with another source. */
  void clear() {
    packets = 0;
    pictures = 0;
  }

  /** Takes the numbers after {@code highest} up to {@code next}, which are going to be sent. */
  void keep(long highest, long next) {
    for (long each = Math.max(highest + 1, next - WINDOW + 1); each <= next; each++) {
      put(each, false);
    }
  }

  /**
   * Takes the next number as one that is left out.
   *
   * @param newPicture whether it is the first of its picture that is
   */
  void leave(long sequence, boolean newPicture) {
    put(sequence, true);
    packets++;
    pictures += newPicture ? 1 : 0;
  }

  private void put(long sequence, boolean leftOut) {
    int slot = slot(sequence);
    packetsBefore[slot] = packets;
    picturesBefore[slot] = pictures;
    left[slot] = leftOut;
  }

  boolean isLeft(long sequence) {
    return left[slot(sequence)];
  }

  int packetsBefore(long sequence) {
    return packetsBefore[slot(sequence)];
  }

  int picturesBefore(long sequence) {
    return picturesBefore[slot(sequence)];
  }

  /**
   * Finds the packet that has a number after those left out before it are taken away.
   *
   * @param moved that number
   * @param first of those to search, at most 511 below {@code last}
   * @return its own number, or -1 when there is none
   */
  long find(long moved, long first, long last) {
    long low = Math.max(first, last - WINDOW + 1);
    long high = last;
    // What is left out has the number of the next one that is not, so the last one that fits is it
    while (low < high) {
      long middle = (low + high + 1) >>> 1;
      if (middle - packetsBefore(middle) <= moved) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    boolean found = low <= last && low - packetsBefore(low) == moved && !isLeft(low);
    return found ? low : -1;
  }

  private static int slot(long sequence) {
    return (int) (sequence & (WINDOW - 1));
  }
}
