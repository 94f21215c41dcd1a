/**
 * The report on audio fallback: runs the scenarios of the simulation and draws what came of them
 * into one page. A person runs it from {@code ./sluice bench fallback}; nothing depends on it. Runs
 * of several seeds go side by side; the page is written by one thread.
 */
@NullMarked
package dev.sluice.bench.fallback;

import org.jspecify.annotations.NullMarked;
