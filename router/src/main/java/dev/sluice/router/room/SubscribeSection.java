package dev.sluice.router.room;

import dev.sluice.router.live.MediaKind;

/** Says what the m-section {@code mid} of a subscribe offer carries. */
public record SubscribeSection(
    String mid, MediaKind kind, String subscriptionId, String streamId) {}
