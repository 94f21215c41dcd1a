package dev.sluice.router.room;

import dev.sluice.router.live.Endpoint;
import dev.sluice.router.live.MediaKind;
import dev.sluice.router.live.PublishedTrack;
import dev.sluice.router.track.InboundSection;
import dev.sluice.transport.IceCredentials;
import dev.sluice.transport.negotiation.NegotiationException;
import dev.sluice.transport.negotiation.PublishAnswer;
import dev.sluice.transport.negotiation.PublishNegotiation;
import dev.sluice.transport.negotiation.PublishedSection;
import dev.sluice.transport.negotiation.SupportedCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The negotiation of one peer's publish PeerConnection, on one transport. */
final class PublishSide {
  /** A track with the codec that the peer sends it in. */
  record Agreed(PublishedTrack track, SupportedCodec codec) {}

  private record StreamMedium(String streamId, MediaKind kind) {}

  private final long generation;
  private final PublishNegotiation negotiation;
  private String fingerprint = "";

  PublishSide(Endpoint endpoint, NegotiationSettings settings) {
    generation = endpoint.generation();
    negotiation =
        new PublishNegotiation(
            settings.capabilities(),
            settings.local(endpoint.credentials()),
            settings.newSdpSessionId());
  }

  boolean isOn(Endpoint endpoint) {
    return generation == endpoint.generation();
  }

  /**
   * Answers an offer; what was agreed before stays in force when it is refused.
   *
   * @param restartIce makes new local credentials, for an offer with which the peer restarts ICE
   */
  PublishAnswer answer(String sdp, Supplier<IceCredentials> restartIce)
      throws NegotiationException {
    PublishAnswer answer = negotiation.answer(sdp, restartIce);
    fingerprint = answer.remote().fingerprint();
    return answer;
  }

  /**
   * Whether an offer has the certificate that was agreed on. A client that has replaced its
   * PeerConnection has another one, and needs a new DTLS association.
   */
  boolean isOfSamePeerConnection(String sdp) {
    return sdp.toUpperCase(Locale.ROOT).contains(fingerprint);
  }

  /** The tracks of an answer: one per stream and medium, the first where an offer names more. */
  static List<Agreed> tracks(PublishAnswer answer, List<OfferedTrack> offered) {
    Map<String, String> streamByMid = new HashMap<>();
    for (OfferedTrack track : offered) {
      streamByMid.put(track.mid(), track.streamId());
    }
    Set<StreamMedium> seen = new HashSet<>();
    List<Agreed> tracks = new ArrayList<>();
    for (PublishedSection section : answer.sections()) {
      String streamId = streamByMid.get(section.mid());
      if (streamId != null
          && seen.add(new StreamMedium(streamId, Sections.kind(section.codec())))) {
        tracks.add(new Agreed(track(streamId, section), section.codec()));
      }
    }
    return tracks;
  }

  private static PublishedTrack track(String streamId, PublishedSection section) {
    return new PublishedTrack(
        streamId,
        Sections.kind(section.codec()),
        section.codec().name(),
        new InboundSection(
            section.mid(),
            Sections.video(section.codec()),
            section.payloadType(),
            section.rtxPayloadType(),
            section.redPayloadType(),
            section.codec().clockRateHz(),
            Sections.extensionIds(section.extensionIds()),
            section.rids(),
            section.ssrcs(),
            section.rtxSsrcs()),
        section.feedback().contains("nack"));
  }
}
