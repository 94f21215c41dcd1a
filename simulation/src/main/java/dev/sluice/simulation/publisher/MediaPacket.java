package dev.sluice.simulation.publisher;

/**
 * A packet on its way to the router.
 *
 * @param head its first bytes; the rest is zero
 * @param length of all of it
 */
record MediaPacket(byte[] head, int length) {}
