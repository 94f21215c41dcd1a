package dev.sluice.router.live;

import dev.sluice.router.track.InboundSection;

/**
 * What a peer sends in one m-section.
 *
 * @param codec its name in SDP
 * @param retransmits whether the peer repeats what is asked for with NACK
 */
public record PublishedTrack(
    String streamId, MediaKind kind, String codec, InboundSection section, boolean retransmits) {
  String mid() {
    return section.mid();
  }
}
