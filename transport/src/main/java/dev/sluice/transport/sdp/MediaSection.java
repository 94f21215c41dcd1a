package dev.sluice.transport.sdp;

import java.util.List;
import java.util.Optional;

/**
 * One m-section. Made by {@link MediaSectionBuilder}.
 *
 * @param media the m-line's medium as written
 * @param port the m-line's port; 0 rejects the section unless it is bundle-only
 * @param protocol for example {@code UDP/TLS/RTP/SAVPF}
 * @param formats the m-line's formats as written: payload types, for media
 * @param mid empty where the section has none
 * @param codecs formats that have an rtpmap, in the m-line's order
 */
public record MediaSection(
    String media,
    int port,
    String protocol,
    List<String> formats,
    String mid,
    Direction direction,
    TransportDescription transport,
    boolean bundleOnly,
    boolean rtcpMux,
    boolean rtcpReducedSize,
    List<Codec> codecs,
    List<HeaderExtension> extensions,
    List<Rid> rids,
    Simulcast simulcast,
    Optional<Msid> msid,
    List<Source> sources,
    List<SourceGroup> sourceGroups,
    List<Candidate> candidates,
    boolean endOfCandidates) {
  public MediaSection {
    formats = List.copyOf(formats);
    codecs = List.copyOf(codecs);
    extensions = List.copyOf(extensions);
    rids = List.copyOf(rids);
    sources = List.copyOf(sources);
    sourceGroups = List.copyOf(sourceGroups);
    candidates = List.copyOf(candidates);
  }

  public MediaType type() {
    return MediaType.ofToken(media);
  }

  /** Whether the section is refused or no longer used (RFC 8829 §5.2.2). */
  public boolean rejected() {
    return port == 0 && !bundleOnly;
  }
}
