package dev.sluice.router.live;

/** What one subscriber got of one track; written and read on the worker's thread. */
final class TrackCounters {
  /** RTP packets sent, retransmissions and padding included. */
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

  /** Packets that were sent only to find out whether they arrive. */
  long padding;

  /** Packets that waited when their layer was left. */
  long flushed;

  /** Packets that were dropped because they or others before them waited too long. */
  long overflowed;

  /** Retransmissions that waited too long. */
  long retransmissionsExpired;
}
