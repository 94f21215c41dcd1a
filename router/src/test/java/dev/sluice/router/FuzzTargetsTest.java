package dev.sluice.router;

import dev.sluice.router.estimate.BandwidthEstimatorFuzz;
import dev.sluice.router.forward.AudioForwarderFuzz;
import dev.sluice.router.forward.RewriterFuzz;
import dev.sluice.router.forward.VideoForwarderFuzz;
import dev.sluice.router.track.LayerTableFuzz;
import dev.sluice.router.track.RtxFuzz;
import dev.sluice.testkit.fuzz.FuzzRegression;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class FuzzTargetsTest {
  @TestFactory
  Stream<DynamicTest> stored_and_damaged_inputs_break_no_invariant() {
    return Stream.of(
        FuzzRegression.of(BandwidthEstimatorFuzz.class, BandwidthEstimatorFuzz::fuzzerTestOneInput),
        FuzzRegression.of(RtxFuzz.class, RtxFuzz::fuzzerTestOneInput),
        FuzzRegression.of(LayerTableFuzz.class, LayerTableFuzz::fuzzerTestOneInput),
        FuzzRegression.of(RewriterFuzz.class, RewriterFuzz::fuzzerTestOneInput),
        FuzzRegression.of(VideoForwarderFuzz.class, VideoForwarderFuzz::fuzzerTestOneInput),
        FuzzRegression.of(AudioForwarderFuzz.class, AudioForwarderFuzz::fuzzerTestOneInput));
  }
}
