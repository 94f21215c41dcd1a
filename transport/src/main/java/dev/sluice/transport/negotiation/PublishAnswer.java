package dev.sluice.transport.negotiation;

import dev.sluice.transport.RemoteParameters;
import java.util.List;

/**
 * What came of a client's offer.
 *
 * @param sdp the answer
 * @param sections where the client sends, in the order of the offer
 * @param endedMids sections that sent until now and don't any more
 */
public record PublishAnswer(
    String sdp, RemoteParameters remote, List<PublishedSection> sections, List<String> endedMids) {
  public PublishAnswer {
    sections = List.copyOf(sections);
    endedMids = List.copyOf(endedMids);
  }
}
