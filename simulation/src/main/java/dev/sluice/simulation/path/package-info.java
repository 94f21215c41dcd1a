/**
 * Paths that packets of several kinds share: media of one or more subscribers, and traffic that
 * competes with it. Used by subscribers and by the world they live in. One thread.
 */
@NullMarked
package dev.sluice.simulation.path;

import org.jspecify.annotations.NullMarked;
