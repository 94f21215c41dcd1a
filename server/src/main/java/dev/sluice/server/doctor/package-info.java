/**
 * Looks at a machine before or while a server runs on it, and says what to do. The command line
 * calls it. Blocking, for a few seconds at most; one thread.
 */
@NullMarked
package dev.sluice.server.doctor;

import org.jspecify.annotations.NullMarked;
