package dev.sluice.transport.sdp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a description line by line. One use. */
final class SdpParser {
  static final int MAX_CHARACTERS = 512 * 1024;
  static final int MAX_LINE = 4096;
  static final int MAX_SECTIONS = 512;

  private final List<SectionParser> sections = new ArrayList<>();
  private final Set<String> mids = new HashSet<>();
  private final TransportLines transport = new TransportLines();
  private @Nullable SectionParser section;
  private @Nullable Origin origin;
  private List<String> bundle = List.of();
  private boolean iceLite;
  private boolean extmapAllowMixed;

  SessionDescription parse(String sdp) throws SdpException {
    if (sdp.length() > MAX_CHARACTERS) {
      throw new SdpException(0, "longer than %d characters".formatted(MAX_CHARACTERS));
    }
    int number = 0;
    int start = 0;
    while (start < sdp.length()) {
      int newline = sdp.indexOf('\n', start);
      int end = newline < 0 ? sdp.length() : newline;
      int next = end + 1;
      if (end > start && sdp.charAt(end - 1) == '\r') {
        end--;
      }
      line(++number, sdp.substring(start, end));
      start = next;
    }
    closeSection();
    if (origin == null) {
      throw new SdpException(0, "no o= line");
    }
    TransportDescription session = transport.build();
    List<MediaSection> media = sections.stream().map(parser -> parser.build(session)).toList();
    return new SessionDescription(origin, iceLite, extmapAllowMixed, bundle, media);
  }

  private void line(int number, String text) throws SdpException {
    if (text.length() > MAX_LINE) {
      throw new SdpException(number, "longer than %d characters".formatted(MAX_LINE));
    }
    if (text.length() < 2 || text.charAt(1) != '=') {
      throw new SdpException(number, "a letter and = are needed");
    }
    if (text.chars().anyMatch(c -> c < ' ' && c != '\t')) {
      throw new SdpException(number, "a control character");
    }
    if (number == 1 && !text.equals("v=0")) {
      throw new SdpException(number, "v=0 is needed");
    }
    SdpLine line = SdpLine.of(number, text);
    switch (line.type()) {
      case 'o' -> origin = origin(line);
      case 'm' -> openSection(line);
      case 'a' -> {
        if (section == null) {
          sessionAttribute(line);
        } else {
          section.attribute(line);
        }
      }
      default -> {}
    }
  }

  private static Origin origin(SdpLine line) throws SdpException {
    List<String> fields = line.fields(6);
    return new Origin(
        line.longNumber("the session id", fields.get(1), 0, Long.MAX_VALUE),
        line.longNumber("the version", fields.get(2), 0, Long.MAX_VALUE));
  }

  private void openSection(SdpLine line) throws SdpException {
    closeSection();
    if (sections.size() == MAX_SECTIONS) {
      throw line.error("more than %d sections".formatted(MAX_SECTIONS));
    }
    section = new SectionParser(line);
    sections.add(section);
  }

  private void closeSection() throws SdpException {
    if (section != null && !section.mid().isEmpty() && !mids.add(section.mid())) {
      throw new SdpException(0, "two sections have the same mid");
    }
  }

  private void sessionAttribute(SdpLine line) throws SdpException {
    if (transport.accept(line)) {
      return;
    }
    switch (line.attribute()) {
      case "ice-lite" -> iceLite = true;
      case "extmap-allow-mixed" -> extmapAllowMixed = true;
      case "group" -> {
        List<String> fields = line.fields(1);
        if (fields.getFirst().equals("BUNDLE") && bundle.isEmpty()) {
          bundle = fields.subList(1, fields.size());
        }
      }
      default -> {}
    }
  }
}
