package dev.sluice.server;

import dev.sluice.server.config.ConfigurationFileFuzz;
import dev.sluice.testkit.fuzz.FuzzRegression;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class FuzzTargetsTest {
  @TestFactory
  Stream<DynamicTest> stored_and_damaged_inputs_break_no_invariant() {
    return Stream.of(
        FuzzRegression.of(ConfigurationFileFuzz.class, ConfigurationFileFuzz::fuzzerTestOneInput));
  }
}
