/**
 * A network that a test makes up: one-way paths with capacity, queue, delay and losses, on a clock
 * that only the events on it move. The simulation and tests of several rooms use it; nothing is
 * sent anywhere and the same seed gives the same run. One thread.
 */
@NullMarked
package dev.sluice.testkit.network;

import org.jspecify.annotations.NullMarked;
