package dev.sluice.bench;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The little that a load generator needs of SDP. */
final class Sdp {
  static final int OPUS = 111;
  static final int VP8 = 96;
  static final int AUDIO_SSRC = 1001;
  static final int VIDEO_SSRC = 2001;
  static final int TRANSPORT_SEQUENCE_EXTENSION = 3;

  private static final Pattern UFRAG = Pattern.compile("a=ice-ufrag:(\\S+)");
  private static final Pattern PWD = Pattern.compile("a=ice-pwd:(\\S+)");
  private static final Pattern FINGERPRINT = Pattern.compile("a=fingerprint:sha-256 (\\S+)");
  private static final String TRANSPORT_SEQUENCE_URI =
      "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
  private static final Pattern TRANSPORT_SEQUENCE =
      Pattern.compile("a=extmap:(\\d+)\\S* " + Pattern.quote(TRANSPORT_SEQUENCE_URI));
  private static final Pattern CANDIDATE =
      Pattern.compile("a=candidate:\\S+ 1 udp \\d+ (\\S+) (\\d+) typ host");

  private Sdp() {}

  /** An offer that sends one Opus track with mid 0 and one VP8 track with mid 1. */
  static String publishOffer(String fingerprint) {
    List<String> lines = new ArrayList<>();
    lines.addAll(List.of("v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0 1"));
    section(lines, "audio", OPUS, 0, fingerprint);
    lines.addAll(
        List.of(
            "a=rtpmap:111 opus/48000/2",
            "a=rtcp-fb:111 transport-cc",
            "a=fmtp:111 minptime=10;useinbandfec=1",
            "a=ssrc:" + AUDIO_SSRC + " cname:load"));
    section(lines, "video", VP8, 1, fingerprint);
    lines.add("a=rtpmap:96 VP8/90000");
    for (String feedback : List.of("transport-cc", "ccm fir", "nack", "nack pli")) {
      lines.add("a=rtcp-fb:96 " + feedback);
    }
    lines.add("a=ssrc:" + VIDEO_SSRC + " cname:load");
    return String.join("\r\n", lines) + "\r\n";
  }

  private static void section(
      List<String> lines, String media, int payloadType, int mid, String fingerprint) {
    lines.addAll(
        List.of(
            "m=%s 9 UDP/TLS/RTP/SAVPF %d".formatted(media, payloadType),
            "c=IN IP4 0.0.0.0",
            "a=ice-ufrag:" + MediaPeer.UFRAG,
            "a=ice-pwd:" + MediaPeer.PASSWORD,
            "a=fingerprint:sha-256 " + fingerprint,
            "a=setup:actpass",
            "a=mid:" + mid,
            "a=extmap:%d %s".formatted(TRANSPORT_SEQUENCE_EXTENSION, TRANSPORT_SEQUENCE_URI),
            "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid",
            "a=sendonly",
            "a=rtcp-mux",
            "a=rtcp-rsize"));
  }

  /** An answer that takes everything an offer has. */
  static String subscribeAnswer(String offer, String fingerprint) {
    List<String> lines = new ArrayList<>();
    for (String line : offer.split("\r\n")) {
      if (line.startsWith("a=candidate")
          || line.startsWith("a=end-of-candidates")
          || line.startsWith("a=ssrc")
          || line.startsWith("a=msid")
          || line.equals("a=ice-lite")) {
        continue;
      }
      lines.add(answered(line, fingerprint));
    }
    return String.join("\r\n", lines) + "\r\n";
  }

  private static String answered(String line, String fingerprint) {
    if (line.startsWith("a=ice-ufrag")) {
      return "a=ice-ufrag:" + MediaPeer.UFRAG;
    }
    if (line.startsWith("a=ice-pwd")) {
      return "a=ice-pwd:" + MediaPeer.PASSWORD;
    }
    if (line.startsWith("a=fingerprint")) {
      return "a=fingerprint:sha-256 " + fingerprint;
    }
    if (line.startsWith("a=setup")) {
      return "a=setup:active";
    }
    return line.equals("a=sendonly") ? "a=recvonly" : line;
  }

  static String ufrag(String sdp) {
    return first(UFRAG, sdp).group(1);
  }

  static String password(String sdp) {
    return first(PWD, sdp).group(1);
  }

  static String fingerprint(String sdp) {
    return first(FINGERPRINT, sdp).group(1).toUpperCase(Locale.ROOT);
  }

  /** The id of the transport-wide sequence number. */
  static int transportSequenceId(String sdp) {
    return Integer.parseInt(first(TRANSPORT_SEQUENCE, sdp).group(1));
  }

  /** The first candidate. */
  static InetSocketAddress candidate(String sdp) {
    Matcher matcher = first(CANDIDATE, sdp);
    return new InetSocketAddress(
        InetAddress.ofLiteral(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  private static Matcher first(Pattern pattern, String sdp) {
    Matcher matcher = pattern.matcher(sdp);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no %s in %s".formatted(pattern, sdp));
    }
    return matcher;
  }
}
