package dev.sluice.session;

import java.time.Instant;

/** One client's presence in a session. */
public record Connection(ConnectionId id, Role role, String data, Instant createdAt) {}
