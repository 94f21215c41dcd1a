package dev.sluice.simulation.publisher;

import dev.sluice.rtp.NetworkOrder;
import dev.sluice.simulation.media.Formats;
import dev.sluice.simulation.media.FrameNote;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** One encoding as it leaves a publisher: VP8 in packets, key frames when they are asked for. */
final class VideoStream {
  private static final int HEAD_BYTES = FrameNote.OFFSET + FrameNote.BYTES;
  private static final long MIN_KEY_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long MAX_KEY_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long NEVER = Long.MAX_VALUE;

  private final int place;
  private final EncodingPlan plan;
  private final Encoder encoder;
  private final OutgoingStream stream;
  private final RandomGenerator random;
  private boolean active = true;
  private long keyDueNanos;
  private int pictureId;
  private int baseIndex;

  VideoStream(
      int place,
      EncodingPlan plan,
      VideoPlan video,
      OutgoingStream stream,
      RandomGenerator random) {
    this.place = place;
    this.plan = plan;
    this.encoder = new Encoder(plan, video, random);
    this.stream = stream;
    this.random = random;
    pictureId = random.nextInt(1 << 15);
    baseIndex = random.nextInt(1 << 8);
  }

  String rid() {
    return plan.rid();
  }

  OutgoingStream stream() {
    return stream;
  }

  /** Encodes from now on, or doesn't; what starts again starts with a key frame. */
  void setActive(boolean now) {
    if (now && !active) {
      keyDueNanos = 0;
    }
    active = now;
  }

  /** A key frame is asked for; one that is asked for already comes no later. */
  void askForKeyFrame(long nowNanos) {
    if (keyDueNanos == NEVER) {
      keyDueNanos = nowNanos + random.nextLong(MIN_KEY_DELAY_NANOS, MAX_KEY_DELAY_NANOS);
    }
  }

  /** Sends the picture taken now. */
  void capture(long nowNanos, double contentFactor, Consumer<MediaPacket> out) {
    if (!active) {
      return;
    }
    Frame frame = encoder.next(nowNanos >= keyDueNanos, contentFactor);
    if (frame.key()) {
      keyDueNanos = NEVER;
    }
    pictureId = (pictureId + 1) & 0x7FFF;
    baseIndex = (baseIndex + (frame.temporal() == 0 ? 1 : 0)) & 0xFF;
    int packets = Math.max(1, Math.ceilDiv(frame.bytes(), FrameNote.MOST_PACKET_BYTES));
    int length = Math.max(HEAD_BYTES, frame.bytes() / packets);
    for (int i = 0; i < packets; i++) {
      byte[] payload = new byte[HEAD_BYTES];
      describe(payload, frame, i == 0);
      new FrameNote(
              place,
              frame.temporal(),
              frame.index(),
              i,
              packets,
              frame.first(),
              frame.second(),
              nowNanos)
          .write(payload, 0);
      out.accept(
          stream.packet(
              Formats.VP8, i == packets - 1, nowNanos, payload, length, OptionalInt.empty()));
    }
  }

  private void describe(byte[] payload, Frame frame, boolean start) {
    // RFC 7741 §4.2: X, N where nothing refers to the frame, S; then I, L and T.
    payload[0] = (byte) (0x80 | (frame.temporal() == 2 ? 0x20 : 0) | (start ? 0x10 : 0));
    payload[1] = (byte) 0xE0;
    NetworkOrder.putShort(payload, 2, 0x8000 | pictureId);
    payload[4] = (byte) baseIndex;
    payload[5] = (byte) (frame.temporal() << 6 | (frame.onlyBase() ? 0x20 : 0));
    if (start) {
      // RFC 6386 §9.1: frame tag, start code, width and height.
      payload[6] = (byte) (frame.key() ? 0x10 : 0x11);
      if (frame.key()) {
        NetworkOrder.put24(payload, 9, 0x9D012A);
        payload[12] = (byte) plan.width();
        payload[13] = (byte) (plan.width() >> 8);
        payload[14] = (byte) plan.height();
        payload[15] = (byte) (plan.height() >> 8);
      }
    }
  }
}
