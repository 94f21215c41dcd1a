/**
 * A room as its caller sees it: offers and answers of every peer's two PeerConnections, and the
 * streams and subscriptions they stand for. The server binds it to sessions; calls come one at a
 * time, on the session's own (virtual) thread, and block until the room's worker has done its part.
 * Descriptions are read and written here, off the worker, which only ever sees the results.
 */
@NullMarked
package dev.sluice.router.room;

import org.jspecify.annotations.NullMarked;
