package dev.sluice.router.allocation;

/**
 * What videos may take together, on the wire.
 *
 * @param bps in bit/s
 * @param wholeBps the same without what is held back for what waits to be sent to become less, in
 *     bit/s; not less than {@code bps}
 */
public record Budget(long bps, long wholeBps) {
  /** One of which nothing is held back. */
  public static Budget whole(long bps) {
    return new Budget(bps, bps);
  }
}
