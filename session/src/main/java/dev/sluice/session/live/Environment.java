package dev.sluice.session.live;

import dev.sluice.session.SessionLimits;
import dev.sluice.session.media.MediaPlane;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What every live session is made with.
 *
 * @param ids new ids for connections, streams and subscriptions
 * @param executor where mailboxes run while they have work
 * @param later for what must wait
 */
record Environment(
    MediaPlane media,
    SessionLimits limits,
    InstantSource clock,
    Supplier<UUID> ids,
    Executor executor,
    Later later) {}
