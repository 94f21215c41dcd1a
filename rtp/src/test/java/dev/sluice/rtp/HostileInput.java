package dev.sluice.rtp;

import java.util.Arrays;
import java.util.Random;

/**
 * Feeds a parser with damaged packets: every truncation of good samples, samples with random bytes
 * changed, and noise. Each comes at an offset in an array with nothing behind it, so that reading
 * past the end throws. The seed and the bytes are in the message of what fails.
 */
public final class HostileInput {
  private static final int ROUNDS = 20_000;
  private static final int MAX_NOISE = 80;

  private HostileInput() {}

  /** What is to withstand the input. */
  @FunctionalInterface
  public interface Parser {
    void parse(byte[] buffer, int offset, int length);
  }

  public static void feed(long seed, Parser parser, byte[]... samples) {
    Random random = new Random(seed);
    for (byte[] sample : samples) {
      for (int length = 0; length <= sample.length; length++) {
        run(seed, parser, Arrays.copyOf(sample, length));
      }
    }
    for (int round = 0; round < ROUNDS; round++) {
      run(
          seed,
          parser,
          samples.length == 0 || round % 4 == 0
              ? noise(random)
              : damaged(random, samples[random.nextInt(samples.length)]));
    }
  }

  private static byte[] noise(Random random) {
    byte[] bytes = new byte[random.nextInt(MAX_NOISE)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] damaged(Random random, byte[] sample) {
    byte[] bytes = Arrays.copyOf(sample, random.nextInt(sample.length + 8));
    for (int i = random.nextInt(6); i > 0 && bytes.length > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  private static void run(long seed, Parser parser, byte[] input) {
    int offset = input.length % 5;
    byte[] buffer = new byte[offset + input.length];
    System.arraycopy(input, 0, buffer, offset, input.length);
    try {
      parser.parse(buffer, offset, input.length);
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed + ", input " + Arrays.toString(input), e);
    }
  }
}
