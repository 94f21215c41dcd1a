package dev.sluice.gateway.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.sluice.session.ApplicationId;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.UUID;

/**
 * Makes the tokens with which an application's server calls the REST API, as the official Node SDK
 * does. Any thread.
 */
public final class RestTokenMinter {
  private static final Duration LIFETIME = Duration.ofMinutes(15);

  private final RSASSASigner signer;
  private final InstantSource clock;

  public RestTokenMinter(RSAPrivateKey key, InstantSource clock) {
    this.signer = new RSASSASigner(key);
    this.clock = clock;
  }

  /** The serialized token; good for 15 minutes. */
  public String mint(ApplicationId application) {
    Instant now = clock.instant();
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).build(),
            new JWTClaimsSet.Builder()
                .claim("application_id", application.toString())
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .build());
    try {
      jwt.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("a token cannot be signed with an RSA key", e);
    }
    return jwt.serialize();
  }
}
