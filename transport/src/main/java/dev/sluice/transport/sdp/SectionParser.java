package dev.sluice.transport.sdp;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the lines of one m-section. */
final class SectionParser {
  private static final int MAX_RIDS = 32;
  private static final int MAX_SOURCES = 256;
  private static final int MAX_SOURCE_GROUPS = 128;
  private static final int MAX_CANDIDATES = 256;

  private final MediaSectionBuilder section;
  private final FormatLines formats = new FormatLines();
  private final TransportLines transport = new TransportLines();
  private final Set<Integer> extensionIds = new HashSet<>();
  private final Set<String> rids = new HashSet<>();
  private final Map<Integer, Optional<String>> cnames = new LinkedHashMap<>();
  private String mid = "";
  private boolean msidSeen;
  private int sourceGroups;
  private int candidates;

  SectionParser(SdpLine line) throws SdpException {
    List<String> fields = line.fields(4);
    String media = line.token("the medium", fields.get(0));
    // RFC 8866 §5.14: "9/2" names a range of ports; WebRTC has none.
    int port = line.number("the port", fields.get(1), 0, 65535);
    List<String> payloadTypes = fields.subList(3, fields.size());
    section = new MediaSectionBuilder(media, port, fields.get(2)).formats(payloadTypes);
    if (MediaType.ofToken(media) != MediaType.OTHER) {
      for (String payloadType : payloadTypes) {
        formats.declare(line, payloadType);
      }
    }
  }

  void attribute(SdpLine line) throws SdpException {
    if (formats.accept(line) || transport.accept(line)) {
      return;
    }
    switch (line.attribute()) {
      case "mid" -> {
        mid = line.token("the mid", line.value());
        section.mid(mid);
      }
      case "sendrecv", "sendonly", "recvonly", "inactive" ->
          section.direction(line.choice(Direction.class, line.attribute()));
      case "rtcp-mux" -> section.rtcpMux(true);
      case "rtcp-rsize" -> section.rtcpReducedSize(true);
      case "bundle-only" -> section.bundleOnly(true);
      case "end-of-candidates" -> section.endOfCandidates(true);
      case "extmap" -> extension(line, line.fields(2));
      case "rid" -> rid(line, line.fields(2));
      case "simulcast" -> section.simulcast(simulcast(line, line.fields(2)));
      case "msid" -> msid(line.fields(1));
      case "ssrc" -> source(line, line.fields(1));
      case "ssrc-group" -> sourceGroup(line, line.fields(2));
      case "candidate" -> candidate(line, line.fields(8));
      default -> {}
    }
  }

  String mid() {
    return mid;
  }

  MediaSection build(TransportDescription session) {
    formats.addTo(section);
    cnames.forEach((ssrc, cname) -> section.source(new Source(ssrc, cname)));
    return section.transport(transport.build().orElse(session)).build();
  }

  private void extension(SdpLine line, List<String> fields) throws SdpException {
    String[] idAndDirection = fields.get(0).split("/", 2);
    int id = line.number("the id", idAndDirection[0], 1, 255);
    if (!extensionIds.add(id)) {
      throw line.error("id %d twice".formatted(id));
    }
    Optional<Direction> direction =
        idAndDirection.length == 1
            ? Optional.empty()
            : Optional.of(line.choice(Direction.class, idAndDirection[1]));
    section.extension(new HeaderExtension(id, direction, fields.get(1)));
  }

  private void rid(SdpLine line, List<String> fields) throws SdpException {
    String id = ridId(line, fields.get(0));
    if (!rids.add(id)) {
      throw line.error("rid twice");
    }
    if (rids.size() > MAX_RIDS) {
      throw line.error("more than %d rids".formatted(MAX_RIDS));
    }
    switch (fields.get(1)) {
      case "send" -> section.rid(new Rid(id, true));
      case "recv" -> section.rid(new Rid(id, false));
      default -> throw line.error("neither send nor recv");
    }
  }

  private static Simulcast simulcast(SdpLine line, List<String> fields) throws SdpException {
    List<String> send = List.of();
    List<String> receive = List.of();
    for (int i = 0; i + 1 < fields.size(); i += 2) {
      List<String> layers = layers(line, fields.get(i + 1));
      switch (fields.get(i)) {
        case "send" -> send = layers;
        case "recv" -> receive = layers;
        default -> throw line.error("neither send nor recv");
      }
    }
    return new Simulcast(send, receive);
  }

  private static List<String> layers(SdpLine line, String text) throws SdpException {
    String[] layers = text.split(";", -1);
    if (layers.length > MAX_RIDS) {
      throw line.error("more than %d layers".formatted(MAX_RIDS));
    }
    for (int i = 0; i < layers.length; i++) {
      String first = layers[i].split(",", 2)[0];
      layers[i] = ridId(line, first.startsWith("~") ? first.substring(1) : first);
    }
    if (new HashSet<>(List.of(layers)).size() != layers.length) {
      throw line.error("a layer twice");
    }
    return List.of(layers);
  }

  /** RFC 8851 §10, and no longer than a header extension element can be (RFC 8285 §4.3). */
  private static String ridId(SdpLine line, String text) throws SdpException {
    if (!text.matches("[A-Za-z0-9_-]{1,255}")) {
      throw line.error("a rid is 1 to 255 letters, digits, - or _");
    }
    return text;
  }

  private void msid(List<String> fields) {
    // A track of several streams has several lines; the first stream is the one that counts here.
    if (!msidSeen) {
      msidSeen = true;
      section.msid(new Msid(fields.get(0), fields.size() > 1 ? fields.get(1) : ""));
    }
  }

  private void source(SdpLine line, List<String> fields) throws SdpException {
    int ssrc = ssrc(line, fields.get(0));
    cnames.putIfAbsent(ssrc, Optional.empty());
    if (cnames.size() > MAX_SOURCES) {
      throw line.error("more than %d sources".formatted(MAX_SOURCES));
    }
    if (fields.size() > 1 && fields.get(1).startsWith("cname:")) {
      cnames.put(ssrc, Optional.of(fields.get(1).substring("cname:".length())));
    }
  }

  private void sourceGroup(SdpLine line, List<String> fields) throws SdpException {
    if (++sourceGroups > MAX_SOURCE_GROUPS || fields.size() > MAX_RIDS) {
      throw line.error("more groups or members than allowed");
    }
    Integer[] members = new Integer[fields.size() - 1];
    for (int i = 0; i < members.length; i++) {
      members[i] = ssrc(line, fields.get(i + 1));
    }
    String semantics = line.token("the meaning", fields.get(0));
    section.sourceGroup(new SourceGroup(semantics, List.of(members)));
  }

  private static int ssrc(SdpLine line, String text) throws SdpException {
    return (int) line.longNumber("the SSRC", text, 0, 0xFFFF_FFFFL);
  }

  private void candidate(SdpLine line, List<String> fields) throws SdpException {
    if (++candidates > MAX_CANDIDATES) {
      throw line.error("more than %d candidates".formatted(MAX_CANDIDATES));
    }
    if (!fields.get(6).equals("typ")) {
      throw line.error("the type is missing");
    }
    section.candidate(
        new Candidate(
            fields.get(0),
            line.number("the component", fields.get(1), 1, 256),
            fields.get(2),
            line.longNumber("the priority", fields.get(3), 0, 0xFFFF_FFFFL),
            fields.get(4),
            line.number("the port", fields.get(5), 0, 65535),
            fields.get(7)));
  }
}
