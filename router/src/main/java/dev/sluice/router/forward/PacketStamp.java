package dev.sluice.router.forward;

import dev.sluice.rtp.NetworkOrder;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.extension.AbsSendTime;
import dev.sluice.rtp.extension.ExtensionIds;
import dev.sluice.rtp.extension.HeaderExtension;

/**
 * Puts the send time and the transport-wide sequence number into packets, and counts the latter.
 * One per subscribe transport, for all its streams and their retransmissions. Used on the worker's
 * thread only.
 */
public final class PacketStamp {
  private final RtpPacket packet = new RtpPacket();
  private int transportSequence;

  /**
   * Stamps a packet that a {@link Forwarder} wrote, just before it is encrypted.
   *
   * @param ids of the packet's track
   * @return the transport-wide sequence number, 0 to 65535, or -1 when the packet carries none
   */
  public int stamp(byte[] buffer, int offset, int length, ExtensionIds ids, long nowNanos) {
    if (!packet.wrap(buffer, offset, length)) {
      return -1;
    }
    int sendTimeId = ids.id(HeaderExtension.ABS_SEND_TIME);
    if (packet.extensionLength(sendTimeId) == 3) {
      NetworkOrder.put24(buffer, packet.extensionOffset(sendTimeId), AbsSendTime.ofNanos(nowNanos));
    }
    int transportId = ids.id(HeaderExtension.TRANSPORT_WIDE_CC);
    if (packet.extensionLength(transportId) != 2) {
      return -1;
    }
    int stamped = transportSequence;
    NetworkOrder.putShort(buffer, packet.extensionOffset(transportId), stamped);
    transportSequence = (stamped + 1) & 0xFFFF;
    return stamped;
  }
}
