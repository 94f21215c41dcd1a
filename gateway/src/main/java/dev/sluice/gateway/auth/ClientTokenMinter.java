package dev.sluice.gateway.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.sluice.session.ClientToken;
import java.security.interfaces.RSAPrivateKey;
import java.time.InstantSource;
import java.util.Date;
import java.util.UUID;

/**
 * Makes client tokens as the official Node SDK does, for those who have the application's private
 * key at hand. Any thread.
 */
public final class ClientTokenMinter {
  private final RSASSASigner signer;
  private final InstantSource clock;

  public ClientTokenMinter(RSAPrivateKey key, InstantSource clock) {
    this.signer = new RSASSASigner(key);
    this.clock = clock;
  }

  /** The serialized token; it has a {@code jti} of its own each time. */
  public String mint(ClientToken token) {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .claim("scope", ClientTokens.SCOPE)
            .claim("application_id", token.applicationId().toString())
            .claim("session_id", token.sessionId().value())
            .claim("role", token.role().wireName())
            .claim("connection_data", token.data())
            .claim("initial_layout_class_list", String.join(" ", token.layoutClasses()))
            .subject("video")
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(clock.instant()))
            .expirationTime(Date.from(token.expiresAt()))
            .build();
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).build(), claims);
    try {
      jwt.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("a token cannot be signed with an RSA key", e);
    }
    return jwt.serialize();
  }
}
