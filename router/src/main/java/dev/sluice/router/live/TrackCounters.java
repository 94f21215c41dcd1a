package dev.sluice.router.live;

/** What one subscriber got of one track; written and read on the worker's thread. */
final class TrackCounters {
  /** RTP packets sent, retransmissions included. */
  long packets;

  /** Their bytes, headers included, before encryption. */
  long bytes;

  long retransmitted;

  /** Sequence numbers that the subscriber asked for again. */
  long nacks;

  long keyframeRequests;

  /** Packets that the subscriber last reported as lost. */
  long lost;

  /** Packets that could not be sealed. */
  long unsealed;
}
