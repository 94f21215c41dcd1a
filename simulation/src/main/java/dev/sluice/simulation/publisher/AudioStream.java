package dev.sluice.simulation.publisher;

import dev.sluice.rtp.NetworkOrder;
import dev.sluice.simulation.media.Formats;
import dev.sluice.simulation.media.SoundNote;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/** The sound of a publisher, who speaks for some seconds and is silent for some. */
final class AudioStream {
  private static final double SPREAD = 0.15;
  private static final double MEAN_TURN_SECONDS = 4;
  private static final int LOUD_DBOV = 30;
  private static final int SILENT_DBOV = 127;
  private static final int VOICE_BIT = 0x80;
  private static final int RED_HEADERS_BYTES = 5;

  private final AudioPlan plan;
  private final OutgoingStream stream;
  private final RandomGenerator random;
  private byte[] previous = new byte[0];
  private int index;
  private boolean speaks;
  private long turnEndsNanos;

  AudioStream(AudioPlan plan, OutgoingStream stream, RandomGenerator random) {
    this.plan = plan;
    this.stream = stream;
    this.random = random;
  }

  OutgoingStream stream() {
    return stream;
  }

  /** The packet of the sound recorded until now. */
  MediaPacket record(long nowNanos) {
    if (nowNanos >= turnEndsNanos) {
      speaks = !speaks;
      turnEndsNanos =
          nowNanos + (long) (1e9 * MEAN_TURN_SECONDS * -Math.log(1 - random.nextDouble()));
    }
    int spread = (int) (plan.payloadBytes() * SPREAD);
    byte[] sound =
        new byte
            [Math.max(SoundNote.BYTES, plan.payloadBytes() + random.nextInt(-spread, spread + 1))];
    new SoundNote(index++, nowNanos).write(sound, 0);
    byte[] payload = plan.redundant() ? withRedundancy(sound) : sound;
    previous = sound;
    return stream.packet(
        plan.redundant() ? Formats.RED : Formats.OPUS,
        false,
        nowNanos,
        payload,
        payload.length,
        OptionalInt.of(speaks ? VOICE_BIT | LOUD_DBOV : SILENT_DBOV));
  }

  /** RFC 2198 §3: a block of the packet before, then this one. */
  private byte[] withRedundancy(byte[] sound) {
    if (previous.length == 0) {
      byte[] alone = new byte[1 + sound.length];
      alone[0] = Formats.OPUS;
      System.arraycopy(sound, 0, alone, 1, sound.length);
      return alone;
    }
    byte[] payload = new byte[RED_HEADERS_BYTES + previous.length + sound.length];
    int ticks = (int) (plan.packetNanos() * Formats.AUDIO_CLOCK_HZ / 1_000_000_000L);
    NetworkOrder.putInt(payload, 0, 1 << 31 | Formats.OPUS << 24 | ticks << 10 | previous.length);
    payload[4] = Formats.OPUS;
    System.arraycopy(previous, 0, payload, RED_HEADERS_BYTES, previous.length);
    System.arraycopy(sound, 0, payload, RED_HEADERS_BYTES + previous.length, sound.length);
    return payload;
  }
}
