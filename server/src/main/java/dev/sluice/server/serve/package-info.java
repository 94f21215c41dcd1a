/**
 * What {@code sluice serve} starts: the platform on a store, with the operator's way in. Called by
 * the command line. Runs on the starting thread and, at the end, on the shutdown thread.
 */
@NullMarked
package dev.sluice.server.serve;

import org.jspecify.annotations.NullMarked;
