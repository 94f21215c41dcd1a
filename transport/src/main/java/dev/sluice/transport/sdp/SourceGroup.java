package dev.sluice.transport.sdp;

import java.util.List;

/**
 * SSRCs that belong together (RFC 5576 §4.2).
 *
 * @param semantics {@code FID} for a stream and its retransmissions, {@code SIM} for layers
 * @param ssrcs as in RTP, unsigned
 */
public record SourceGroup(String semantics, List<Integer> ssrcs) {
  public SourceGroup {
    ssrcs = List.copyOf(ssrcs);
  }
}
