package dev.sluice.transport.negotiation;

import dev.sluice.transport.sdp.Candidate;
import dev.sluice.transport.sdp.Direction;
import dev.sluice.transport.sdp.Fingerprint;
import dev.sluice.transport.sdp.MediaSectionBuilder;
import dev.sluice.transport.sdp.Setup;
import dev.sluice.transport.sdp.TransportDescription;
import java.util.List;
import java.util.Optional;

/** Starts the m-sections of one of our descriptions with what our transport puts in them. */
final class LocalSections {
  static final String PROTOCOL = "UDP/TLS/RTP/SAVPF";

  /** The discard port, since the addresses are in the candidates (RFC 8829 §5.2.1). */
  private static final int PORT = 9;

  private final TransportDescription transport;
  private final List<Candidate> candidates;
  private boolean tagged;

  LocalSections(LocalParameters local, Setup setup) {
    transport =
        new TransportDescription(
            Optional.of(local.credentials().usernameFragment()),
            Optional.of(local.credentials().password()),
            List.of(),
            List.of(new Fingerprint("sha-256", local.fingerprint())),
            Optional.of(setup));
    candidates = LocalCandidates.of(local.candidates());
  }

  /** A section of the BUNDLE group. The first one carries the candidates (RFC 9143 §7.1.3). */
  MediaSectionBuilder bundled(String media, String protocol, String mid) {
    MediaSectionBuilder section =
        new MediaSectionBuilder(media, PORT, protocol)
            .mid(mid)
            .transport(transport)
            .rtcpMux(true)
            .rtcpReducedSize(true);
    if (!tagged) {
      tagged = true;
      candidates.forEach(section::candidate);
      section.endOfCandidates(true);
    }
    return section;
  }

  /** A section outside of the BUNDLE group that carries nothing. */
  static MediaSectionBuilder rejected(
      String media, String protocol, String mid, List<String> formats) {
    return new MediaSectionBuilder(media, 0, protocol)
        .mid(mid)
        .direction(Direction.INACTIVE)
        .formats(formats);
  }
}
