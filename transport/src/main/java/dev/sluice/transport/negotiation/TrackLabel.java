package dev.sluice.transport.negotiation;

import dev.sluice.transport.sdp.Msid;

/**
 * How the client sees a track. Audio and video of one subscription share stream and cname: that is
 * what browsers go by to keep them in sync.
 *
 * @param stream id of the MediaStream: visible characters without spaces, 1 to 64
 * @param track id of the MediaStreamTrack: likewise
 * @param cname canonical name in RTCP (RFC 7022): likewise
 */
public record TrackLabel(String stream, String track, String cname) {
  public TrackLabel {
    requireVisible("stream id", stream);
    requireVisible("track id", track);
    requireVisible("cname", cname);
  }

  Msid msid() {
    return new Msid(stream, track);
  }

  private static void requireVisible(String what, String value) {
    if (!value.matches("[!-~]{1,64}")) {
      throw new IllegalArgumentException(what + " needs 1 to 64 visible characters: " + value);
    }
  }
}
