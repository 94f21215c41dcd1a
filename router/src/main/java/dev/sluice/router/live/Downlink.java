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
