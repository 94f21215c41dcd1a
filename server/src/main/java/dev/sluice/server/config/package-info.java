/**
 * The configuration file of {@code sluice serve}: its keys, their types, ranges and defaults, read
 * strictly into records. Called by the command line at start; nothing reads it later. Any thread.
 */
@NullMarked
package dev.sluice.server.config;

import org.jspecify.annotations.NullMarked;
