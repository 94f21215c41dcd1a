package dev.sluice.session.media;

import dev.sluice.session.StreamId;

/** Says to which stream the m-section {@code mid} of a publish offer belongs. */
public record OfferedTrack(String mid, StreamId streamId) {}
