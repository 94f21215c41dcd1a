/**
 * What came of scenarios as text, for whoever tunes the constants. A program of its own; one
 * thread.
 */
@NullMarked
package dev.sluice.simulation.report;

import org.jspecify.annotations.NullMarked;
