package dev.sluice.router.worker;

import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.vp8.Vp8Payload;
import org.jspecify.annotations.Nullable;

/** One decrypted RTP packet with the flyweights over it. */
public final class PacketSlot {
  /** Above any path MTU. */
  private static final int BYTES = 2048;

  private final byte[] buffer = new byte[BYTES];
  private final RtpPacket rtp = new RtpPacket();
  private final Vp8Payload vp8 = new Vp8Payload();
  private boolean vp8Valid;

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
    vp8Valid = false;
    System.arraycopy(packet, offset, buffer, 0, length);
    return rtp.wrap(buffer, 0, length);
  }

  public RtpPacket rtp() {
    return rtp;
  }

  /**
   * Takes the payload of the packet for VP8.
   *
   * @return false when it is malformed
   */
  public boolean readVp8() {
    vp8Valid = vp8.wrap(buffer, rtp.payloadOffset(), rtp.payloadLength());
    return vp8Valid;
  }

  /** The payload, or null when it was not read or is malformed. */
  public @Nullable Vp8Payload vp8() {
    return vp8Valid ? vp8 : null;
  }
}
