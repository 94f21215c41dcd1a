package dev.sluice.testkit.fuzz;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs a fuzz target without a fuzzer, the same way each time: on its stored inputs, on every
 * beginning of a short one, and on damaged copies.
 */
public final class FuzzRegression {
  // Well under a second for a target, whatever the size of its inputs; who wants more starts ./fuzz
  private static final int MAX_DAMAGED = 1_000;
  private static final int MAX_DAMAGED_BYTES = 500_000;
  private static final int MAX_CUTS = 128;
  private static final int MAX_NOISE = 80;
  private static final int MAX_CHANGES = 6;

  private final FuzzTarget target;
  private final List<byte[]> stored;
  private final long seed;

  private FuzzRegression(FuzzTarget target, List<byte[]> stored, long seed) {
    this.target = target;
    this.stored = stored;
    this.seed = seed;
  }

  /**
   * A test of a target, named after the class it is in.
   *
   * @throws IllegalStateException when the class has no stored inputs
   */
  public static DynamicTest of(Class<?> owner, FuzzTarget target) {
    List<byte[]> stored = StoredInputs.of(owner);
    // The same in every run, but not the same damage for all targets
    long seed = owner.getSimpleName().hashCode();
    FuzzRegression regression = new FuzzRegression(target, stored, seed);
    return DynamicTest.dynamicTest(owner.getSimpleName(), regression::run);
  }

  private void run() {
    check(new byte[0]);
    for (byte[] input : stored) {
      check(input.clone());
      for (int length = 0; length < Math.min(input.length, MAX_CUTS); length++) {
        check(Arrays.copyOf(input, length));
      }
    }
    Random random = new Random(seed);
    int bytes = 0;
    for (int i = 0; i < MAX_DAMAGED && bytes < MAX_DAMAGED_BYTES; i++) {
      byte[] input = i % 8 == 0 ? noise(random) : damaged(random);
      bytes += input.length;
      check(input);
    }
  }

  private static byte[] noise(Random random) {
    byte[] bytes = new byte[random.nextInt(MAX_NOISE)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A stored input with some bytes changed, shortened or with the end of another one. */
  private byte[] damaged(Random random) {
    byte[] from = any(random);
    byte[] tail = any(random);
    int kept = random.nextInt(from.length + 1);
    byte[] bytes =
        switch (random.nextInt(3)) {
          case 0 -> Arrays.copyOf(from, kept);
          case 1 -> joined(from, kept, tail, random.nextInt(tail.length + 1));
          default -> from.clone();
        };
    for (int i = random.nextInt(MAX_CHANGES); i > 0 && bytes.length > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  private byte[] any(Random random) {
    return stored.get(random.nextInt(stored.size()));
  }

  private static byte[] joined(byte[] head, int headLength, byte[] tail, int tailLength) {
    byte[] bytes = Arrays.copyOf(head, headLength + tailLength);
    System.arraycopy(tail, tail.length - tailLength, bytes, headLength, tailLength);
    return bytes;
  }

  private void check(byte[] input) {
    byte[] copy = input.clone();
    try {
      target.check(input);
    } catch (Exception | Error e) {
      throw new AssertionError(
          "seed %d, input %s".formatted(seed, HexFormat.of().formatHex(copy)), e);
    }
  }
}
