package dev.sluice.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.gateway.testing.InMemoryApplications;
import dev.sluice.gateway.testing.Tenant;
import dev.sluice.session.ClientToken;
import dev.sluice.session.Role;
import dev.sluice.session.SessionId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tokens of each SDK, and what is wrong with some. */
final class ClientTokensTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final SessionId SESSION = new SessionId("2_abc-_");
  private static final Tenant TENANT = Tenant.create();

  private final ClientTokens tokens;

  ClientTokensTest() {
    InMemoryApplications applications = new InMemoryApplications();
    applications.save(TENANT.application());
    tokens = new ClientTokens(applications, InstantSource.fixed(NOW));
  }

  @Test
  void node_writes_classes_as_words_and_may_write_a_fraction_of_a_second()
      throws TokenRefusedException {
    Map<String, Object> claims = TENANT.clientClaims(SESSION.value(), "moderator", NOW);
    claims.put("initial_layout_class_list", "full focus");
    claims.put("connection_data", "name=bob");
    claims.put("exp", NOW.getEpochSecond() + 60.5);
    assertThat(authenticate(claims))
        .isEqualTo(
            new ClientToken(
                TENANT.application().id(),
                SESSION,
                Role.MODERATOR,
                "name=bob",
                List.of("full", "focus"),
                NOW.plusSeconds(60)));
  }

  @Test
  void java_leaves_out_what_is_not_set() throws TokenRefusedException {
    ClientToken token = authenticate(minimal());
    assertThat(token.data()).isEmpty();
    assertThat(token.layoutClasses()).isEmpty();
  }

  @Test
  void python_writes_classes_as_an_array_and_a_subject_claim() throws TokenRefusedException {
    Map<String, Object> claims = minimal();
    claims.put("initial_layout_class_list", List.of("a", "b"));
    claims.put("subject", "video");
    claims.put("acl", Map.of("paths", Map.of("/session/**", Map.of())));
    assertThat(authenticate(claims).layoutClasses()).containsExactly("a", "b");
  }

  @Test
  void ruby_names_connection_data_data() throws TokenRefusedException {
    Map<String, Object> claims = minimal();
    claims.put("data", "from ruby");
    claims.put("initial_layout_class_list", "");
    assertThat(authenticate(claims).data()).isEqualTo("from ruby");
  }

  @Test
  void dotnet_sets_no_expiry_and_gets_a_day() throws TokenRefusedException {
    Map<String, Object> claims = minimal();
    claims.remove("exp");
    assertThat(authenticate(claims).expiresAt()).isEqualTo(NOW.plusSeconds(86_400));
    claims.put("iat", NOW.getEpochSecond() - 86_401);
    assertThat(fault(claims)).contains(TokenFault.EXPIRED);
    claims.remove("iat");
    assertThat(fault(claims)).contains(TokenFault.BAD_FORMAT_OR_SIGNATURE);
  }

  @ParameterizedTest
  @EnumSource
  void each_role_is_known(Role role) throws TokenRefusedException {
    Map<String, Object> claims = minimal();
    claims.put("role", role.wireName());
    assertThat(authenticate(claims).role()).isEqualTo(role);
  }

  @Test
  void an_unknown_role_is_refused_and_a_missing_one_is_publisher() throws TokenRefusedException {
    Map<String, Object> claims = minimal();
    for (Object role : List.of("god", "Publisher", "", 1, List.of("moderator"))) {
      claims.put("role", role);
      assertThat(fault(claims)).as("%s", role).contains(TokenFault.BAD_FORMAT_OR_SIGNATURE);
    }
    claims.remove("role");
    assertThat(authenticate(claims).role()).isEqualTo(Role.PUBLISHER);
  }

  @Test
  void expiry_has_a_minute_of_leeway() throws TokenRefusedException {
    Map<String, Object> claims = minimal();
    claims.put("exp", NOW.getEpochSecond() - 60);
    assertThat(authenticate(claims).expiresAt()).isEqualTo(NOW.minusSeconds(60));
    claims.put("exp", NOW.getEpochSecond() - 61);
    assertThat(fault(claims)).contains(TokenFault.EXPIRED);
  }

  @Test
  void an_expiry_in_milliseconds_means_never() throws TokenRefusedException {
    Map<String, Object> claims = minimal();
    claims.put("exp", NOW.toEpochMilli() * 1000);
    assertThat(authenticate(claims).expiresAt()).isAfter(Instant.parse("9999-01-01T00:00:00Z"));
    for (Object nonsense : List.of(-1, "soon", true, List.of())) {
      claims.put("exp", nonsense);
      assertThat(fault(claims)).as("%s", nonsense).contains(TokenFault.BAD_FORMAT_OR_SIGNATURE);
    }
  }

  @Test
  void a_token_is_for_one_session() {
    Map<String, Object> claims = minimal();
    claims.put("session_id", "2_other");
    assertThat(fault(claims)).contains(TokenFault.OTHER_SESSION);
    claims.remove("session_id");
    assertThat(fault(claims)).contains(TokenFault.OTHER_SESSION);
  }

  @Test
  void a_token_of_the_rest_api_joins_nothing() {
    Map<String, Object> claims = TENANT.restClaims(NOW);
    assertThat(fault(claims)).contains(TokenFault.NOT_FOR_THIS_USE);
    claims.put("session_id", SESSION.value());
    assertThat(fault(claims)).contains(TokenFault.NOT_FOR_THIS_USE);
  }

  @Test
  void connection_data_has_at_most_1000_characters() throws TokenRefusedException {
    Map<String, Object> claims = minimal();
    claims.put("connection_data", "ä".repeat(1000));
    assertThat(authenticate(claims).data()).hasSize(1000);
    claims.put("connection_data", "ä".repeat(1001));
    assertThat(fault(claims)).contains(TokenFault.BAD_FORMAT_OR_SIGNATURE);
    claims.put("connection_data", Map.of("name", "Ada"));
    assertThat(fault(claims)).contains(TokenFault.BAD_FORMAT_OR_SIGNATURE);
  }

  private static Map<String, Object> minimal() {
    Map<String, Object> claims = new HashMap<>();
    claims.put("scope", "session.connect");
    claims.put("session_id", SESSION.value());
    claims.put("role", "publisher");
    claims.put("iat", NOW.getEpochSecond());
    claims.put("exp", NOW.getEpochSecond() + 900);
    claims.put("application_id", TENANT.id());
    return claims;
  }

  private ClientToken authenticate(Map<String, Object> claims) throws TokenRefusedException {
    return tokens.authenticate(TENANT.sign(claims), SESSION);
  }

  private Optional<TokenFault> fault(Map<String, Object> claims) {
    return Optional.ofNullable(
            catchThrowableOfType(TokenRefusedException.class, () -> authenticate(claims)))
        .map(TokenRefusedException::fault);
  }
}
