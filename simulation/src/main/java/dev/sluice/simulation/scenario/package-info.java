/**
 * The scenarios: who is in the room, what their networks do, and which gates must hold. Run by the
 * tests, which hold the gates on every build, and by the report. One thread for each run.
 */
@NullMarked
package dev.sluice.simulation.scenario;

import org.jspecify.annotations.NullMarked;
