package dev.sluice.router.forward;

import dev.sluice.router.pace.Unsent;
import dev.sluice.router.track.Layer;
import dev.sluice.router.track.VideoPacket;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.red.RedPayload;
import dev.sluice.rtp.rtcp.ReportBlocks;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends an audio track to one subscriber. Redundant packets (RFC 2198) go on whole, or without what
 * they repeat to a subscriber that doesn't take them.
 *
 * <p>Browsers take no RTX for Opus, so what is sent again comes under its own sequence number, and
 * can't be written anew: {@link SentAudio} has it as it was sent.
 */
public final class AudioForwarder implements Forwarder {
  private final OutgoingTrack track;
  private final OutgoingStream stream;
  private final SentAudio sent = new SentAudio();
  private final RedPayload redundant = new RedPayload();
  private boolean enabled = true;
  private boolean flowing;

  /** Makes a forwarder; {@code random} gives the first numbers of the stream. */
  public AudioForwarder(OutgoingTrack track, RandomGenerator random) {
    this.track = track;
    stream = new OutgoingStream(track, random);
  }

  @Override
  public OutgoingTrack track() {
    return track;
  }

  @Override
  public void setEnabled(boolean enabled, long nowNanos) {
    this.enabled = enabled;
    flowing &= enabled;
  }

  @Override
  public int forward(
      Layer layer,
      RtpPacket packet,
      @Nullable VideoPacket video,
      long nowNanos,
      byte[] out,
      int offset) {
    if (!enabled) {
      return 0;
    }
    if (!flowing || !stream.continuesWith(packet)) {
      stream.start(layer, packet, nowNanos);
      flowing = true;
    }
    if (!stream.map(packet, nowNanos)) {
      return 0;
    }
    return layer.section().isRedundant(packet.payloadType())
        ? writeRedundant(layer, packet, out, offset)
        : write(layer, packet, packet.payloadOffset(), packet.payloadLength(), out, offset);
  }

  private int writeRedundant(Layer layer, RtpPacket packet, byte[] out, int offset) {
    if (!redundant.wrap(packet)) {
      // What can't be read has nothing to play; its number must not be missing all the same
      return write(layer, packet, packet.payloadOffset(), 0, out, offset);
    }
    if (track.redPayloadType().isEmpty()) {
      return write(
          layer, packet, redundant.primaryOffset(), redundant.primaryLength(), out, offset);
    }
    int payloadType = track.redPayloadType().getAsInt();
    int payloadLength = packet.payloadLength();
    int length =
        stream.write(
            layer,
            packet,
            packet.marker(),
            payloadType,
            packet.payloadOffset(),
            payloadLength,
            out,
            offset);
    if (redundant.wrap(out, offset + length - payloadLength, payloadLength)) {
      redundant.setPayloadTypes(track.payloadType());
    }
    return length;
  }

  private int write(
      Layer layer, RtpPacket packet, int payloadOffset, int payloadLength, byte[] out, int offset) {
    return stream.write(
        layer,
        packet,
        packet.marker(),
        track.payloadType(),
        payloadOffset,
        payloadLength,
        out,
        offset);
  }

  /** What was sent lately, once the transport has encrypted it. */
  public SentAudio sent() {
    return sent;
  }

  @Override
  public boolean isFlowing() {
    return flowing;
  }

  @Override
  public void takeBack(Unsent unsent) {
    stream.takeBack(unsent);
    flowing = false;
  }

  @Override
  public void onPictureLoss() {}

  @Override
  public void onReport(ReportBlocks block, long nowNanos) {
    stream.onReport(block, nowNanos);
  }

  @Override
  public void onTick(long nowNanos) {}

  @Override
  public int writeSenderReport(long nowNanos, byte[] out, int offset) {
    return stream.writeSenderReport(nowNanos, out, offset);
  }

  @Override
  public long rttNanos() {
    return stream.rttNanos();
  }
}
