package dev.sluice.router.pace;

/** Told of every packet that feedback will tell of; on the worker's thread. */
public interface SentListener {
  /**
   * A packet was sealed and leaves with the current batch.
   *
   * @param transportSequence as stamped into it, 0 to 65535
   * @param wireBytes its bytes on the wire: see {@link dev.sluice.router.estimate.WireSize}
   */
  void onSent(int transportSequence, int wireBytes, SendClass sendClass, long nowNanos);

  /**
   * A packet leaves once more as it was, with the number it had: what feedback tells of it from now
   * on may be of the copy.
   */
  void onSentAgain(int transportSequence);
}
