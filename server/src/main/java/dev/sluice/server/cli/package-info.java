/**
 * The {@code sluice} command: reads what the person typed, starts what they asked for and speaks to
 * them in plain lines. Called by {@code main}. Runs on the main thread.
 */
@NullMarked
package dev.sluice.server.cli;

import org.jspecify.annotations.NullMarked;
