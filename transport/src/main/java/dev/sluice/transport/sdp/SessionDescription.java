package dev.sluice.transport.sdp;

import java.util.List;

/**
 * A whole session description.
 *
 * @param bundle the mids of the first BUNDLE group (RFC 9143), in order; empty without one
 */
public record SessionDescription(
    Origin origin,
    boolean iceLite,
    boolean extmapAllowMixed,
    List<String> bundle,
    List<MediaSection> media) {
  public SessionDescription {
    bundle = List.copyOf(bundle);
    media = List.copyOf(media);
  }

  /**
   * Reads a description of at most 512 Ki characters with lines of at most 4096 characters and at
   * most 512 m-sections. What WebRTC doesn't use is skipped.
   *
   * @throws SdpException when it is malformed or breaks a limit
   */
  public static SessionDescription parse(String sdp) throws SdpException {
    return new SdpParser().parse(sdp);
  }

  /** The text of this description, with CRLF line ends. */
  public String write() {
    return new SdpWriter().write(this);
  }
}
