package dev.sluice.gateway.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import dev.sluice.session.Application;
import dev.sluice.session.ApplicationId;
import dev.sluice.session.store.ApplicationRepository;
import java.text.ParseException;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Verifies a token's RS256 signature with the key of the application that it names. */
final class SignedTokens {
  /** Connection data of 1000 characters, escaped and in base64url, takes up to 8000. */
  private static final int MAX_TOKEN_CHARS = 16_384;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(16).build())
                  // Two claims of one name: RFC 7519 §4 lets a verifier reject them, and it must,
                  // since the signer may have looked at the other one.
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .build();

  private final ApplicationRepository applications;

  SignedTokens(ApplicationRepository applications) {
    this.applications = applications;
  }

  record Verified(Application application, Claims claims) {}

  Verified verify(String token) throws TokenRefusedException {
    if (token.length() > MAX_TOKEN_CHARS) {
      throw refused();
    }
    try {
      JWSObject jws = JWSObject.parse(token);
      // RS256 alone: the header is the sender's word, and with HS256 the public key would be the
      // secret (RFC 8725 §2.1).
      if (!JWSAlgorithm.RS256.equals(jws.getHeader().getAlgorithm())) {
        throw refused();
      }
      Claims claims = new Claims(readObject(jws.getPayload().toBytes()));
      Application application = signer(claims).orElseThrow(SignedTokens::refused);
      if (!jws.verify(new RSASSAVerifier(application.publicKey()))) {
        throw refused();
      }
      return new Verified(application, claims);
    } catch (ParseException | IllegalArgumentException | JOSEException e) {
      throw refused();
    }
  }

  private Optional<Application> signer(Claims unverified) throws TokenRefusedException {
    return unverified
        .text("application_id")
        .flatMap(ApplicationId::parse)
        .flatMap(applications::find);
  }

  private static ObjectNode readObject(byte[] payload) throws TokenRefusedException {
    try {
      JsonNode node = JSON.readTree(payload);
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw refused();
    } catch (JacksonException e) {
      throw refused();
    }
  }

  private static TokenRefusedException refused() {
    return new TokenRefusedException(TokenFault.BAD_FORMAT_OR_SIGNATURE);
  }
}
