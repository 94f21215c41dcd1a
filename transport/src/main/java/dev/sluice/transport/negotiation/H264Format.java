package dev.sluice.transport.negotiation;

import dev.sluice.transport.sdp.Codec;
import java.util.Locale;
import java.util.Optional;

/**
 * What of an H.264 fmtp line decides whether two sides understand each other (RFC 6184 §8.2.2): the
 * profile and the packetization mode. The level may differ, since both allow the asymmetry.
 *
 * @param profileLevelId 6 lower-case hex digits
 */
record H264Format(H264Profile profile, String profileLevelId, int packetizationMode) {
  /** RFC 6184 §8.1: what a line without profile-level-id means, baseline at level 1. */
  private static final String INFERRED = "42000a";

  /** Empty for a profile that we don't know, or a line that breaks the rules. */
  static Optional<H264Format> of(Codec codec) {
    String id = codec.parameter("profile-level-id").orElse(INFERRED).toLowerCase(Locale.ROOT);
    String mode = codec.parameter("packetization-mode").orElse("0");
    if (!id.matches("[0-9a-f]{6}") || !mode.matches("[0-2]")) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(id, 16);
    return H264Profile.of(bits >>> 16, bits >>> 8 & 0xFF)
        .map(profile -> new H264Format(profile, id, Integer.parseInt(mode)));
  }

  boolean understands(H264Format other) {
    return profile == other.profile && packetizationMode == other.packetizationMode;
  }

  /** Our fmtp line for this profile and level. */
  static String parameters(String profileLevelId) {
    return "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=" + profileLevelId;
  }
}
