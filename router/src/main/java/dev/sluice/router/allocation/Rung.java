package dev.sluice.router.allocation;

/**
 * One way to send a video: an encoding of it, and of that the spatial and temporal layers up to
 * these.
 *
 * @param encoding the place of the simulcast encoding in its track, {@code Layer.index()}
 * @param spatial the highest spatial layer of a scalable encoding; 0 where it has none
 * @param temporal the highest temporal layer; {@code VideoPacket.ALL_TEMPORAL_LAYERS} for all
 * @param width in pixels; 0, like {@code height}, until it is known
 * @param frameRate pictures a second; 0 until it is known
 * @param costBps what it takes on the wire, judged carefully: for going up
 * @param leastBps what it takes at least, so that one burst counts for nothing: for giving up
 * @param flowing whether it arrives from the publisher now; else it is switched off for want of
 *     anybody who wants it, and comes when somebody does
 */
public record Rung(
    int encoding,
    int spatial,
    int temporal,
    int width,
    int height,
    double frameRate,
    long costBps,
    long leastBps,
    boolean flowing) {
  /** Whether both name the same layers, whatever they cost now. */
  public boolean isSameAs(Rung other) {
    return isSameSpatial(other) && temporal == other.temporal;
  }

  /** Whether both name the same spatial layer of the same encoding. */
  boolean isSameSpatial(Rung other) {
    return encoding == other.encoding && spatial == other.spatial;
  }
}
