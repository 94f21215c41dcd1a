package dev.sluice.session;

/** How much one session and one connection may hold; each at least 1. */
public record SessionLimits(
    int connectionsPerSession, int streamsPerConnection, int subscriptionsPerConnection) {
  public static final SessionLimits DEFAULT = new SessionLimits(200, 4, 200);
}
