package dev.sluice.gateway.auth;

import dev.sluice.session.ClientToken;
import dev.sluice.session.Role;
import dev.sluice.session.SessionId;
import dev.sluice.session.store.ApplicationRepository;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Authenticates a client by the token that the application's server made for it, in each of the
 * dialects that the server SDKs write. Blocking; any thread.
 */
public final class ClientTokens {
  static final String SCOPE = "session.connect";

  /** The .NET SDK sends no {@code exp}: such a token is good for the default lifetime. */
  static final Duration AGE_WITHOUT_EXPIRY = Duration.ofHours(24);

  private static final int MAX_CONNECTION_DATA_CHARS = 1000;

  private final SignedTokens tokens;
  private final InstantSource clock;

  public ClientTokens(ApplicationRepository applications, InstantSource clock) {
    this.tokens = new SignedTokens(applications);
    this.clock = clock;
  }

  /** Verifies a token for the session that its holder wants to join. */
  public ClientToken authenticate(String token, SessionId session) throws TokenRefusedException {
    SignedTokens.Verified verified = tokens.verify(token);
    Claims claims = verified.claims();
    if (!claims.words("scope").contains(SCOPE)) {
      throw new TokenRefusedException(TokenFault.NOT_FOR_THIS_USE);
    }
    Instant expiresAt = claims.requireCurrent(clock.instant(), AGE_WITHOUT_EXPIRY);
    if (!claims.text("session_id").equals(Optional.of(session.value()))) {
      throw new TokenRefusedException(TokenFault.OTHER_SESSION);
    }
    String role = claims.text("role").orElse(Role.PUBLISHER.wireName());
    return new ClientToken(
        verified.application().id(),
        session,
        Role.parse(role).orElseThrow(ClientTokens::malformed),
        connectionData(claims),
        claims.words("initial_layout_class_list"),
        expiresAt);
  }

  private static String connectionData(Claims claims) throws TokenRefusedException {
    Optional<String> named = claims.text("connection_data");
    // The Ruby SDK names the claim "data".
    String data = (named.isPresent() ? named : claims.text("data")).orElse("");
    if (data.length() > MAX_CONNECTION_DATA_CHARS) {
      throw malformed();
    }
    return data;
  }

  private static TokenRefusedException malformed() {
    return new TokenRefusedException(TokenFault.BAD_FORMAT_OR_SIGNATURE);
  }
}
