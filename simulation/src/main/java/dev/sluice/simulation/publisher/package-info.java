/**
 * People who publish: encoders whose pictures have made-up sizes, packets that are valid RTP, and
 * answers to what the router asks for. Made by {@code dev.sluice.simulation.world}. One thread.
 */
@NullMarked
package dev.sluice.simulation.publisher;

import org.jspecify.annotations.NullMarked;
