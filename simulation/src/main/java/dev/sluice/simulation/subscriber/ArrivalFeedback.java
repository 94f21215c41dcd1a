package dev.sluice.simulation.subscriber;

import dev.sluice.router.track.ArrivalLog;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.extension.ExtensionIds;
import dev.sluice.rtp.extension.ExtensionValues;
import dev.sluice.rtp.rtcp.TransportFeedbackWriter;

/**
 * Tells the server which packets have arrived, as browsers do every 50 ms: without it the server
 * takes the path for one of which nothing is known. One thread at a time.
 */
public final class ArrivalFeedback {
  private final ArrivalLog arrivals = new ArrivalLog();
  private final ExtensionIds ids;
  private final int ownSsrc;
  private int mediaSsrc;

  /**
   * Has heard of nothing yet.
   *
   * @param ids of the extensions in what is received
   */
  public ArrivalFeedback(ExtensionIds ids, int ownSsrc) {
    this.ids = ids;
    this.ownSsrc = ownSsrc;
  }

  /** A packet has arrived; one without a transport-wide number is not told of. */
  public void onArrival(RtpPacket packet, long nowNanos) {
    int sequence = ExtensionValues.transportSequence(packet, ids);
    if (sequence != ExtensionValues.ABSENT) {
      mediaSsrc = packet.ssrc();
      arrivals.onArrival(sequence, nowNanos);
    }
  }

  /**
   * Writes what is due; one message may not hold all of it.
   *
   * @param buffer of at least {@link TransportFeedbackWriter#MAX_LENGTH} bytes
   * @return its length; 0 when nothing is due
   */
  public int write(byte[] buffer, long nowNanos) {
    return arrivals.writeFeedback(buffer, 0, ownSsrc, mediaSsrc, nowNanos);
  }
}
