package dev.sluice.transport.negotiation;

import dev.sluice.transport.IceCredentials;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The client's publish PeerConnection: it offers, we answer (RFC 8829 §5.3) as an ICE-lite agent
 * and DTLS server, everything in one BUNDLE. Not thread-safe: one owner.
 */
public final class PublishNegotiation {
  /** A section of an offer; nothing is agreed in one that we reject. */
  private record Part(
      MediaSection section, OfferedSection offered, Optional<PublishedSection> agreed) {}

  private final MediaCapabilities capabilities;
  private final long sdpSessionId;
  private LocalParameters local;
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
   * @param newCredentials asked once for new local credentials when the offer restarts ICE and
   *     nothing else is wrong with it (RFC 8839 §4.4.1.2); what it throws is passed on, and the
   *     last answer then stays in force
   * @throws NegotiationException with {@link Refusal.InvalidSdp} or {@link
   *     Refusal.UnsupportedMedia}; the last answer stays in force
   */
  public PublishAnswer answer(String sdp, Supplier<IceCredentials> newCredentials)
      throws NegotiationException {
    SessionDescription offer;
    try {
      offer = SessionDescription.parse(sdp);
    } catch (SdpException unreadable) {
      throw new NegotiationException(unreadable);
    }
    checkContinuity(offer);
    RemoteParameters offeredRemote = remoteOf(offer);
    List<Part> parts = new ArrayList<>();
    for (MediaSection section : offer.media()) {
      parts.add(agree(section, offer));
    }
    List<PublishedSection> published = sending(parts);
    checkExtensionIds(published);
    if (restartsIce(offeredRemote)) {
      local = local.with(newCredentials.get());
    }
    LocalSections sections = new LocalSections(local, Setup.PASSIVE);
    List<MediaSection> answered = parts.stream().map(part -> answer(part, sections)).toList();
    List<String> bundle =
        answered.stream().filter(part -> !part.rejected()).map(MediaSection::mid).toList();
    Origin origin = new Origin(sdpSessionId, ++version);
    String text =
        new SessionDescription(origin, true, offer.extmapAllowMixed(), bundle, answered).write();

    lastAnswer = answered;
    remote = offeredRemote;
    Set<String> nowSending = new LinkedHashSet<>();
    published.forEach(section -> nowSending.add(section.mid()));
    List<String> ended = sendingMids.stream().filter(mid -> !nowSending.contains(mid)).toList();
    sendingMids = nowSending;
    return new PublishAnswer(text, offeredRemote, published, ended);
  }

  private Part agree(MediaSection section, SessionDescription offer) throws NegotiationException {
    OfferedSection offered = new OfferedSection(section, capabilities);
    if (section.type() == MediaType.OTHER || section.rejected()) {
      return new Part(section, offered, Optional.empty());
    }
    if (!section.rtcpMux() || !offer.bundle().contains(section.mid())) {
      throw NegotiationException.invalid(
          "m-section %s: a=rtcp-mux and a place in the BUNDLE group are needed"
              .formatted(section.mid()));
    }
    return new Part(section, offered, offered.agreed());
  }

  private static List<PublishedSection> sending(List<Part> parts) {
    return parts.stream()
        .filter(part -> part.offered().sends())
        .flatMap(part -> part.agreed().stream())
        .toList();
  }

  private static MediaSection answer(Part part, LocalSections sections) {
    MediaSection offer = part.section();
    if (part.agreed().isEmpty()) {
      return rejected(offer);
    }
    MediaSectionBuilder answer = sections.bundled(offer.media(), offer.protocol(), offer.mid());
    part.offered().answer(part.agreed().get(), answer);
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

  private boolean restartsIce(RemoteParameters offered) {
    return remote != null && !offered.credentials().equals(remote.credentials());
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
