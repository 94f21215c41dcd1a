package dev.sluice.simulation.subscriber;

import dev.sluice.rtp.NetworkOrder;
import dev.sluice.rtp.rtcp.TransportFeedbackWriter;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Feedback of a client that is broken, or wants to break something. */
public final class HostileChannel {
  private static final int BASE_OFFSET = 12;
  private static final int REFERENCE_OFFSET = 16;
  private static final int HEADER_BYTES = 20;
  private static final int OWN_SSRC = 7;

  private HostileChannel() {}

  /** Each feedback is damaged in another way, repeated, held back or left out. */
  public static FeedbackChannel anything(RandomGenerator random) {
    return new FeedbackChannel() {
      private byte[] held = new byte[0];

      @Override
      public void pass(byte[] feedback, Out out, long nowNanos) {
        byte[] changed = feedback.clone();
        switch (random.nextInt(9)) {
          case 0 -> {
            // Lost.
            return;
          }
          case 1 -> out.send(feedback);
          case 2 -> {
            if (held.length > 0) {
              out.send(held);
            }
            held = feedback;
            return;
          }
          case 3 -> changed = Arrays.copyOf(feedback, random.nextInt(4, feedback.length));
          case 4 -> NetworkOrder.putShort(changed, BASE_OFFSET, random.nextInt(1 << 16));
          case 5 -> NetworkOrder.put24(changed, REFERENCE_OFFSET, random.nextInt(1 << 24));
          case 6 -> flip(changed, HEADER_BYTES, random);
          case 7 -> flip(changed, 0, random);
          default -> {
            // As it was.
          }
        }
        out.send(changed);
      }
    };
  }

  private static void flip(byte[] feedback, int from, RandomGenerator random) {
    if (feedback.length > from) {
      feedback[random.nextInt(from, feedback.length)] ^= (byte) (1 << random.nextInt(8));
    }
  }

  /**
   * Everything has arrived, at steady intervals: what a client says that wants more than its share.
   */
  public static FeedbackChannel optimist() {
    return new FeedbackChannel() {
      private static final long STEP_NANOS = 1_000_000;
      private final TransportFeedbackWriter writer = new TransportFeedbackWriter();
      private final byte[] buffer = new byte[TransportFeedbackWriter.MAX_LENGTH];
      private int count;

      @Override
      public void pass(byte[] feedback, Out out, long nowNanos) {
        int base = NetworkOrder.unsignedShort(feedback, BASE_OFFSET);
        int statuses =
            Math.min(
                NetworkOrder.unsignedShort(feedback, BASE_OFFSET + 2),
                TransportFeedbackWriter.MAX_STATUSES);
        long startNanos = nowNanos - statuses * STEP_NANOS;
        writer.begin(base, startNanos);
        for (int i = 0; i < statuses; i++) {
          if (!writer.add((base + i) & 0xFFFF, startNanos + i * STEP_NANOS)) {
            throw new IllegalStateException("%d packets do not fit".formatted(statuses));
          }
        }
        out.send(Arrays.copyOf(buffer, writer.finish(buffer, 0, OWN_SSRC, 0, count++)));
      }
    };
  }

  /** Nothing is told at all. */
  public static FeedbackChannel silence() {
    return (_, _, _) -> {};
  }
}
