package dev.sluice.transport;

/** Drops of one transport by reason; written by the worker thread, read by it too. */
public final class TransportCounters {
  public long malformedStun;
  public long unauthenticatedStun;
  public long malformedDtls;
  public long dtlsFromUnverifiedAddress;
  public long dtlsQueueFull;

  /** First flights that came while too many handshakes were running; the peer repeats them. */
  public long dtlsHandshakesPutOff;

  /** Handshakes begun anew because Bouncy Castle could not read what came. */
  public long dtlsRestarts;

  /** Established associations that Bouncy Castle has given up; media goes on without them. */
  public long dtlsFaults;

  public long malformedSrtp;
  public long srtpFromUnverifiedAddress;
  public long srtpAuthenticationFailures;
  public long srtpReplays;

  /** Packets not sent because their sequence number was used before. */
  public long protectReplays;

  /** Packets that came before the keys. */
  public long earlyMedia;

  /** Those of them that found the queue full. */
  public long earlyMediaDropped;

  public long unknownDatagrams;
}
