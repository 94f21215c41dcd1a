package dev.sluice.router.room;

/** Says to which stream the m-section {@code mid} of a publish offer belongs. */
public record OfferedTrack(String mid, String streamId) {}
