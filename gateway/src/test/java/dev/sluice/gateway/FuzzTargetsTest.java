package dev.sluice.gateway;

import dev.sluice.gateway.auth.ClaimsFuzz;
import dev.sluice.gateway.auth.TokensFuzz;
import dev.sluice.gateway.rest.SessionFormFuzz;
import dev.sluice.gateway.signalling.RequestParserFuzz;
import dev.sluice.testkit.fuzz.FuzzRegression;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class FuzzTargetsTest {
  @TestFactory
  Stream<DynamicTest> stored_and_damaged_inputs_break_no_invariant() {
    return Stream.of(
        FuzzRegression.of(RequestParserFuzz.class, RequestParserFuzz::fuzzerTestOneInput),
        FuzzRegression.of(TokensFuzz.class, TokensFuzz::fuzzerTestOneInput),
        FuzzRegression.of(ClaimsFuzz.class, ClaimsFuzz::fuzzerTestOneInput),
        FuzzRegression.of(SessionFormFuzz.class, SessionFormFuzz::fuzzerTestOneInput));
  }
}
