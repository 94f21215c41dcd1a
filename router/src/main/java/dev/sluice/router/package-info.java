/**
 * The Media Router: every stream once up, and down as often as it is subscribed. The server starts
 * {@link dev.sluice.router.MediaRouter} and opens a {@link dev.sluice.router.room.Room} per
 * session. Calls block their own (virtual) thread; media runs on one platform thread per worker.
 */
@NullMarked
package dev.sluice.router;

import org.jspecify.annotations.NullMarked;
