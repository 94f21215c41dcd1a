/**
 * The media of rooms on their worker: transports of peers, tracks that come in, tracks that go out,
 * and the way between them. {@code dev.sluice.router.room} sends it commands with what was
 * negotiated; packets come from {@link dev.sluice.router.worker.Link}. Everything runs on the
 * worker's thread.
 */
@NullMarked
package dev.sluice.router.live;

import org.jspecify.annotations.NullMarked;
