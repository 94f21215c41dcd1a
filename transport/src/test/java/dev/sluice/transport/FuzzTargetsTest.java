package dev.sluice.transport;

import dev.sluice.testkit.fuzz.FuzzRegression;
import dev.sluice.transport.dtls.DtlsRecordsFuzz;
import dev.sluice.transport.negotiation.PublishNegotiationFuzz;
import dev.sluice.transport.negotiation.SubscribeNegotiationFuzz;
import dev.sluice.transport.sdp.SessionDescriptionFuzz;
import dev.sluice.transport.srtp.SrtpSessionFuzz;
import dev.sluice.transport.stun.StunFuzz;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class FuzzTargetsTest {
  @TestFactory
  Stream<DynamicTest> stored_and_damaged_inputs_break_no_invariant() {
    return Stream.of(
        FuzzRegression.of(StunFuzz.class, StunFuzz::fuzzerTestOneInput),
        FuzzRegression.of(DtlsRecordsFuzz.class, DtlsRecordsFuzz::fuzzerTestOneInput),
        FuzzRegression.of(SrtpSessionFuzz.class, SrtpSessionFuzz::fuzzerTestOneInput),
        FuzzRegression.of(SessionDescriptionFuzz.class, SessionDescriptionFuzz::fuzzerTestOneInput),
        FuzzRegression.of(PublishNegotiationFuzz.class, PublishNegotiationFuzz::fuzzerTestOneInput),
        FuzzRegression.of(
            SubscribeNegotiationFuzz.class, SubscribeNegotiationFuzz::fuzzerTestOneInput));
  }
}
