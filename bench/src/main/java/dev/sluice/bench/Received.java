package dev.sluice.bench;

import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.extension.ExtensionIds;
import dev.sluice.rtp.extension.HeaderExtension;
import dev.sluice.simulation.subscriber.ArrivalFeedback;
import dev.sluice.transport.srtp.SrtpSession;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts what one receiver gets. Most packets are told by their header, which SRTP leaves in the
 * clear; every {@value #OPENED_EACH}th is decrypted too, so that wrong ones would be noticed at
 * little cost. Written by the receiving thread, read by any.
 */
final class Received {
  private static final int OPENED_EACH = 64;
  private static final int FIRST_RTCP_TYPE = 192;
  private static final int LAST_RTCP_TYPE = 223;

  private static final int PADDING_BIT = 0x20;
  private static final int OWN_SSRC = 1;

  private final ArrivalFeedback feedback;
  private final RtpPacket header = new RtpPacket();
  private final Map<Integer, Integer> highestSequence = new HashMap<>();
  private volatile @Nullable SrtpSession session;
  private volatile long packets;
  private volatile long bytes;
  private volatile long missing;
  private volatile long unreadable;

  /**
   * @param transportSequenceId of the extension with the transport-wide number
   */
  Received(int transportSequenceId) {
    ExtensionIds ids =
        ExtensionIds.of(Map.of(HeaderExtension.TRANSPORT_WIDE_CC, transportSequenceId));
    feedback = new ArrivalFeedback(ids, OWN_SSRC);
  }

  ArrivalFeedback feedback() {
    return feedback;
  }

  void start(SrtpSession incoming) {
    session = incoming;
  }

  long packets() {
    return packets;
  }

  long bytes() {
    return bytes;
  }

  /** Sequence numbers that were passed over. One that came late counts too. */
  long missing() {
    return missing;
  }

  /** Packets that were opened and not authentic. */
  long unreadable() {
    return unreadable;
  }

  // One thread writes: nothing is lost between reading a counter and writing it.
  @SuppressWarnings("NonAtomicVolatileUpdate")
  void packet(byte[] buffer, int length) {
    int type = buffer[1] & 0xff;
    if (type >= FIRST_RTCP_TYPE && type <= LAST_RTCP_TYPE) {
      return;
    }
    if (!wrap(buffer, length)) {
      unreadable++;
      return;
    }
    packets++;
    bytes += length;
    feedback.onArrival(header, System.nanoTime());
    noteSequence(header.ssrc(), header.sequenceNumber());
    SrtpSession opener = session;
    if (opener != null
        && packets % OPENED_EACH == 0
        && opener.unprotectRtp(buffer, 0, length) < 0) {
      unreadable++;
    }
  }

  /** How much padding there is stands in what is encrypted. */
  private boolean wrap(byte[] buffer, int length) {
    byte first = buffer[0];
    buffer[0] = (byte) (first & ~PADDING_BIT);
    boolean readable = header.wrap(buffer, 0, length);
    buffer[0] = first;
    return readable;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate")
  private void noteSequence(int ssrc, int sequence) {
    Integer highest = highestSequence.get(ssrc);
    if (highest == null) {
      highestSequence.put(ssrc, sequence);
      return;
    }
    int ahead = (short) (sequence - highest);
    if (ahead > 0) {
      missing += ahead - 1;
      highestSequence.put(ssrc, sequence);
    }
  }
}
