package dev.sluice.bench;

import dev.sluice.router.track.ArrivalLog;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.extension.ExtensionIds;
import dev.sluice.rtp.extension.ExtensionValues;
import dev.sluice.rtp.extension.HeaderExtension;
import dev.sluice.rtp.rtcp.TransportFeedbackWriter;
import java.util.Map;

/**
 * Tells the server which packets have arrived, as browsers do every 50 ms: without it the server
 * takes the path for one of which nothing is known. Used by the receiving thread.
 */
final class ArrivalFeedback {
  private static final int OWN_SSRC = 1;

  private final ArrivalLog arrivals = new ArrivalLog();
  private final ExtensionIds ids;
  private int mediaSsrc;

  /**
   * @param extensionId of the transport-wide number in what is received
   */
  ArrivalFeedback(int extensionId) {
    ids = ExtensionIds.of(Map.of(HeaderExtension.TRANSPORT_WIDE_CC, extensionId));
  }

  void onArrival(RtpPacket packet, long nowNanos) {
    int sequence = ExtensionValues.transportSequence(packet, ids);
    if (sequence != ExtensionValues.ABSENT) {
      mediaSsrc = packet.ssrc();
      arrivals.onArrival(sequence, nowNanos);
    }
  }

  /**
   * Writes what is due.
   *
   * @param buffer of at least {@link TransportFeedbackWriter#MAX_LENGTH} bytes
   * @return its length; 0 when nothing is
   */
  int write(byte[] buffer, long nowNanos) {
    return arrivals.writeFeedback(buffer, 0, OWN_SSRC, mediaSsrc, nowNanos);
  }
}
