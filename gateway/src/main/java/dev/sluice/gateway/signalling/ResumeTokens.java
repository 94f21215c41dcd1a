package dev.sluice.gateway.signalling;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The resume tokens of one connection: 256 random bits each, kept in memory only, compared in
 * constant time. A token that was used stays good until its user has shown that the next one
 * arrived. Used by the connection's own thread.
 */
final class ResumeTokens {
  private static final int TOKEN_BYTES = 32;
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  private final SecureRandom random;
  private String current;
  private @Nullable String used;

  ResumeTokens(SecureRandom random) {
    this.random = random;
    this.current = next(random);
  }

  /** What the client has to show next. */
  String current() {
    return current;
  }

  boolean accepts(String token) {
    // Both are compared, whatever the first says: the time tells nothing.
    boolean isCurrent = matches(token, current);
    boolean isUsed = matches(token, used);
    return isCurrent || isUsed;
  }

  /** Takes an accepted token and makes the next one. */
  void use(String token) {
    if (matches(token, current)) {
      used = current;
    }
    current = next(random);
  }

  /** The client has the next token: the used one is spent. */
  void arrived() {
    used = null;
  }

  private static boolean matches(String shown, @Nullable String token) {
    return token != null
        && MessageDigest.isEqual(
            shown.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }

  private static String next(SecureRandom random) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return TEXT.encodeToString(bytes);
  }
}
