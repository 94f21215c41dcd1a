package dev.sluice.transport.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.transport.IceCredentials;
import dev.sluice.transport.sdp.MediaSection;
import dev.sluice.transport.sdp.SdpException;
import dev.sluice.transport.sdp.SessionDescription;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A client's offers one after the other, parted by a NUL: each is refused by a {@link
 * NegotiationException}, or answered section by section.
 */
public final class PublishNegotiationFuzz {
  private static final int MAX_OFFERS = 4;
  private static final IceCredentials RESTARTED =
      new IceCredentials("srvR", "restartPasswordOf24Chars");

  private PublishNegotiationFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws SdpException {
    PublishNegotiation negotiation =
        new PublishNegotiation(MediaCapabilities.standard(), Locals.LOCAL, 7);
    String[] offers = new String(input, StandardCharsets.UTF_8).split("\0", MAX_OFFERS);
    for (String offer : offers) {
      PublishAnswer answer;
      try {
        answer = negotiation.answer(offer, () -> RESTARTED);
      } catch (NegotiationException refused) {
        assertThat(refused).hasMessageNotContaining("\n");
        continue;
      }
      check(SessionDescription.parse(offer), answer);
    }
  }

  private static void check(SessionDescription offer, PublishAnswer answer) throws SdpException {
    SessionDescription answered = SessionDescription.parse(answer.sdp());
    assertThat(answered.iceLite()).isTrue();
    assertThat(mids(answered)).isEqualTo(mids(offer));
    assertThat(answered.bundle()).isSubsetOf(offer.bundle());
    Set<String> published = new HashSet<>();
    for (PublishedSection section : answer.sections()) {
      assertThat(published.add(section.mid())).isTrue();
      assertThat(answered.bundle()).contains(section.mid());
    }
    answer.endedMids().forEach(mid -> assertThat(published).doesNotContain(mid));
    for (int i = 0; i < offer.media().size(); i++) {
      MediaSection asked = offer.media().get(i);
      MediaSection given = answered.media().get(i);
      assertThat(given.type()).isEqualTo(asked.type());
      if (asked.rejected()) {
        assertThat(given.rejected()).isTrue();
      }
      if (!given.rejected()) {
        // RFC 3264 §6.1: the formats of an answer are some of the offer's
        assertThat(given.formats()).isSubsetOf(asked.formats());
      }
    }
  }

  private static List<String> mids(SessionDescription description) {
    return description.media().stream().map(MediaSection::mid).toList();
  }
}
