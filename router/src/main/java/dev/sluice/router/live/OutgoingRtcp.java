package dev.sluice.router.live;

import dev.sluice.router.net.SendBatch;
import dev.sluice.router.worker.Link;

/**
 * Gathers RTCP messages into datagrams (RFC 5506 allows any of them to stand first). To add one:
 * {@link #reserve}, write it at {@link #position} of {@link #buffer}, {@link #commit}; at the end
 * {@link #flush}.
 */
final class OutgoingRtcp {
  private static final int MAX_BYTES = 1200;

  private final Link link;
  private final byte[] buffer = new byte[MAX_BYTES];
  private int length;

  OutgoingRtcp(Link link) {
    this.link = link;
  }

  byte[] buffer() {
    return buffer;
  }

  int position() {
    return length;
  }

  /** Makes room for a message. */
  void reserve(int maxBytes) {
    if (maxBytes > MAX_BYTES) {
      throw new IllegalArgumentException("an RTCP message of %d bytes".formatted(maxBytes));
    }
    if (length + maxBytes > MAX_BYTES) {
      flush();
    }
  }

  void commit(int bytes) {
    length += bytes;
  }

  /** Sends what has gathered; drops it when the transport is not connected. */
  void flush() {
    if (length == 0) {
      return;
    }
    SendBatch batch = link.beginPacket(length);
    if (batch != null) {
      System.arraycopy(buffer, 0, batch.buffer(), batch.position(), length);
      link.endRtcp(length);
    }
    length = 0;
  }
}
