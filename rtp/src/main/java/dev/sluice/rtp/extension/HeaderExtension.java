package dev.sluice.rtp.extension;

import java.util.Optional;

/** The RTP header extensions that Sluice reads or writes, each with its URI in SDP. */
public enum HeaderExtension {
  /** The m-section a packet belongs to (RFC 9143 §15). */
  MID("urn:ietf:params:rtp-hdrext:sdes:mid"),
  /** The simulcast encoding a packet belongs to (RFC 8852). */
  RID("urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"),
  /** The simulcast encoding that a retransmission repairs (RFC 8852). */
  REPAIRED_RID("urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"),
  /** Loudness and voice activity of an audio packet (RFC 6464). */
  AUDIO_LEVEL("urn:ietf:params:rtp-hdrext:ssrc-audio-level"),
  /** When the packet was sent, 24 bits of 6.18 fixed point seconds. */
  ABS_SEND_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"),
  /** One sequence number across all streams of a transport (draft-holmer-rmcat-transport-wide). */
  TRANSPORT_WIDE_CC("http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"),
  /**
   * Which frames and layers a frame depends on (AOMedia, RTP payload format for AV1, appendix A).
   */
  DEPENDENCY_DESCRIPTOR(
      "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension");

  private final String uri;

  HeaderExtension(String uri) {
    this.uri = uri;
  }

  /** The URI of {@code a=extmap}. */
  public String uri() {
    return uri;
  }

  /** The extension with this URI, or empty for one that Sluice does not know. */
  public static Optional<HeaderExtension> ofUri(String uri) {
    for (HeaderExtension extension : values()) {
      if (extension.uri.equals(uri)) {
        return Optional.of(extension);
      }
    }
    return Optional.empty();
  }
}
