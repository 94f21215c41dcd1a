/**
 * How the bitrate of one subscribe transport is split over the videos on it: demands in, an
 * immutable {@link dev.sluice.router.allocation.Allocation} out. Called by {@code
 * dev.sluice.router.live} when something changed and every 50 ms. A function of times and inputs
 * without I/O; worker thread.
 */
@NullMarked
package dev.sluice.router.allocation;

import org.jspecify.annotations.NullMarked;
