package dev.sluice.transport.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings the rtpmap, fmtp and rtcp-fb lines of one section together by payload type. */
final class FormatLines {
  private static final int MAX_FEEDBACK = 32;

  private static final class Format {
    String name = "";
    int clockRateHz;
    int channels = 1;
    String parameters = "";
    final List<String> feedback = new ArrayList<>();
  }

  /** In the order of the m-line, which is the order of preference. */
  private final Map<Integer, Format> formats = new LinkedHashMap<>();

  private final List<String> feedbackOfAll = new ArrayList<>();

  void declare(SdpLine line, String text) throws SdpException {
    if (formats.putIfAbsent(payloadType(line, text), new Format()) != null) {
      throw line.error("payload type " + text + " twice");
    }
  }

  /**
   * Takes the line if it is of a format. Lines of a payload type that the m-line lacks are skipped:
   * edited descriptions leave such behind.
   */
  boolean accept(SdpLine line) throws SdpException {
    switch (line.attribute()) {
      case "rtpmap" -> rtpmap(line, line.fields(2));
      case "fmtp" -> {
        Format format = formats.get(payloadType(line, line.fields(2).getFirst()));
        if (format != null) {
          format.parameters = rest(line);
        }
      }
      case "rtcp-fb" -> feedback(line);
      default -> {
        return false;
      }
    }
    return true;
  }

  void addTo(MediaSectionBuilder section) {
    formats.forEach(
        (payloadType, format) -> {
          if (!format.name.isEmpty()) {
            format.feedback.addAll(feedbackOfAll);
            section.codec(
                new Codec(
                    payloadType,
                    format.name,
                    format.clockRateHz,
                    format.channels,
                    format.parameters,
                    format.feedback));
          }
        });
  }

  private void rtpmap(SdpLine line, List<String> fields) throws SdpException {
    Format format = formats.get(payloadType(line, fields.get(0)));
    if (format == null) {
      return;
    }
    String[] encoding = fields.get(1).split("/", 3);
    if (encoding.length < 2) {
      throw line.error("the clock rate is missing");
    }
    format.name = line.token("the encoding name", encoding[0]);
    format.clockRateHz = line.number("the clock rate", encoding[1], 1, 10_000_000);
    format.channels =
        encoding.length == 3 ? line.number("the number of channels", encoding[2], 1, 255) : 1;
  }

  private void feedback(SdpLine line) throws SdpException {
    String payloadType = line.fields(2).getFirst();
    List<String> feedback = feedbackOfAll;
    if (!payloadType.equals("*")) {
      Format format = formats.get(payloadType(line, payloadType));
      if (format == null) {
        return;
      }
      feedback = format.feedback;
    }
    if (feedback.size() == MAX_FEEDBACK) {
      throw line.error("more than %d for one format".formatted(MAX_FEEDBACK));
    }
    feedback.add(rest(line));
  }

  private static int payloadType(SdpLine line, String text) throws SdpException {
    return line.number("the payload type", text, 0, 127);
  }

  private static String rest(SdpLine line) {
    String text = line.value().strip();
    return text.substring(text.indexOf(' ') + 1).strip();
  }
}
