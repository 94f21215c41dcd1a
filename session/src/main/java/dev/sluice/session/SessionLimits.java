package dev.sluice.session;

/** How much one session and one connection may hold; each at least 1. */
public record SessionLimits(
    int connectionsPerSession, int streamsPerConnection, int subscriptionsPerConnection) {
  public static final SessionLimits DEFAULT = new SessionLimits(200, 4, 200);

  public SessionLimits {
    if (connectionsPerSession < 1 || streamsPerConnection < 1 || subscriptionsPerConnection < 1) {
      throw new IllegalArgumentException(
          "limits of %d connections, %d streams, %d subscriptions: each must be at least 1"
              .formatted(connectionsPerSession, streamsPerConnection, subscriptionsPerConnection));
    }
  }
}
