package dev.sluice.session.media;

import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;

/** Says what the m-section {@code mid} of a subscribe offer carries. */
public record SubscribedTrack(
    String mid, MediaKind kind, SubscriptionId subscriptionId, StreamId streamId) {}
