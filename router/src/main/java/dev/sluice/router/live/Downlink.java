package dev.sluice.router.live;

import dev.sluice.router.forward.PacketStamp;
import dev.sluice.router.net.SendBatch;
import dev.sluice.router.worker.Link;
import dev.sluice.rtp.extension.ExtensionIds;
import org.jspecify.annotations.Nullable;

/**
 * The media end of a subscribe transport, shared by all its tracks: stamps a packet with its place
 * in the order of sending and seals it. Write a packet at the position of {@link #begin}, then
 * {@link #send}.
 */
final class Downlink {
  private final Link link;
  private final PacketStamp stamp = new PacketStamp();

  Downlink(Link link) {
    this.link = link;
  }

  /** What is sent of all media, on the wire, over about the last second. */
  long sendingBps(long nowNanos) {
    return 0;
  }

  /** What is sent of audio, over about the last second. */
  long audioBps(long nowNanos) {
    return 0;
  }

  /** What is sent again, over about the last second. */
  long retransmissionBps(long nowNanos) {
    return 0;
  }

  /** Whether packets have been sent for a second, so that the rates mean something. */
  boolean isMeasured(long nowNanos) {
    return false;
  }

  /** How long video waits here before it leaves. */
  long queueDelayNanos(long nowNanos) {
    return 0;
  }

  /** How fast video leaves. */
  void setRate(long paceBps, long nowNanos) {}

  /** Sends so many bytes of padding, on the wire; returns how many it was. */
  int sendPadding(int wireBytes, long nowNanos) {
    return 0;
  }

  /** Whether packets of a track wait. */
  boolean isWaiting(int ssrc) {
    return false;
  }

  boolean isConnected() {
    return link.isConnected();
  }

  /** Room for a packet, or null when nothing can be sent now. */
  @Nullable SendBatch begin(int maxBytes) {
    return link.beginPacket(maxBytes);
  }

  /** Returns whether it was sealed and queued. */
  boolean send(SendBatch batch, int length, ExtensionIds ids, long nowNanos) {
    stamp.stamp(batch.buffer(), batch.position(), length, ids, nowNanos);
    return link.endRtp(length);
  }
}
