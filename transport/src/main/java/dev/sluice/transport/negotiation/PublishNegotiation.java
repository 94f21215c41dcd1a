package dev.sluice.transport.negotiation;

import dev.sluice.transport.RemoteParameters;
import dev.sluice.transport.sdp.MediaSection;
import dev.sluice.transport.sdp.MediaSectionBuilder;
import dev.sluice.transport.sdp.MediaType;
import dev.sluice.transport.sdp.Origin;
import dev.sluice.transport.sdp.SdpException;
import dev.sluice.transport.sdp.SessionDescription;
import dev.sluice.transport.sdp.Setup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The client's publish PeerConnection: it offers, we answer (RFC 8829 §5.3) as an ICE-lite agent
 * and DTLS server, everything in one BUNDLE. Not thread-safe: one owner.
 */
public final class PublishNegotiation {
  private final MediaCapabilities capabilities;
  private final LocalParameters local;
  private final long sdpSessionId;
  private long version;
  private List<MediaSection> lastAnswer = List.of();
  private Set<String> sendingMids = Set.of();
  private @Nullable RemoteParameters remote;

  /**
   * @param sdpSessionId of the o= line, 0 to 2^63-1
   */
  public PublishNegotiation(
      MediaCapabilities capabilities, LocalParameters local, long sdpSessionId) {
    this.capabilities = capabilities;
    this.local = local;
    this.sdpSessionId = sdpSessionId;
  }

  /**
   * Answers the first or a later offer. Data channels are rejected.
   *
   * @throws NegotiationException with {@link Refusal.InvalidSdp} or {@link
   *     Refusal.UnsupportedMedia}; the last answer stays in force
   */
  public PublishAnswer answer(String sdp) throws NegotiationException {
    SessionDescription offer;
    try {
      offer = SessionDescription.parse(sdp);
    } catch (SdpException unreadable) {
      throw new NegotiationException(unreadable);
    }
    checkContinuity(offer);
    RemoteParameters offeredRemote = remoteOf(offer);
    LocalSections sections = LocalSections.ofAnswer(local, Setup.PASSIVE);
    List<MediaSection> answered = new ArrayList<>();
    List<PublishedSection> published = new ArrayList<>();
    for (MediaSection section : offer.media()) {
      answered.add(answer(section, offer, sections, published));
    }
    checkExtensionIds(published);
    List<String> bundle =
        answered.stream().filter(part -> !part.rejected()).map(MediaSection::mid).toList();
    Origin origin = new Origin(sdpSessionId, version + 1);
    String text =
        new SessionDescription(origin, true, offer.extmapAllowMixed(), bundle, answered).write();

    version++;
    lastAnswer = answered;
    remote = offeredRemote;
    Set<String> nowSending = new LinkedHashSet<>();
    published.forEach(section -> nowSending.add(section.mid()));
    List<String> ended = sendingMids.stream().filter(mid -> !nowSending.contains(mid)).toList();
    sendingMids = nowSending;
    return new PublishAnswer(text, offeredRemote, published, ended);
  }

  private MediaSection answer(
      MediaSection offer,
      SessionDescription description,
      LocalSections sections,
      List<PublishedSection> published)
      throws NegotiationException {
    if (offer.type() == MediaType.OTHER || offer.rejected()) {
      return rejected(offer);
    }
    if (!offer.rtcpMux() || !description.bundle().contains(offer.mid())) {
      throw NegotiationException.invalid(
          "m-section %s: a=rtcp-mux and a place in the BUNDLE group are needed"
              .formatted(offer.mid()));
    }
    OfferedSection offered = new OfferedSection(offer, capabilities);
    Optional<PublishedSection> agreed = offered.agreed();
    if (agreed.isEmpty()) {
      return rejected(offer);
    }
    if (offered.sends()) {
      published.add(agreed.get());
    }
    MediaSectionBuilder answer = sections.bundled(offer.media(), offer.protocol(), offer.mid());
    offered.answer(agreed.get(), answer);
    return answer.build();
  }

  private static MediaSection rejected(MediaSection offer) {
    return LocalSections.rejected(offer.media(), offer.protocol(), offer.mid(), offer.formats())
        .build();
  }

  /**
   * RFC 8829 §5.2.2: sections stay where they are, and keep their mid unless they were rejected.
   */
  private void checkContinuity(SessionDescription offer) throws NegotiationException {
    if (offer.media().size() < lastAnswer.size()) {
      throw NegotiationException.invalid(
          "%d m-sections after %d".formatted(offer.media().size(), lastAnswer.size()));
    }
    for (MediaSection section : offer.media()) {
      if (section.mid().isEmpty()) {
        throw NegotiationException.invalid("an m-section lacks a=mid");
      }
    }
    for (int i = 0; i < lastAnswer.size(); i++) {
      MediaSection last = lastAnswer.get(i);
      MediaSection now = offer.media().get(i);
      if (!last.rejected() && !(now.mid().equals(last.mid()) && now.media().equals(last.media()))) {
        throw NegotiationException.invalid(
            "m-section %s has become %s %s".formatted(last.mid(), now.media(), now.mid()));
      }
    }
  }

  private RemoteParameters remoteOf(SessionDescription offer) throws NegotiationException {
    Optional<RemoteParameters> offered = RemoteTransport.of(offer);
    if (remote == null) {
      return offered.orElseThrow(
          () -> NegotiationException.invalid("no m-section is in a BUNDLE group"));
    }
    // The DTLS association outlives the offers: a new certificate would need a new transport.
    if (offered.isPresent() && !offered.get().fingerprint().equals(remote.fingerprint())) {
      throw NegotiationException.invalid("a=fingerprint has changed since the first offer");
    }
    return offered.orElse(remote);
  }

  /** RFC 9143 §12: in one BUNDLE group an id means one extension. */
  private static void checkExtensionIds(List<PublishedSection> sections)
      throws NegotiationException {
    Map<Integer, String> uris = new HashMap<>();
    for (PublishedSection section : sections) {
      for (Map.Entry<String, Integer> extension : section.extensionIds().entrySet()) {
        String known = uris.putIfAbsent(extension.getValue(), extension.getKey());
        if (known != null && !known.equals(extension.getKey())) {
          throw NegotiationException.invalid(
              "header extension id %d means %s and %s"
                  .formatted(extension.getValue(), known, extension.getKey()));
        }
      }
    }
  }
}
