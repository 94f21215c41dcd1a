package dev.sluice.session;

import java.util.Optional;

/** What a token lets its holder do. */
public enum Role {
  SUBSCRIBER("subscriber", false, true, true, false),
  PUBLISHER("publisher", true, true, true, false),
  PUBLISHER_ONLY("publisheronly", true, false, false, false),
  MODERATOR("moderator", true, true, true, true);

  private final String wireName;
  private final boolean publish;
  private final boolean subscribe;
  private final boolean signal;
  private final boolean moderate;

  Role(String wireName, boolean publish, boolean subscribe, boolean signal, boolean moderate) {
    this.wireName = wireName;
    this.publish = publish;
    this.subscribe = subscribe;
    this.signal = signal;
    this.moderate = moderate;
  }

  /** Reads the role claim of a token; empty for a role that does not exist. */
  public static Optional<Role> parse(String wireName) {
    for (Role role : values()) {
      if (role.wireName.equals(wireName)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }

  public String wireName() {
    return wireName;
  }

  public boolean mayPublish() {
    return publish;
  }

  public boolean maySubscribe() {
    return subscribe;
  }

  public boolean maySignal() {
    return signal;
  }

  /** Force-disconnect, force-unpublish and force-mute. */
  public boolean mayModerate() {
    return moderate;
  }
}
