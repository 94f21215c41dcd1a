/**
 * The composition root: settings, wiring by plain constructors, start and stop in order. The {@code
 * sluice} command in {@code cli} calls it. Everything here runs on the starting thread and, at the
 * end, on the shutdown thread.
 */
@NullMarked
package dev.sluice.server;

import org.jspecify.annotations.NullMarked;
