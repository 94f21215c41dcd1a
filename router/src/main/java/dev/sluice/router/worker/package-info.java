/**
 * The worker: one thread with its ports, its peers' transports and the rooms pinned to it, as a
 * loop that is handed the time. Rooms build on {@link dev.sluice.router.worker.Link}; other threads
 * reach a worker only through {@link dev.sluice.router.worker.Worker#call} and its command queue.
 * Everything else runs on the worker's thread, or in a test on the thread that drives it by hand.
 */
@NullMarked
package dev.sluice.router.worker;

import org.jspecify.annotations.NullMarked;
