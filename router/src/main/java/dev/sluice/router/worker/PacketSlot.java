package dev.sluice.router.worker;

import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.vp8.Vp8Payload;

/** One decrypted RTP packet with the flyweights over it. */
public final class PacketSlot {
  /** Above any path MTU. */
  private static final int BYTES = 2048;

  private final byte[] buffer = new byte[BYTES];
  private final RtpPacket rtp = new RtpPacket();
  private final Vp8Payload vp8 = new Vp8Payload();

  PacketSlot() {}

  /**
   * Copies a packet into the slot.
   *
   * @return false when it is malformed or too long; the slot must not be read then
   */
  public boolean take(byte[] packet, int offset, int length) {
    if (length > BYTES) {
      return false;
    }
    System.arraycopy(packet, offset, buffer, 0, length);
    return rtp.wrap(buffer, 0, length);
  }

  public RtpPacket rtp() {
    return rtp;
  }

  /** Over the packet's payload, once somebody has wrapped it. */
  public Vp8Payload vp8() {
    return vp8;
  }
}
