package dev.sluice.router.forward;

import dev.sluice.router.pace.Unsent;
import dev.sluice.router.track.Layer;
import dev.sluice.router.track.VideoPacket;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.rtcp.ReportBlocks;
import org.jspecify.annotations.Nullable;

/**
 * Sends one track to one subscriber; see the package for the order of calls. Used on the worker's
 * thread only.
 */
public sealed interface Forwarder permits AudioForwarder, VideoForwarder {
  /** The most bytes that {@link #forward} writes for a packet; a retransmission has two more. */
  static int maxLength(RtpPacket packet) {
    return PacketWriter.MAX_HEADER_LENGTH + packet.payloadLength();
  }

  /** What was negotiated. */
  OutgoingTrack track();

  /**
   * Lets packets through or holds them back, as the subscription says. Afterwards sequence numbers
   * go on without a gap and timestamps have advanced by the time that has passed; video waits for a
   * key frame.
   */
  void setEnabled(boolean enabled, long nowNanos);

  /**
   * Writes the packet that the subscriber gets for an inbound one. The inbound one is not changed.
   *
   * @param layer the packet's
   * @param video what was read of a video packet; null for audio, for padding and for a malformed
   *     payload
   * @param out with at least {@link #maxLength} bytes from {@code offset}
   * @return the length, or 0 when the subscriber doesn't get it
   */
  int forward(
      Layer layer,
      RtpPacket packet,
      @Nullable VideoPacket video,
      long nowNanos,
      byte[] out,
      int offset);

  /**
   * Whether it is in the middle of a stream: of a video, whether it has a layer it goes on with.
   */
  boolean isFlowing();

  /**
   * Takes numbers back, because packets written last were never sent. Video waits for a key frame,
   * which becomes the next after the last that was sent, so the subscriber sees no gap and asks for
   * none of them. Only picture ids show one, before a key frame, where nothing refers back.
   */
  void takeBack(Unsent unsent);

  /** The subscriber has lost the picture (PLI or FIR). */
  void onPictureLoss();

  /** Takes a block of the subscriber's receiver reports, at its cursor; others' are ignored. */
  void onReport(ReportBlocks block, long nowNanos);

  /** Reconsiders the layer and asks for key frames; every 10 to 100 ms. */
  void onTick(long nowNanos);

  /**
   * Writes a sender report when one is due, once a second.
   *
   * @param out with at least {@link dev.sluice.rtp.rtcp.SenderReport#LENGTH} bytes from {@code
   *     offset}
   * @return its length, or 0
   */
  int writeSenderReport(long nowNanos, byte[] out, int offset);

  /** The smoothed round trip to the subscriber; 100 ms until it is measured. */
  long rttNanos();
}
