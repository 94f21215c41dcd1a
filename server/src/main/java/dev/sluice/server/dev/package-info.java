/**
 * What only {@code sluice dev} has: the demo application with its key on disk, meetings for the
 * meeting page, and the lines that tell a newcomer where to go. Called by the command line at
 * start; the meetings by HTTP requests on virtual threads.
 */
@NullMarked
package dev.sluice.server.dev;

import org.jspecify.annotations.NullMarked;
