package dev.sluice.simulation.media;

import dev.sluice.rtp.NetworkOrder;

/**
 * Which piece of sound a payload is.
 *
 * @param index counts the pieces of the track
 * @param capturedNanos when it was recorded
 */
public record SoundNote(int index, long capturedNanos) {
  public static final int BYTES = 12;

  /** Writes it at the start of a payload. */
  public void write(byte[] buffer, int payloadOffset) {
    NetworkOrder.putInt(buffer, payloadOffset, index);
    NetworkOrder.putLong(buffer, payloadOffset + 4, capturedNanos);
  }

  public static SoundNote read(byte[] buffer, int payloadOffset) {
    return new SoundNote(
        NetworkOrder.int32(buffer, payloadOffset), NetworkOrder.int64(buffer, payloadOffset + 4));
  }
}
