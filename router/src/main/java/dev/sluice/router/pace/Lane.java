package dev.sluice.router.pace;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** The packets of one track that wait one behind the other. */
final class Lane {
  private final PacedTrack track;
  private final boolean retransmissions;
  private @Nullable QueuedPacket first;
  private @Nullable QueuedPacket last;
  private int basePackets;
  private int bytes;

  Lane(PacedTrack track, boolean retransmissions) {
    this.track = track;
    this.retransmissions = retransmissions;
  }

  PacedTrack track() {
    return track;
  }

  boolean isOfRetransmissions() {
    return retransmissions;
  }

  boolean isEmpty() {
    return first == null;
  }

  /** What the first is sent as: as the one behind it that matters most. */
  SendClass rank() {
    if (retransmissions) {
      return basePackets > 0 ? SendClass.BASE_RETRANSMISSION : SendClass.RETRANSMISSION;
    }
    return basePackets > 0 ? SendClass.BASE_VIDEO : SendClass.ENHANCEMENT;
  }

  /** How much waits, without the headers of UDP and IP. */
  int bytes() {
    return bytes;
  }

  void add(QueuedPacket packet) {
    packet.next = null;
    if (last == null) {
      first = packet;
    } else {
      last.next = packet;
    }
    last = packet;
    basePackets += packet.sendClass().isBase() ? 1 : 0;
    bytes += packet.length();
  }

  /** The packet that has waited longest; there must be one. */
  QueuedPacket first() {
    return requireNonNull(first);
  }

  /** Takes the packet that has waited longest out; there must be one. */
  QueuedPacket poll() {
    QueuedPacket polled = first();
    first = polled.next;
    last = first == null ? null : last;
    polled.next = null;
    basePackets -= polled.sendClass().isBase() ? 1 : 0;
    bytes -= polled.length();
    return polled;
  }
}
