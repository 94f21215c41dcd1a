package dev.sluice.router.worker;

import dev.sluice.router.track.Layer;
import dev.sluice.router.track.VideoPacket;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.codec.VideoCodec;
import org.jspecify.annotations.Nullable;

/** One decrypted RTP packet with the flyweights over it. */
public final class PacketSlot {
  /** Above any path MTU. */
  private static final int BYTES = 2048;

  private final byte[] buffer = new byte[BYTES];
  private final RtpPacket rtp = new RtpPacket();
  private final VideoPacket video = new VideoPacket();
  private boolean videoValid;

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
    videoValid = false;
    System.arraycopy(packet, offset, buffer, 0, length);
    return rtp.wrap(buffer, 0, length);
  }

  public RtpPacket rtp() {
    return rtp;
  }

  /**
   * Reads the packet as one of a video layer.
   *
   * @return false when the payload is malformed
   */
  public boolean readVideo(Layer layer, VideoCodec codec) {
    videoValid = video.read(rtp, layer, codec);
    return videoValid;
  }

  /** What was read of the video, or null when there is nothing valid. */
  public @Nullable VideoPacket video() {
    return videoValid ? video : null;
  }
}
