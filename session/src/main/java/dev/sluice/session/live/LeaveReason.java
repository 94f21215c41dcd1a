package dev.sluice.session.live;

/** Why a connection or a stream ended. */
public enum LeaveReason {
  CLIENT_DISCONNECTED("clientDisconnected"),
  NETWORK_DISCONNECTED("networkDisconnected"),
  FORCE_DISCONNECTED("forceDisconnected"),
  FORCE_UNPUBLISHED("forceUnpublished"),
  MEDIA_STOPPED("mediaStopped");

  private final String wireName;

  LeaveReason(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
