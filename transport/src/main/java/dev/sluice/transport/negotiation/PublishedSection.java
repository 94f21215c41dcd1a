package dev.sluice.transport.negotiation;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * An m-section in which the client sends and that we accepted.
 *
 * @param codec as the client sends it: with its H.264 profile and level, and with RED only where
 *     that was agreed
 * @param payloadType of the codec, in the client's packets
 * @param rtxPayloadType of its retransmissions; empty when none were agreed
 * @param redPayloadType of RED with the codec as its blocks, in the client's packets; empty when it
 *     was not agreed. Packets of both payload types may come, in turns too
 * @param extensionIds by URI (see {@link ExtensionUris}), in the client's packets
 * @param rids the simulcast layers in the client's order; empty without simulcast
 * @param ssrcs those announced, layers and retransmissions alike; empty where rids are used
 * @param rtxSsrcs by the SSRC they repair, from the FID groups; empty where rids are used
 * @param feedback the rtcp-fb values agreed
 */
public record PublishedSection(
    String mid,
    SupportedCodec codec,
    int payloadType,
    OptionalInt rtxPayloadType,
    OptionalInt redPayloadType,
    Map<String, Integer> extensionIds,
    List<String> rids,
    List<Integer> ssrcs,
    Map<Integer, Integer> rtxSsrcs,
    List<String> feedback) {
  public PublishedSection {
    extensionIds = Map.copyOf(extensionIds);
    rids = List.copyOf(rids);
    ssrcs = List.copyOf(ssrcs);
    rtxSsrcs = Map.copyOf(rtxSsrcs);
    feedback = List.copyOf(feedback);
  }
}
