/**
 * The real router on a made-up network: a worker driven by hand, transports without secrets, and a
 * socket whose datagrams stay in memory. Peers of the simulation attach to it. One thread.
 */
@NullMarked
package dev.sluice.simulation.router;

import org.jspecify.annotations.NullMarked;
