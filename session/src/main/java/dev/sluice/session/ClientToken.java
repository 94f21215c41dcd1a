package dev.sluice.session;

import java.time.Instant;
import java.util.List;

/**
 * The verified content of a client token. The signature, the expiry and the application have been
 * checked when one of these exists.
 *
 * @param data connection data, visible to everyone in the session; at most 1000 characters
 * @param layoutClasses initial layout classes of streams that the connection publishes
 */
public record ClientToken(
    ApplicationId applicationId,
    SessionId sessionId,
    Role role,
    String data,
    List<String> layoutClasses,
    Instant expiresAt) {
  public ClientToken {
    layoutClasses = List.copyOf(layoutClasses);
  }
}
