/**
 * What fuzz targets are made of and how they run as regression tests: on the inputs stored beside
 * them and on damaged copies of those. The tests of every room use it, and {@code ./fuzz} runs the
 * same targets under Jazzer. Test scope only; one thread.
 */
@NullMarked
package dev.sluice.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
