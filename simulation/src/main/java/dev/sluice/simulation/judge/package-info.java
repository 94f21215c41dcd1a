/**
 * What a run is judged by: metrics of one run, and gates over the runs of many seeds. Used by
 * scenarios, by the tests that hold the gates and by the report. Stateless.
 */
@NullMarked
package dev.sluice.simulation.judge;

import org.jspecify.annotations.NullMarked;
