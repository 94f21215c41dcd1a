package dev.sluice.session.media;

/**
 * What is to be sent of a stream to one subscriber now.
 *
 * @param terms how its video may be adapted to the subscriber's network
 */
public record MediaChoice(boolean audio, boolean video, LayerPreference layer, VideoTerms terms) {}
