package dev.sluice.transport.sdp;

import java.util.List;

/** Writes descriptions in the order of lines that browsers use. */
final class SdpWriter {
  private final StringBuilder out = new StringBuilder(4096);

  String write(SessionDescription description) {
    line("v=0");
    line(
        "o=- %d %d IN IP4 127.0.0.1"
            .formatted(description.origin().sessionId(), description.origin().version()));
    line("s=-");
    line("t=0 0");
    lineIf(description.iceLite(), "a=ice-lite");
    lineIf(description.extmapAllowMixed(), "a=extmap-allow-mixed");
    if (!description.bundle().isEmpty()) {
      line("a=group:BUNDLE " + String.join(" ", description.bundle()));
    }
    description.media().forEach(this::section);
    return out.toString();
  }

  private void section(MediaSection section) {
    line(
        "m=%s %d %s %s"
            .formatted(
                section.media(),
                section.port(),
                section.protocol(),
                String.join(" ", section.formats())));
    line("c=IN IP4 0.0.0.0");
    transport(section);
    lineIf(!section.mid().isEmpty(), "a=mid:" + section.mid());
    lineIf(section.bundleOnly(), "a=bundle-only");
    line("a=" + section.direction().token());
    section
        .msid()
        .ifPresent(msid -> line(("a=msid:" + msid.stream() + " " + msid.track()).strip()));
    lineIf(section.rtcpMux(), "a=rtcp-mux");
    lineIf(section.rtcpReducedSize(), "a=rtcp-rsize");
    section.extensions().forEach(this::extension);
    section.codecs().forEach(this::codec);
    layers(section);
    sources(section);
    section.candidates().forEach(this::candidate);
    lineIf(section.endOfCandidates(), "a=end-of-candidates");
  }

  private void transport(MediaSection section) {
    TransportDescription transport = section.transport();
    transport.iceUsernameFragment().ifPresent(ufrag -> line("a=ice-ufrag:" + ufrag));
    transport.icePassword().ifPresent(password -> line("a=ice-pwd:" + password));
    if (!transport.iceOptions().isEmpty()) {
      line("a=ice-options:" + String.join(" ", transport.iceOptions()));
    }
    for (Fingerprint fingerprint : transport.fingerprints()) {
      line("a=fingerprint:" + fingerprint.algorithm() + " " + fingerprint.value());
    }
    transport.setup().ifPresent(setup -> line("a=setup:" + setup.token()));
  }

  private void extension(HeaderExtension extension) {
    String direction = extension.direction().map(value -> "/" + value.token()).orElse("");
    line("a=extmap:" + extension.id() + direction + " " + extension.uri());
  }

  private void codec(Codec codec) {
    String channels = codec.channels() == 1 ? "" : "/" + codec.channels();
    line(
        "a=rtpmap:%d %s/%d%s"
            .formatted(codec.payloadType(), codec.name(), codec.clockRateHz(), channels));
    for (String feedback : codec.feedback()) {
      line("a=rtcp-fb:" + codec.payloadType() + " " + feedback);
    }
    lineIf(
        !codec.parameters().isEmpty(), "a=fmtp:" + codec.payloadType() + " " + codec.parameters());
  }

  private void layers(MediaSection section) {
    for (Rid rid : section.rids()) {
      line("a=rid:" + rid.id() + (rid.send() ? " send" : " recv"));
    }
    StringBuilder simulcast = new StringBuilder();
    appendLayers(simulcast, " send ", section.simulcast().send());
    appendLayers(simulcast, " recv ", section.simulcast().receive());
    lineIf(!simulcast.isEmpty(), "a=simulcast:" + simulcast.toString().strip());
  }

  private static void appendLayers(StringBuilder line, String direction, List<String> rids) {
    if (!rids.isEmpty()) {
      line.append(direction).append(String.join(";", rids));
    }
  }

  private void sources(MediaSection section) {
    for (SourceGroup group : section.sourceGroups()) {
      StringBuilder line = new StringBuilder("a=ssrc-group:").append(group.semantics());
      group.ssrcs().forEach(ssrc -> line.append(' ').append(Integer.toUnsignedString(ssrc)));
      line(line.toString());
    }
    for (Source source : section.sources()) {
      String ssrc = Integer.toUnsignedString(source.ssrc());
      source.cname().ifPresent(cname -> line("a=ssrc:" + ssrc + " cname:" + cname));
    }
  }

  private void candidate(Candidate candidate) {
    line(
        "a=candidate:%s %d %s %d %s %d typ %s"
            .formatted(
                candidate.foundation(),
                candidate.component(),
                candidate.protocol(),
                candidate.priority(),
                candidate.address(),
                candidate.port(),
                candidate.type()));
  }

  private void lineIf(boolean present, String text) {
    if (present) {
      line(text);
    }
  }

  private void line(String text) {
    out.append(text).append("\r\n");
  }
}
