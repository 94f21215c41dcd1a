/** Peers, transports and clocks for the router's tests. Driven by the test's own thread. */
@NullMarked
package dev.sluice.router.testkit;

import org.jspecify.annotations.NullMarked;
