/**
 * Audio fallback and video recovery: whether the videos of one subscribe transport may flow, as a
 * state machine for each. Called by {@code dev.sluice.router.live} every 50 ms. A function of times
 * and inputs without I/O; worker thread.
 */
@NullMarked
package dev.sluice.router.fallback;

import org.jspecify.annotations.NullMarked;
