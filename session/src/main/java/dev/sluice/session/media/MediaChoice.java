package dev.sluice.session.media;

/** What a subscriber wants of a stream now. */
public record MediaChoice(boolean audio, boolean video, LayerPreference layer) {}
