package dev.sluice.simulation.publisher;

/**
 * How sound is encoded.
 *
 * @param payloadBytes of a packet
 * @param packetNanos of sound in a packet
 * @param redundant each packet repeats the one before (RFC 2198)
 */
public record AudioPlan(int payloadBytes, long packetNanos, boolean redundant) {
  /** Opus at 32 kbit/s in packets of 20 ms, as browsers send it. */
  public static final AudioPlan OPUS = new AudioPlan(80, 20_000_000, false);

  /** The same with redundancy. */
  public static final AudioPlan REDUNDANT = new AudioPlan(80, 20_000_000, true);
}
