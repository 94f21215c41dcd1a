package dev.sluice.router.pace;

import dev.sluice.rtp.NetworkOrder;
import dev.sluice.rtp.SequenceNumbers;
import dev.sluice.rtp.extension.ExtensionIds;

/**
 * A track at the pacer: what waits of it, and how far it has got. Its media leave in the order in
 * which they were written, because a number that is overtaken would be asked for again; an
 * enhancement that the base video of its track waits behind goes with the base video.
 */
public final class PacedTrack {
  private static final int SEQUENCE_NUMBER_OFFSET = 2;
  private static final int MAX_PATIENCE = 4;

  private final ExtensionIds extensionIds;
  private final PacedSource source;
  private final Lane media = new Lane(this, false);
  private final Lane retransmissions = new Lane(this, true);
  private boolean sentMedia;
  private int lastSequenceNumber;
  private int patience = 1;

  /**
   * @param extensionIds that the subscriber accepted
   */
  public PacedTrack(ExtensionIds extensionIds, PacedSource source) {
    this.extensionIds = extensionIds;
    this.source = source;
  }

  public ExtensionIds extensionIds() {
    return extensionIds;
  }

  public PacedSource source() {
    return source;
  }

  /** Whether media of it wait. */
  public boolean isWaiting() {
    return !media.isEmpty();
  }

  /** Whether the packet of media with that number, of those written lately, has left. */
  public boolean hasSent(int sequenceNumber) {
    return sentMedia && !SequenceNumbers.isNewer(sequenceNumber, lastSequenceNumber);
  }

  Lane media() {
    return media;
  }

  Lane retransmissions() {
    return retransmissions;
  }

  Lane lane(SendClass sendClass) {
    return sendClass.isVideoRetransmission() ? retransmissions : media;
  }

  /** Notes the number of a packet of media that leaves. */
  void onMediaSent(byte[] buffer, int offset) {
    int sequenceNumber = NetworkOrder.unsignedShort(buffer, offset + SEQUENCE_NUMBER_OFFSET);
    if (!sentMedia || SequenceNumbers.isNewer(sequenceNumber, lastSequenceNumber)) {
      lastSequenceNumber = sequenceNumber;
      sentMedia = true;
    }
  }

  /**
   * The number of the newest packet that was sent; before the first the one before those that wait.
   */
  int lastSequenceNumber() {
    return sentMedia || media.isEmpty()
        ? lastSequenceNumber
        : SequenceNumbers.plus(media.first().sequenceNumber(), -1);
  }

  /** How much longer than others its packets may wait. */
  int patience() {
    return patience;
  }

  /**
   * What waited is given up on. A picture that is too large for the rate would be, over and over:
   * each time the next one is given twice as long, until one comes through.
   */
  void onOverflow() {
    patience = Math.min(2 * patience, MAX_PATIENCE);
  }

  /** All that waited was sent. */
  void onCaughtUp() {
    patience = 1;
  }
}
