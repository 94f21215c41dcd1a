package dev.sluice.session.media;

/**
 * How the video of a stream may be adapted to a subscriber's network.
 *
 * @param mayFallBack whether it may be switched off
 * @param screen a shared screen, which goes before cameras
 */
public record VideoTerms(boolean mayFallBack, boolean screen) {}
