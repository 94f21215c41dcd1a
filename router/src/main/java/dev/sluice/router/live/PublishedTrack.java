package dev.sluice.router.live;

import dev.sluice.rtp.extension.ExtensionIds;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a peer sends in one m-section.
 *
 * @param payloadType of the codec, in the peer's packets
 * @param rtxPayloadType of its retransmissions; empty when none were agreed
 * @param clockRateHz of the codec's timestamps
 * @param rids the simulcast layers; empty without simulcast
 * @param ssrcs those announced; empty where rids are used
 * @param rtxSsrcs announced, by the SSRC they repair
 * @param nacks whether the peer retransmits
 */
public record PublishedTrack(
    String streamId,
    String mid,
    MediaKind kind,
    int payloadType,
    OptionalInt rtxPayloadType,
    int clockRateHz,
    ExtensionIds extensionIds,
    List<String> rids,
    List<Integer> ssrcs,
    Map<Integer, Integer> rtxSsrcs,
    boolean nacks) {
  public PublishedTrack {
    rids = List.copyOf(rids);
    ssrcs = List.copyOf(ssrcs);
    rtxSsrcs = Map.copyOf(rtxSsrcs);
  }
}
