package dev.sluice.router.live;

/** Names a track that a subscription brings to its peer. */
public record TrackKey(String subscriptionId, MediaKind kind) {}
