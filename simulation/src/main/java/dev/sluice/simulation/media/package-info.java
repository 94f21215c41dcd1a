/**
 * The made-up media: payload types and header extensions, and the notes that publishers leave in
 * their payloads so that a subscriber knows what a decoder would find there. Used by publishers and
 * subscribers of the simulation. Stateless.
 */
@NullMarked
package dev.sluice.simulation.media;

import org.jspecify.annotations.NullMarked;
