package dev.sluice.gateway.auth;

import dev.sluice.session.Application;
import dev.sluice.session.store.ApplicationRepository;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates an application's server by the token in the {@code Authorization} header. Blocking;
 * any thread.
 */
public final class RestTokens {
  /** The Java and .NET SDKs send no {@code exp}: their tokens are good for so long from iat. */
  static final Duration AGE_WITHOUT_EXPIRY = Duration.ofMinutes(15);

  private static final String SCHEME = "Bearer ";

  private final SignedTokens tokens;
  private final InstantSource clock;

  public RestTokens(ApplicationRepository applications, InstantSource clock) {
    this.tokens = new SignedTokens(applications);
    this.clock = clock;
  }

  /**
   * Finds the application that calls.
   *
   * @param authorization the header's value, null when there is none
   */
  public Application authenticate(@Nullable String authorization) throws TokenRefusedException {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new TokenRefusedException(TokenFault.BAD_FORMAT_OR_SIGNATURE);
    }
    SignedTokens.Verified verified =
        tokens.verify(authorization.substring(SCHEME.length()).strip());
    Claims claims = verified.claims();
    // Client tokens are signed with the same key and would verify here: whoever may join a session
    // must not thereby command the whole application.
    if (claims.words("scope").contains(ClientTokens.SCOPE)
        || claims.has("session_id")
        || claims.has("role")) {
      throw new TokenRefusedException(TokenFault.NOT_FOR_THIS_USE);
    }
    claims.requireCurrent(clock.instant(), AGE_WITHOUT_EXPIRY);
    return verified.application();
  }
}
