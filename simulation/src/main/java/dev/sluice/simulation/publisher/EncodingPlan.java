package dev.sluice.simulation.publisher;

/**
 * One simulcast encoding.
 *
 * @param bitrateBps what its encoder aims at, without packets' headers
 */
public record EncodingPlan(String rid, int width, int height, long bitrateBps) {}
