package dev.sluice.transport.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.transport.sdp.SdpException;
import dev.sluice.transport.sdp.SessionDescription;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A client's answers one after the other, parted by a NUL, to offers of one track in each codec:
 * each is refused by a {@link NegotiationException}, or settles every track of the offer.
 */
public final class SubscribeNegotiationFuzz {
  private static final int MAX_ANSWERS = 4;
  private static final List<SupportedCodec> CODECS = MediaCapabilities.standard().codecs();

  private SubscribeNegotiationFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws SdpException {
    SubscribeNegotiation<Integer> negotiation = negotiation();
    SubscriptionOffer<Integer> offer = negotiation.nextOffer().orElseThrow();
    int nextKey = CODECS.size();
    String[] answers = new String(input, StandardCharsets.UTF_8).split("\0", MAX_ANSWERS);
    for (String text : answers) {
      SubscriptionAnswer<Integer> answer;
      try {
        answer = negotiation.acceptAnswer(offer.revision(), text);
      } catch (NegotiationException refused) {
        // The offer stands
        assertThat(refused).hasMessageNotContaining("\n");
        assertThat(negotiation.nextOffer()).isEmpty();
        continue;
      }
      check(offer, answer);
      negotiation.add(nextKey, CODECS.get(nextKey % CODECS.size()), new TrackLabel("s", "t", "c"));
      nextKey++;
      offer = negotiation.nextOffer().orElseThrow();
      SessionDescription.parse(offer.sdp());
    }
  }

  /** With a track in each codec; also what the stored inputs answer. */
  static SubscribeNegotiation<Integer> negotiation() {
    SubscribeNegotiation<Integer> negotiation =
        new SubscribeNegotiation<>(
            MediaCapabilities.standard(), Locals.LOCAL, 7, new Random(1)::nextInt);
    for (int key = 0; key < CODECS.size(); key++) {
      negotiation.add(key, CODECS.get(key), new TrackLabel("s", "t" + key, "c"));
    }
    return negotiation;
  }

  private static void check(SubscriptionOffer<Integer> offer, SubscriptionAnswer<Integer> answer) {
    Set<Integer> settled = new HashSet<>();
    for (AcceptedTrack<Integer> accepted : answer.accepted()) {
      assertThat(settled.add(accepted.track().key())).isTrue();
      accepted.extensionIds().values().forEach(id -> assertThat(id).isBetween(1, 14));
    }
    answer.refused().forEach(track -> assertThat(settled.add(track.key())).isTrue());
    Set<Integer> offered = new HashSet<>();
    offer.tracks().forEach(track -> offered.add(track.key()));
    assertThat(settled).isEqualTo(offered);
    assertThat(answer.remote().isPresent() || answer.accepted().isEmpty()).isTrue();
  }
}
