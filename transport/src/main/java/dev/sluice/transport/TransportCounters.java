package dev.sluice.transport;

/** Drops of one transport by reason; written by the worker thread, read by it too. */
public final class TransportCounters {
  public long malformedStun;
  public long unauthenticatedStun;
  public long dtlsFromUnverifiedAddress;
  public long dtlsQueueFull;
  public long srtpAuthenticationFailures;
  public long srtpReplays;
  public long earlyMedia;
  public long unknownDatagrams;
}
