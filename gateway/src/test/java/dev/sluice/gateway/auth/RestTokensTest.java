package dev.sluice.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import dev.sluice.gateway.testing.InMemoryApplications;
import dev.sluice.gateway.testing.Tenant;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RestTokensTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final Tenant TENANT = Tenant.create();

  private final InMemoryApplications applications = new InMemoryApplications();
  private final RestTokens tokens = new RestTokens(applications, InstantSource.fixed(NOW));

  RestTokensTest() {
    applications.save(TENANT.application());
  }

  @Test
  void a_token_as_node_python_and_ruby_make_it_is_good() throws TokenRefusedException {
    assertThat(tokens.authenticate("Bearer " + TENANT.restToken(NOW)))
        .isEqualTo(TENANT.application());
    assertThat(tokens.authenticate("bearer   " + TENANT.restToken(NOW)))
        .isEqualTo(TENANT.application());
  }

  @Test
  void a_token_without_expiry_as_java_and_dotnet_make_it_is_good_for_15_minutes()
      throws TokenRefusedException {
    assertThat(tokens.authenticate(bearer(withoutExpiry(NOW.minusSeconds(900)))))
        .isEqualTo(TENANT.application());
    assertThat(fault(bearer(withoutExpiry(NOW.minusSeconds(901))))).isEqualTo(TokenFault.EXPIRED);
  }

  @Test
  void expiry_has_a_minute_of_leeway() throws TokenRefusedException {
    Map<String, Object> claims = TENANT.restClaims(NOW);
    claims.put("exp", NOW.getEpochSecond() - 60);
    assertThat(tokens.authenticate(bearer(claims))).isEqualTo(TENANT.application());
    claims.put("exp", NOW.getEpochSecond() - 61);
    assertThat(fault(bearer(claims))).isEqualTo(TokenFault.EXPIRED);
  }

  @Test
  void a_token_from_the_future_has_a_minute_of_leeway() throws TokenRefusedException {
    assertThat(tokens.authenticate(bearer(TENANT.restClaims(NOW.plusSeconds(60)))))
        .isEqualTo(TENANT.application());
    assertThat(fault(bearer(TENANT.restClaims(NOW.plusSeconds(61)))))
        .isEqualTo(TokenFault.NOT_FOR_THIS_USE);
    Map<String, Object> claims = TENANT.restClaims(NOW);
    claims.put("nbf", NOW.getEpochSecond() + 61);
    assertThat(fault(bearer(claims))).isEqualTo(TokenFault.NOT_FOR_THIS_USE);
  }

  @Test
  void a_token_without_any_time_is_refused() {
    Map<String, Object> claims = withoutExpiry(NOW);
    claims.remove("iat");
    assertThat(fault(bearer(claims))).isEqualTo(TokenFault.BAD_FORMAT_OR_SIGNATURE);
  }

  @Test
  void additional_claims_of_a_user_are_no_harm() throws TokenRefusedException {
    Map<String, Object> claims = TENANT.restClaims(NOW);
    claims.put("acl", Map.of("paths", Map.of("/**", Map.of())));
    claims.put("sub", "x");
    assertThat(tokens.authenticate(bearer(claims))).isEqualTo(TENANT.application());
  }

  @Test
  void a_client_token_opens_no_rest_door_even_with_its_scope_hidden() {
    Map<String, Object> claims = TENANT.clientClaims("2_s", "moderator", NOW);
    assertThat(fault(bearer(claims))).isEqualTo(TokenFault.NOT_FOR_THIS_USE);
    claims.put("scope", "other session.connect");
    claims.remove("role");
    claims.remove("session_id");
    assertThat(fault(bearer(claims))).isEqualTo(TokenFault.NOT_FOR_THIS_USE);
    for (String claim : List.of("session_id", "role")) {
      Map<String, Object> rest = TENANT.restClaims(NOW);
      rest.put(claim, "publisher");
      assertThat(fault(bearer(rest))).as(claim).isEqualTo(TokenFault.NOT_FOR_THIS_USE);
    }
  }

  @Test
  void a_token_without_algorithm_is_refused() {
    String payload = base64(claimsJson());
    for (String header : List.of("{\"alg\":\"none\"}", "{\"alg\":\"None\"}", "{}")) {
      assertThat(fault("Bearer " + base64(header) + "." + payload + "."))
          .as(header)
          .isEqualTo(TokenFault.BAD_FORMAT_OR_SIGNATURE);
    }
  }

  @Test
  void the_public_key_is_no_secret_to_sign_with() throws JOSEException {
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(TENANT.application().publicKey().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    for (byte[] secret :
        List.of(
            TENANT.application().publicKey().getEncoded(),
            pem.getBytes(StandardCharsets.US_ASCII))) {
      String token = Tenant.sign(JWSAlgorithm.HS256, new MACSigner(secret), TENANT.restClaims(NOW));
      assertThat(fault("Bearer " + token)).isEqualTo(TokenFault.BAD_FORMAT_OR_SIGNATURE);
    }
  }

  @Test
  void another_key_or_another_rsa_algorithm_is_refused() throws NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    RSASSASigner thief = new RSASSASigner(generator.generateKeyPair().getPrivate());
    for (JWSAlgorithm algorithm :
        List.of(JWSAlgorithm.RS256, JWSAlgorithm.RS512, JWSAlgorithm.PS256)) {
      assertThat(fault("Bearer " + Tenant.sign(algorithm, thief, TENANT.restClaims(NOW))))
          .isEqualTo(TokenFault.BAD_FORMAT_OR_SIGNATURE);
    }
  }

  @Test
  void an_unknown_application_is_answered_like_a_bad_signature() {
    Tenant stranger = Tenant.create();
    assertThat(fault(bearer(stranger.restClaims(NOW))))
        .isEqualTo(TokenFault.BAD_FORMAT_OR_SIGNATURE);
    // Signed with its own key, naming somebody else's application.
    Map<String, Object> claims = stranger.restClaims(NOW);
    claims.put("application_id", TENANT.id());
    assertThat(fault("Bearer " + stranger.sign(claims)))
        .isEqualTo(TokenFault.BAD_FORMAT_OR_SIGNATURE);
  }

  @Test
  void a_token_of_the_classic_api_names_no_application() {
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", TENANT.id());
    claims.put("ist", "project");
    claims.put("iat", NOW.getEpochSecond());
    claims.put("exp", NOW.getEpochSecond() + 300);
    assertThat(fault(bearer(claims))).isEqualTo(TokenFault.BAD_FORMAT_OR_SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Bearer ..",
        "Bearer a.b.c",
        "Basic dTpw",
        "Bearer eyJhbGciOiJSUzI1NiJ9.bnVsbA.AAAA",
        "Bearer eyJhbGciOiJSUzI1NiJ9.W10.AAAA"
      })
  void what_is_no_token_is_refused(String header) {
    assertThat(fault(header)).isEqualTo(TokenFault.BAD_FORMAT_OR_SIGNATURE);
  }

  @Test
  void no_header_is_refused() {
    assertThat(fault(null)).isEqualTo(TokenFault.BAD_FORMAT_OR_SIGNATURE);
  }

  @Test
  void a_claim_given_twice_is_refused() {
    String json = claimsJson().replaceFirst("\\{", "{\"jti\":\"x\",\"jti\":\"y\",");
    String token = TENANT.restToken(NOW);
    String forged = token.substring(0, token.indexOf('.')) + "." + base64(json) + ".AAAA";
    assertThat(fault("Bearer " + forged)).isEqualTo(TokenFault.BAD_FORMAT_OR_SIGNATURE);
  }

  @Test
  void a_token_changed_in_any_place_is_refused() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String token = TENANT.restToken(NOW);
    for (int i = 0; i < 500; i++) {
      StringBuilder changed = new StringBuilder(token);
      // The last character of a part carries unused bits: leave those alone.
      int at = random.nextInt(token.length());
      while (at + 1 == token.length() || token.charAt(at) == '.' || token.charAt(at + 1) == '.') {
        at = random.nextInt(token.length());
      }
      changed.setCharAt(at, token.charAt(at) == 'A' ? 'B' : 'A');
      assertThat(fault("Bearer " + changed))
          .as("seed %d, position %d", seed, at)
          .isEqualTo(TokenFault.BAD_FORMAT_OR_SIGNATURE);
    }
  }

  @Test
  void an_endless_token_is_refused_unread() {
    assertThat(fault("Bearer " + "e".repeat(1_000_000)))
        .isEqualTo(TokenFault.BAD_FORMAT_OR_SIGNATURE);
  }

  private static Map<String, Object> withoutExpiry(Instant issuedAt) {
    Map<String, Object> claims = TENANT.restClaims(issuedAt);
    claims.remove("exp");
    return claims;
  }

  private static String claimsJson() {
    return "{\"iat\":%d,\"exp\":%d,\"application_id\":\"%s\"}"
        .formatted(NOW.getEpochSecond(), NOW.getEpochSecond() + 900, TENANT.id());
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String bearer(Map<String, Object> claims) {
    return "Bearer " + TENANT.sign(claims);
  }

  private TokenFault fault(@Nullable String header) {
    TokenRefusedException refused =
        catchThrowableOfType(TokenRefusedException.class, () -> tokens.authenticate(header));
    assertThat(refused).as("refusal of %s", header).isNotNull();
    return refused.fault();
  }
}
