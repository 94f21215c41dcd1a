package dev.sluice.transport.sdp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Collects the parts of a {@link MediaSection}; what is not set is absent. */
public final class MediaSectionBuilder {
  private final String media;
  private final int port;
  private final String protocol;
  private final List<String> formats = new ArrayList<>();
  private final List<Codec> codecs = new ArrayList<>();
  private final List<HeaderExtension> extensions = new ArrayList<>();
  private final List<Rid> rids = new ArrayList<>();
  private final List<Source> sources = new ArrayList<>();
  private final List<SourceGroup> sourceGroups = new ArrayList<>();
  private final List<Candidate> candidates = new ArrayList<>();
  private String mid = "";
  // RFC 8866 §6.7: a section without a direction is sendrecv.
  private Direction direction = Direction.SENDRECV;
  private TransportDescription transport = TransportDescription.NONE;
  private Simulcast simulcast = Simulcast.NONE;
  private Optional<Msid> msid = Optional.empty();
  private boolean bundleOnly;
  private boolean rtcpMux;
  private boolean rtcpReducedSize;
  private boolean endOfCandidates;

  public MediaSectionBuilder(String media, int port, String protocol) {
    this.media = media;
    this.port = port;
    this.protocol = protocol;
  }

  public MediaSectionBuilder formats(Collection<String> added) {
    formats.addAll(added);
    return this;
  }

  /** Adds the codec and its payload type to the formats. */
  public MediaSectionBuilder offeredCodec(Codec codec) {
    formats.add(Integer.toString(codec.payloadType()));
    return codec(codec);
  }

  MediaSectionBuilder codec(Codec codec) {
    codecs.add(codec);
    return this;
  }

  public MediaSectionBuilder extension(HeaderExtension extension) {
    extensions.add(extension);
    return this;
  }

  public MediaSectionBuilder rid(Rid rid) {
    rids.add(rid);
    return this;
  }

  public MediaSectionBuilder source(Source source) {
    sources.add(source);
    return this;
  }

  public MediaSectionBuilder sourceGroup(SourceGroup group) {
    sourceGroups.add(group);
    return this;
  }

  public MediaSectionBuilder candidate(Candidate candidate) {
    candidates.add(candidate);
    return this;
  }

  public MediaSectionBuilder mid(String value) {
    mid = value;
    return this;
  }

  public MediaSectionBuilder direction(Direction value) {
    direction = value;
    return this;
  }

  public MediaSectionBuilder transport(TransportDescription value) {
    transport = value;
    return this;
  }

  public MediaSectionBuilder simulcast(Simulcast value) {
    simulcast = value;
    return this;
  }

  public MediaSectionBuilder msid(Msid value) {
    msid = Optional.of(value);
    return this;
  }

  public MediaSectionBuilder bundleOnly(boolean value) {
    bundleOnly = value;
    return this;
  }

  public MediaSectionBuilder rtcpMux(boolean value) {
    rtcpMux = value;
    return this;
  }

  public MediaSectionBuilder rtcpReducedSize(boolean value) {
    rtcpReducedSize = value;
    return this;
  }

  public MediaSectionBuilder endOfCandidates(boolean value) {
    endOfCandidates = value;
    return this;
  }

  public MediaSection build() {
    return new MediaSection(
        media,
        port,
        protocol,
        formats,
        mid,
        direction,
        transport,
        bundleOnly,
        rtcpMux,
        rtcpReducedSize,
        codecs,
        extensions,
        rids,
        simulcast,
        msid,
        sources,
        sourceGroups,
        candidates,
        endOfCandidates);
  }
}
