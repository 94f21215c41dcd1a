package dev.sluice.router.track;

/** What came of one layer and what was asked for; written and read on the worker's thread. */
public final class LayerCounters {
  /** RTP packets, retransmissions included. */
  public long packets;

  /** Their bytes, headers included, before encryption. */
  public long bytes;

  /** Packets that came as retransmissions. */
  public long retransmitted;

  /** Sequence numbers that the publisher was asked for again. */
  public long nacks;

  public long keyframeRequests;

  /** Packets that had come before. */
  public long duplicates;

  /** Packets whose payload is not what the codec says. */
  public long malformed;

  /** All zero. */
  public LayerCounters() {}

  /** Adds another layer's. */
  public void add(LayerCounters other) {
    packets += other.packets;
    bytes += other.bytes;
    retransmitted += other.retransmitted;
    nacks += other.nacks;
    keyframeRequests += other.keyframeRequests;
    duplicates += other.duplicates;
    malformed += other.malformed;
  }
}
