/**
 * People who watch and listen: what arrives over their networks is acknowledged, asked for again,
 * decoded as far as its references allow, and remembered for the judgement afterwards. Made by
 * {@code dev.sluice.simulation.world}. One thread.
 */
@NullMarked
package dev.sluice.simulation.subscriber;

import org.jspecify.annotations.NullMarked;
