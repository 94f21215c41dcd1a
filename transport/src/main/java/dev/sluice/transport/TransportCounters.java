package dev.sluice.transport;

/**
 * What one transport has carried and dropped, by reason; only ever growing. Written by the worker
 * thread and read by it too. Bytes are UDP payload: of SRTP with its header and tag.
 */
public final class TransportCounters {
  /** Authentic packets of the peer, and their bytes. */
  public long rtpPacketsIn;

  public long rtpBytesIn;
  public long rtcpPacketsIn;
  public long rtcpBytesIn;

  /** Packets encrypted for the peer, and their bytes. */
  public long rtpPacketsOut;

  public long rtpBytesOut;
  public long rtcpPacketsOut;
  public long rtcpBytesOut;

  /** Authentic checks; each was answered. */
  public long stunChecks;

  public long malformedStun;
  public long unauthenticatedStun;

  /** How often the path was chosen or has moved. */
  public long pathChanges;

  /** New local credentials. */
  public long iceRestarts;

  /** Handshakes that were completed: 0 or 1. */
  public long dtlsHandshakes;

  /** Handshakes that failed for good: 0 or 1. */
  public long dtlsHandshakesFailed;

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

  /** Packets not sent because there were no keys yet, or no longer. */
  public long protectsWithoutKeys;

  /** Packets not sent because their sequence number was used before. */
  public long protectReplays;

  /** Packets that came before the keys. */
  public long earlyMedia;

  /** Those of them that found the queue full. */
  public long earlyMediaDropped;

  public long unknownDatagrams;
}
