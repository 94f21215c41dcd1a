/**
 * The port through which sessions reach media. A session's mailbox calls it, the server binds the
 * Media Router to it. Calls come from virtual threads and block; the listener is called on a worker
 * thread.
 */
@NullMarked
package dev.sluice.session.media;

import org.jspecify.annotations.NullMarked;
