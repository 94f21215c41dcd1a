package dev.sluice.gateway.signalling;

import java.util.Optional;
import java.util.Set;

/**
 * What signalling allows and how patient it is.
 *
 * @param allowedOrigins pages that may open a socket, as in the {@code Origin} header; empty for
 *     all of them
 */
public record SignallingSettings(
    SignallingLimits limits, SignallingTimeouts timeouts, Optional<Set<String>> allowedOrigins) {
  public static final SignallingSettings DEFAULT =
      new SignallingSettings(
          SignallingLimits.DEFAULT, SignallingTimeouts.DEFAULT, Optional.empty());

  public SignallingSettings {
    allowedOrigins = allowedOrigins.map(Set::copyOf);
  }
}
