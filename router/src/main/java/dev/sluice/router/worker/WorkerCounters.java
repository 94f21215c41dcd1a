package dev.sluice.router.worker;

/** What a worker and the rooms on it did and dropped; written and read by its thread. */
public final class WorkerCounters {
  /** Datagrams of an address that belongs to no transport. */
  public long unknownSource;

  /** STUN requests whose user name names no transport. */
  public long unknownUfrag;

  /** Datagrams whose processing ended in a fault of ours. */
  public long datagramFaults;

  /** Commands, timers and bursts that ended in a fault of ours. */
  public long taskFaults;

  public long commandsRun;

  /** Timers that ran more than a tick too late: the machine or a turn of the loop was slow. */
  public long lateTicks;

  /** Packets dropped because the transport was not connected or the cipher refused them. */
  public long unsealedPackets;

  public long malformedRtp;
  public long malformedRtcp;
  public long malformedVideo;

  /** RTP packets that belong to no negotiated track, or do not say to which. */
  public long unknownRtp;

  /** RTP packets on a transport that only sends. */
  public long unexpectedRtp;

  /** RTP packets of negotiated tracks, retransmissions included. */
  public long receivedPackets;

  public long duplicatePackets;

  /** Retransmissions of nothing: the padding that publishers probe with. */
  public long paddingRetransmissions;

  public long forwardedPackets;
  public long retransmittedPackets;

  /** Sequence numbers that subscribers asked for again. */
  public long nacksReceived;

  /** Sequence numbers that publishers were asked for again. */
  public long nacksSent;

  public long keyframeRequestsReceived;
  public long keyframeRequestsSent;

  /** Packets that subscribers' transport-wide feedback reported as received. */
  public long feedbackReceived;

  /** Packets that subscribers' transport-wide feedback reported as lost. */
  public long feedbackLost;

  /** Videos that audio fallback let flow as they can again, after a warning or switched off. */
  public long videosGood;

  /** Videos of which audio fallback warned that they may be switched off. */
  public long videosWarned;

  /** Videos that audio fallback switched off. */
  public long videosSwitchedOff;
}
