package dev.sluice.router.testkit;

import dev.sluice.rtp.codec.VideoCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Session descriptions as a browser writes them, cut down to what negotiation reads. */
public final class Descriptions {
  /** What an m-section of a publish offer sends. */
  public enum Sends {
    OPUS("opus/48000/2"),
    VP8("VP8/90000"),
    VP8_SIMULCAST("VP8/90000"),
    VP9_SIMULCAST("VP9/90000"),
    H264("H264/90000"),
    AV1_SIMULCAST("AV1/90000"),
    NOTHING_VIDEO("VP8/90000");

    private final String codec;

    Sends(String codec) {
      this.codec = codec;
    }

    VideoCodec video() {
      return VideoCodec.ofEncodingName(codec.substring(0, codec.indexOf('/'))).orElseThrow();
    }

    boolean simulcast() {
      return name().endsWith("SIMULCAST");
    }
  }

  private static final String CREDENTIALS = "a=ice-ufrag:peer";

  private static final Pattern UFRAG = Pattern.compile("a=ice-ufrag:(\\S+)");
  private static final Pattern PASSWORD = Pattern.compile("a=ice-pwd:(\\S+)");
  private static final Pattern FINGERPRINT = Pattern.compile("a=fingerprint:sha-256 (\\S+)");
  private static final Pattern CANDIDATE =
      Pattern.compile("a=candidate:\\S+ 1 udp \\d+ (\\S+) (\\d+) typ host");

  private Descriptions() {}

  /** Chromium's offer of a publish PeerConnection; the mids are 0, 1, … in the order given. */
  public static String publishOffer(String fingerprint, List<Sends> sections) {
    String mids =
        IntStream.range(0, sections.size())
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(" "));
    StringBuilder sdp = new StringBuilder();
    line(sdp, "v=0");
    line(sdp, "o=- 4611731400430051336 2 IN IP4 127.0.0.1");
    line(sdp, "s=-");
    line(sdp, "t=0 0");
    line(sdp, "a=group:BUNDLE " + mids);
    line(sdp, "a=extmap-allow-mixed");
    for (int mid = 0; mid < sections.size(); mid++) {
      section(sdp, mid, sections.get(mid), fingerprint);
    }
    return sdp.toString();
  }

  private static void section(StringBuilder sdp, int mid, Sends sends, String fingerprint) {
    boolean audio = sends == Sends.OPUS;
    line(sdp, audio ? "m=audio 9 UDP/TLS/RTP/SAVPF 111" : "m=video 9 UDP/TLS/RTP/SAVPF 100 101");
    line(sdp, "c=IN IP4 0.0.0.0");
    line(sdp, "a=rtcp:9 IN IP4 0.0.0.0");
    line(sdp, CREDENTIALS);
    line(sdp, "a=ice-pwd:peerpassword0123456789ab");
    line(sdp, "a=ice-options:trickle");
    line(sdp, "a=fingerprint:sha-256 " + fingerprint);
    line(sdp, "a=setup:actpass");
    line(sdp, "a=mid:" + mid);
    if (audio) {
      line(sdp, "a=extmap:14 urn:ietf:params:rtp-hdrext:ssrc-audio-level");
    }
    line(sdp, "a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time");
    line(
        sdp,
        "a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01");
    line(sdp, "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid");
    if (!audio) {
      line(
          sdp,
          "a=extmap:13 https://aomediacodec.github.io/av1-rtp-spec/"
              + "#dependency-descriptor-rtp-header-extension");
      line(sdp, "a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id");
      line(sdp, "a=extmap:11 urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id");
    }
    line(sdp, sends == Sends.NOTHING_VIDEO ? "a=inactive" : "a=sendonly");
    line(sdp, "a=rtcp-mux");
    line(sdp, "a=rtcp-rsize");
    if (audio) {
      line(sdp, "a=rtpmap:111 opus/48000/2");
      line(sdp, "a=rtcp-fb:111 transport-cc");
      line(sdp, "a=fmtp:111 minptime=10;useinbandfec=1");
    } else {
      line(sdp, "a=rtpmap:100 " + sends.codec);
      if (sends == Sends.H264) {
        line(
            sdp,
            "a=fmtp:100 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f");
      }
      for (String feedback : List.of("goog-remb", "transport-cc", "ccm fir", "nack", "nack pli")) {
        line(sdp, "a=rtcp-fb:100 " + feedback);
      }
      line(sdp, "a=rtpmap:101 rtx/90000");
      line(sdp, "a=fmtp:101 apt=100");
    }
    if (sends.simulcast()) {
      line(sdp, "a=rid:q send");
      line(sdp, "a=rid:h send");
      line(sdp, "a=rid:f send");
      line(sdp, "a=simulcast:send q;h;f");
    }
  }

  /** The offer as it is after {@code restartIce} of the browser. */
  public static String restarted(String offer) {
    return offer.replace(CREDENTIALS, "a=ice-ufrag:again");
  }

  /** An answer that takes no video: what a browser says that lacks the codec. */
  public static String withoutVideo(String answer) {
    StringBuilder sdp = new StringBuilder();
    boolean video = false;
    for (String line : answer.split("\r\n")) {
      if (line.startsWith("m=")) {
        video = line.startsWith("m=video");
      }
      if (video && line.equals("a=recvonly")) {
        line(sdp, "a=inactive");
      } else {
        line(sdp, line);
      }
    }
    return sdp.toString();
  }

  /** A browser's answer to an offer of a subscribe PeerConnection: it takes everything. */
  public static String subscribeAnswer(String offer, String fingerprint) {
    List<String> lines = new ArrayList<>();
    for (String line : offer.split("\r\n")) {
      boolean ours =
          line.startsWith("a=candidate")
              || line.startsWith("a=end-of-candidates")
              || line.startsWith("a=ssrc")
              || line.startsWith("a=msid")
              || line.equals("a=ice-lite");
      if (ours) {
        continue;
      }
      if (line.startsWith("a=ice-ufrag")) {
        lines.add("a=ice-ufrag:peer");
      } else if (line.startsWith("a=ice-pwd")) {
        lines.add("a=ice-pwd:peerpassword0123456789ab");
      } else if (line.startsWith("a=fingerprint")) {
        lines.add("a=fingerprint:sha-256 " + fingerprint);
      } else if (line.startsWith("a=setup")) {
        lines.add("a=setup:active");
      } else if (line.equals("a=sendonly")) {
        lines.add("a=recvonly");
      } else {
        lines.add(line);
      }
    }
    return String.join("\r\n", lines) + "\r\n";
  }

  public static String ufrag(String sdp) {
    return first(UFRAG, sdp);
  }

  public static String password(String sdp) {
    return first(PASSWORD, sdp);
  }

  public static String fingerprint(String sdp) {
    return first(FINGERPRINT, sdp).toUpperCase(Locale.ROOT);
  }

  /** The first candidate, as address and port. */
  public static InetSocketAddress candidate(String sdp) {
    Matcher matcher = CANDIDATE.matcher(sdp);
    if (!matcher.find()) {
      throw new AssertionError("no candidate in " + sdp);
    }
    return new InetSocketAddress(
        InetAddress.ofLiteral(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  private static String first(Pattern pattern, String sdp) {
    Matcher matcher = pattern.matcher(sdp);
    if (!matcher.find()) {
      throw new AssertionError("no %s in %s".formatted(pattern, sdp));
    }
    return matcher.group(1);
  }

  private static void line(StringBuilder sdp, String line) {
    sdp.append(line).append("\r\n");
  }
}
