package dev.sluice.transport.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Damaged descriptions end in a description or in an {@link SdpException}, in nothing else. */
final class HostileSdpTest {
  private static final List<String> SAMPLES =
      List.of(
          SdpSamples.read(SdpSamples.CHROMIUM_SIMULCAST),
          SdpSamples.read(SdpSamples.CHROMIUM_WITH_DATA),
          SdpSamples.read(SdpSamples.FIREFOX_SIMULCAST));

  private static final List<String> SPLINTERS =
      List.of(
          "-1", "99999999999999999999", ":", "/", ";", "", " ", "\n", "a=", "\0", "é", "~", "m=");

  @RepeatedTest(20)
  void a_damaged_description_never_throws_anything_else(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition() * 7919L;
    Random random = new Random(seed);
    int read = 0;
    for (int i = 0; i < 100; i++) {
      StringBuilder sdp = new StringBuilder(SAMPLES.get(random.nextInt(SAMPLES.size())));
      for (int damage = random.nextInt(1, 6); damage > 0; damage--) {
        int at = random.nextInt(sdp.length());
        int end = Math.min(sdp.length(), at + random.nextInt(8));
        sdp.replace(at, end, SPLINTERS.get(random.nextInt(SPLINTERS.size())));
      }
      try {
        SessionDescription description = SessionDescription.parse(sdp.toString());
        description.write();
        read++;
      } catch (SdpException refused) {
        assertThat(refused).hasMessageNotContaining("\n");
      } catch (RuntimeException bug) {
        throw new AssertionError("seed %d, round %d: %s".formatted(seed, i, sdp), bug);
      }
    }
    assertThat(read).as("seed %d: some damage is harmless", seed).isPositive();
  }
}
