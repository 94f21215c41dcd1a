package dev.sluice.session.registry;

import dev.sluice.session.ApplicationId;
import dev.sluice.session.MediaMode;
import dev.sluice.session.SessionId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Makes session ids in the shape that existing clients know: {@code 2_} (routed) or {@code 1_}
 * (relayed) and base64url of {@code 1~{applicationId}~~{epoch ms}~{24 random characters}~~~}, where
 * padding is shown as '-'. The random part has 144 bits. Any thread.
 */
public final class SessionIds {
  private static final int RANDOM_BYTES = 18;

  private final SecureRandom random;

  public SessionIds(SecureRandom random) {
    this.random = random;
  }

  public SessionId next(ApplicationId application, MediaMode mediaMode, Instant createdAt) {
    byte[] secret = new byte[RANDOM_BYTES];
    random.nextBytes(secret);
    String content =
        "1~%s~~%d~%s~~~"
            .formatted(
                application,
                createdAt.toEpochMilli(),
                Base64.getUrlEncoder().encodeToString(secret));
    String encoded =
        Base64.getUrlEncoder()
            .encodeToString(content.getBytes(StandardCharsets.US_ASCII))
            .replace('=', '-');
    return new SessionId(prefix(mediaMode) + encoded);
  }

  /** The application that a session id names; empty when the id is not one of these. */
  public static Optional<ApplicationId> application(SessionId id) {
    String encoded = id.value();
    if (!encoded.startsWith("1_") && !encoded.startsWith("2_")) {
      return Optional.empty();
    }
    try {
      // Padding reads as one more character at the end, which nothing here looks at.
      byte[] content = Base64.getUrlDecoder().decode(encoded.substring(2));
      String[] parts = new String(content, StandardCharsets.US_ASCII).split("~", -1);
      return parts.length > 1 ? ApplicationId.parse(parts[1]) : Optional.empty();
    } catch (IllegalArgumentException e) {
      // Not base64: an id of somebody else.
      return Optional.empty();
    }
  }

  private static String prefix(MediaMode mediaMode) {
    return switch (mediaMode) {
      case ROUTED -> "2_";
      case RELAYED -> "1_";
    };
  }
}
