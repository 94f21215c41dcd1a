package dev.sluice.gateway.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import dev.sluice.session.Application;
import dev.sluice.session.ApplicationId;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** An application with its private key: it signs tokens as the server SDKs do. */
public final class Tenant {
  private final Application application;
  private final PrivateKey privateKey;

  private Tenant(Application application, PrivateKey privateKey) {
    this.application = application;
    this.privateKey = privateKey;
  }

  public static Tenant create() {
    return withId(UUID.randomUUID());
  }

  public static Tenant withId(UUID id) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      KeyPair keys = generator.generateKeyPair();
      return new Tenant(
          new Application(
              new ApplicationId(id), "test", (RSAPublicKey) keys.getPublic(), Instant.EPOCH),
          keys.getPrivate());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public Application application() {
    return application;
  }

  public String id() {
    return application.id().toString();
  }

  /** As the Node SDK makes it. */
  public String restToken(Instant now) {
    return sign(restClaims(now));
  }

  public Map<String, Object> restClaims(Instant now) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.getEpochSecond() + 900);
    claims.put("application_id", id());
    return claims;
  }

  /** As the Node SDK makes it. */
  public String clientToken(String sessionId, String role, Instant now) {
    return sign(clientClaims(sessionId, role, now));
  }

  public Map<String, Object> clientClaims(String sessionId, String role, Instant now) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("scope", "session.connect");
    claims.put("session_id", sessionId);
    claims.put("role", role);
    claims.put("initial_layout_class_list", "");
    claims.put("exp", now.getEpochSecond() + 86_400);
    claims.put("sub", "video");
    claims.put("acl", Map.of("paths", Map.of("/session/**", Map.of())));
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("iat", now.getEpochSecond());
    claims.put("application_id", id());
    return claims;
  }

  public String sign(Map<String, Object> claims) {
    return sign(JWSAlgorithm.RS256, new RSASSASigner(privateKey), claims);
  }

  public static String sign(JWSAlgorithm algorithm, JWSSigner signer, Map<String, Object> claims) {
    try {
      JWSObject jws =
          new JWSObject(
              new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).build(),
              new Payload(claims));
      jws.sign(signer);
      return jws.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
