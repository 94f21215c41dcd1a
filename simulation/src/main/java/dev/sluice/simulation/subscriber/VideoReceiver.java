package dev.sluice.simulation.subscriber;

import dev.sluice.rtp.NetworkOrder;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.simulation.media.FrameNote;
import dev.sluice.testkit.network.EventLoop;
import dev.sluice.testkit.network.PathTrace;

/** A browser's receiver of one video: what it asks for again, and when it needs a key frame. */
final class VideoReceiver {
  // libwebrtc: kMaxWaitForKeyFrame and kMaxWaitForFrame.
  private static final long FIRST_PATIENCE_NANOS = 200_000_000;
  private static final long PATIENCE_NANOS = 3_000_000_000L;
  // After a packet was given up, nothing but a key frame helps.
  private static final long BROKEN_PATIENCE_NANOS = 500_000_000;
  private static final int PICTURE_ID_OFFSET = 2;
  private static final int RTX_HEADER_BYTES = 2;

  private final EventLoop loop;
  private final int ssrc;
  private final NackList nacks = new NackList();
  private final PictureBuffer buffer = new PictureBuffer(this::onShown);
  private final PictureLog log;
  private long nowNanos;
  private long lastPacketNanos = Long.MIN_VALUE;
  private long lastProgressNanos;
  private long abandonedAtProgress;
  private boolean shownAny;

  VideoReceiver(EventLoop loop, int ssrc, long frameNanos, PathTrace downlink) {
    this.loop = loop;
    this.ssrc = ssrc;
    this.log = new PictureLog(frameNanos, downlink);
  }

  int ssrc() {
    return ssrc;
  }

  PictureLog log() {
    return log;
  }

  NackList nacks() {
    return nacks;
  }

  /** Takes a packet of the video. */
  void onPacket(RtpPacket packet, long now) {
    take(packet.buffer(), packet.payloadOffset(), packet.sequenceNumber(), false, now);
  }

  /** Takes a packet that was asked for again, or padding. */
  void onRepeated(RtpPacket packet, long now) {
    if (packet.payloadLength() >= RTX_HEADER_BYTES + FrameNote.OFFSET + FrameNote.BYTES) {
      int original = NetworkOrder.unsignedShort(packet.buffer(), packet.payloadOffset());
      take(packet.buffer(), packet.payloadOffset() + RTX_HEADER_BYTES, original, true, now);
    }
  }

  private void take(byte[] bytes, int payload, int sequenceNumber, boolean repeated, long now) {
    nowNanos = now;
    if (lastPacketNanos == Long.MIN_VALUE) {
      lastProgressNanos = now;
    }
    lastPacketNanos = now;
    long sequence = nacks.onPacket(sequenceNumber, repeated, now);
    int pictureId = NetworkOrder.unsignedShort(bytes, payload + PICTURE_ID_OFFSET) & 0x7FFF;
    long showAtNanos = buffer.onPacket(FrameNote.read(bytes, payload), pictureId, sequence, now);
    if (showAtNanos != PictureBuffer.NOTHING) {
      loop.at(showAtNanos, this::show);
    }
  }

  private void show(long now) {
    nowNanos = now;
    buffer.showUntil(now);
  }

  private void onShown(Picture picture) {
    shownAny = true;
    lastProgressNanos = nowNanos;
    if (picture.note().isKey()) {
      nacks.forgetBefore(picture.firstSequence());
    }
    abandonedAtProgress = nacks.abandoned();
    log.onShown(picture, nowNanos);
  }

  /** Whether to ask for a key frame now; the next time is a while later. */
  boolean needsKeyFrame(long now) {
    boolean flows = lastPacketNanos != Long.MIN_VALUE && now - lastPacketNanos < PATIENCE_NANOS;
    boolean broken = nacks.abandoned() > abandonedAtProgress;
    long patience =
        shownAny ? (broken ? BROKEN_PATIENCE_NANOS : PATIENCE_NANOS) : FIRST_PATIENCE_NANOS;
    if (!flows || now - lastProgressNanos < patience) {
      return false;
    }
    lastProgressNanos = now;
    return true;
  }
}
