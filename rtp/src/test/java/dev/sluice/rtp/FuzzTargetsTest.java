package dev.sluice.rtp;

import dev.sluice.rtp.av1.Av1PayloadFuzz;
import dev.sluice.rtp.extension.DependencyDescriptorFuzz;
import dev.sluice.rtp.h264.H264PayloadFuzz;
import dev.sluice.rtp.red.RedPayloadFuzz;
import dev.sluice.rtp.rtcp.RtcpCompoundFuzz;
import dev.sluice.rtp.rtcp.RtcpWritersFuzz;
import dev.sluice.rtp.vp8.Vp8PayloadFuzz;
import dev.sluice.rtp.vp9.Vp9PayloadFuzz;
import dev.sluice.testkit.fuzz.FuzzRegression;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class FuzzTargetsTest {
  @TestFactory
  Stream<DynamicTest> stored_and_damaged_inputs_break_no_invariant() {
    return Stream.of(
        FuzzRegression.of(RtpPacketFuzz.class, RtpPacketFuzz::fuzzerTestOneInput),
        FuzzRegression.of(RtpHeaderWriterFuzz.class, RtpHeaderWriterFuzz::fuzzerTestOneInput),
        FuzzRegression.of(Vp8PayloadFuzz.class, Vp8PayloadFuzz::fuzzerTestOneInput),
        FuzzRegression.of(Vp9PayloadFuzz.class, Vp9PayloadFuzz::fuzzerTestOneInput),
        FuzzRegression.of(H264PayloadFuzz.class, H264PayloadFuzz::fuzzerTestOneInput),
        FuzzRegression.of(Av1PayloadFuzz.class, Av1PayloadFuzz::fuzzerTestOneInput),
        FuzzRegression.of(RedPayloadFuzz.class, RedPayloadFuzz::fuzzerTestOneInput),
        FuzzRegression.of(
            DependencyDescriptorFuzz.class, DependencyDescriptorFuzz::fuzzerTestOneInput),
        FuzzRegression.of(RtcpCompoundFuzz.class, RtcpCompoundFuzz::fuzzerTestOneInput),
        FuzzRegression.of(RtcpWritersFuzz.class, RtcpWritersFuzz::fuzzerTestOneInput));
  }
}
