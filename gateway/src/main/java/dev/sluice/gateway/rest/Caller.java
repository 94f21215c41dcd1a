package dev.sluice.gateway.rest;

import dev.sluice.gateway.auth.RestTokens;
import dev.sluice.gateway.auth.TokenFault;
import dev.sluice.gateway.auth.TokenRefusedException;
import dev.sluice.gateway.http.ApiError;
import dev.sluice.gateway.http.ApiErrorException;
import dev.sluice.gateway.http.HttpCall;
import dev.sluice.session.ApplicationId;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out which application calls, and that it calls for itself. */
final class Caller {
  private static final Logger LOG = LoggerFactory.getLogger(Caller.class);

  private final RestTokens tokens;

  Caller(RestTokens tokens) {
    this.tokens = tokens;
  }

  /** For a path without an application's id: the token alone tells. */
  ApplicationId identify(HttpCall call) throws ApiErrorException {
    try {
      return tokens.authenticate(call.header("Authorization").orElse(null)).id();
    } catch (TokenRefusedException e) {
      throw refused(e.fault());
    }
  }

  /** For a path with {@code {applicationId}}: it must be the token's. */
  ApplicationId identifyOwner(HttpCall call) throws ApiErrorException {
    ApplicationId caller = identify(call);
    Optional<ApplicationId> named = ApplicationId.parse(call.pathParameter("applicationId"));
    if (!named.equals(Optional.of(caller))) {
      throw refused(TokenFault.OTHER_APPLICATION);
    }
    return caller;
  }

  private static ApiErrorException refused(TokenFault fault) {
    // Anybody can have as many of these as they like.
    LOG.debug("A REST request was refused: {}", fault);
    return new ApiErrorException(ApiError.forbidden(fault.code(), fault.message()));
  }
}
