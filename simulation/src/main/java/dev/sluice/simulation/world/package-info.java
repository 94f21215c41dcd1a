/**
 * A room with everybody in it: the router, those who publish, those who subscribe, and the traffic
 * that competes with them, in virtual time. Built by scenarios and by tests. One thread.
 */
@NullMarked
package dev.sluice.simulation.world;

import org.jspecify.annotations.NullMarked;
