package dev.sluice.testkit.fuzz;

/**
 * What must hold for whatever input: that no exception but a declared one comes, that lengths stay
 * in their bounds, that what was written reads the same. Each is the method {@code public static
 * void fuzzerTestOneInput(byte[])} of a class whose name ends in {@code Fuzz}, which is how Jazzer
 * finds it; the inputs lie in the test resources, in {@code fuzz/} and the simple name of the
 * class.
 */
@FunctionalInterface
public interface FuzzTarget {
  /** Fails with any exception or error when what must hold does not. */
  void check(byte[] input) throws Exception;
}
