package dev.sluice.transport.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.transport.IceCredentials;
import dev.sluice.transport.sdp.SdpSamples;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Damaged offers and answers end in an agreement or a refusal, and the next good one is taken. */
final class HostileNegotiationTest {
  private static final IceCredentials RESTARTED =
      new IceCredentials("srvR", "restartPasswordOf24Chars");

  private static final List<VideoCodec> CODECS = List.of(VideoCodec.values());

  private static final List<String> OFFERS =
      List.of(
          SdpSamples.read(SdpSamples.CHROMIUM_SIMULCAST),
          SdpSamples.read(SdpSamples.CHROMIUM_RED_FIRST),
          SdpSamples.read(SdpSamples.CHROMIUM_SINGLE_LAYER),
          SdpSamples.read(SdpSamples.FIREFOX_SIMULCAST));

  private static final List<String> SPLINTERS =
      List.of("0", "1", "255", "/", ";", "=", "", "rtx", "red", "H264", "apt=", "a=inactive\r\n");

  @RepeatedTest(4)
  void a_damaged_offer_is_answered_or_refused(RepetitionInfo repetition) throws Exception {
    long seed = repetition.getCurrentRepetition() * 104_729L;
    Random random = new Random(seed);
    int answered = 0;
    for (int i = 0; i < 100; i++) {
      VideoCodec preferred = CODECS.get(random.nextInt(CODECS.size()));
      PublishNegotiation negotiation =
          new PublishNegotiation(
              MediaCapabilities.withVideoCodecs(List.of(preferred)), Locals.LOCAL, 42);
      String good = OFFERS.get(random.nextInt(3));
      PublishAnswer before = negotiation.answer(good, () -> RESTARTED);
      String damaged = damaged(OFFERS.get(random.nextInt(OFFERS.size())), random);
      try {
        negotiation.answer(damaged, () -> RESTARTED);
        answered++;
      } catch (NegotiationException refused) {
        assertThat(negotiation.answer(good, Locals.NO_RESTART).sections())
            .as("seed %d, round %d", seed, i)
            .isEqualTo(before.sections());
      } catch (RuntimeException bug) {
        throw new AssertionError("seed %d, round %d: %s".formatted(seed, i, damaged), bug);
      }
    }
    assertThat(answered).as("seed %d: some damage is harmless", seed).isPositive();
  }

  @RepeatedTest(4)
  void a_damaged_answer_is_taken_or_refused(RepetitionInfo repetition) throws Exception {
    long seed = repetition.getCurrentRepetition() * 15_485_863L;
    Random random = new Random(seed);
    int taken = 0;
    for (int i = 0; i < 100; i++) {
      SubscribeNegotiation<String> negotiation =
          new SubscribeNegotiation<>(
              MediaCapabilities.standard(), Locals.LOCAL, 7, random::nextInt);
      List<SupportedCodec> codecs = MediaCapabilities.standard().codecs();
      for (SupportedCodec codec : codecs) {
        negotiation.add(codec.toString(), codec, new TrackLabel("s", "t", "c"));
      }
      SubscriptionOffer<String> offer = negotiation.nextOffer().orElseThrow();
      String good = new Answerer().answer(offer.sdp());
      String damaged = damaged(good, random);
      try {
        SubscriptionAnswer<String> answer = negotiation.acceptAnswer(offer.revision(), damaged);
        assertThat(answer.accepted().size() + answer.refused().size())
            .as("seed %d, round %d", seed, i)
            .isEqualTo(codecs.size());
        taken++;
      } catch (NegotiationException refused) {
        assertThat(negotiation.acceptAnswer(offer.revision(), good).refused())
            .as("seed %d, round %d", seed, i)
            .isEmpty();
      } catch (RuntimeException bug) {
        throw new AssertionError("seed %d, round %d: %s".formatted(seed, i, damaged), bug);
      }
    }
    assertThat(taken).as("seed %d: some damage is harmless", seed).isPositive();
  }

  private static String damaged(String sdp, Random random) {
    StringBuilder damaged = new StringBuilder(sdp);
    for (int damage = random.nextInt(1, 6); damage > 0; damage--) {
      int at = random.nextInt(damaged.length());
      int end = Math.min(damaged.length(), at + random.nextInt(5));
      damaged.replace(at, end, SPLINTERS.get(random.nextInt(SPLINTERS.size())));
    }
    return damaged.toString();
  }
}
