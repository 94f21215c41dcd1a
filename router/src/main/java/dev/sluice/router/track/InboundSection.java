package dev.sluice.router.track;

import dev.sluice.rtp.codec.VideoCodec;
import dev.sluice.rtp.extension.ExtensionIds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What was negotiated for one m-section in which the publisher sends.
 *
 * @param video the codec of a video; empty for audio
 * @param payloadType of the codec, 0 to 127
 * @param rtxPayloadType of its retransmissions (RFC 4588); empty when there are none
 * @param redPayloadType of redundant packets of the codec (RFC 2198), which come in place of plain
 *     ones or beside them; empty when there are none
 * @param clockRateHz of the codec's timestamps
 * @param rids the simulcast layers, from the lowest to the highest quality; empty without simulcast
 * @param ssrcs those announced; empty where rids are used
 * @param rtxSsrcs announced, by the SSRC they repair
 */
public record InboundSection(
    String mid,
    Optional<VideoCodec> video,
    int payloadType,
    OptionalInt rtxPayloadType,
    OptionalInt redPayloadType,
    int clockRateHz,
    ExtensionIds extensionIds,
    List<String> rids,
    List<Integer> ssrcs,
    Map<Integer, Integer> rtxSsrcs) {
  /** More encodings than this are not simulcast as any browser does it. */
  static final int MAX_RIDS = 8;

  public InboundSection {
    if (clockRateHz <= 0) {
      throw new IllegalArgumentException("clock rate " + clockRateHz + " Hz");
    }
    if (rids.size() > MAX_RIDS) {
      throw new IllegalArgumentException("%d rids".formatted(rids.size()));
    }
    rids = List.copyOf(rids);
    ssrcs = List.copyOf(ssrcs);
    rtxSsrcs = Map.copyOf(rtxSsrcs);
  }

  boolean isMedia(int aPayloadType) {
    return aPayloadType == payloadType || isRedundant(aPayloadType);
  }

  /** Whether packets of this payload type are redundant ones (RFC 2198). */
  public boolean isRedundant(int aPayloadType) {
    return redPayloadType.isPresent() && redPayloadType.getAsInt() == aPayloadType;
  }
}
