package dev.sluice.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The claims of a token whose signature is right, which says nothing of what the signer wrote: each
 * is read or refused, and a current token ends after now and never after the year 9999.
 */
public final class ClaimsFuzz {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
  private static final Duration AGE = Duration.ofMinutes(15);

  private ClaimsFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    JsonNode node;
    try {
      node = JSON.readTree(input);
    } catch (JacksonException e) {
      return;
    }
    if (!(node instanceof ObjectNode object)) {
      return;
    }
    Claims claims = new Claims(object);
    for (String name : List.of("scope", "session_id", "role", "connection_data", "exp")) {
      checkText(claims, name);
      checkWords(claims, name);
    }
    try {
      Instant end = claims.requireCurrent(NOW, AGE);
      assertThat(end).isBetween(NOW.minus(Claims.LEEWAY), LATEST);
    } catch (TokenRefusedException refused) {
      assertThat(refused.fault()).isNotNull();
    }
  }

  private static void checkText(Claims claims, String name) {
    try {
      assertThat(claims.text(name).isPresent()).isEqualTo(claims.has(name));
    } catch (TokenRefusedException refused) {
      assertThat(refused.fault()).isEqualTo(TokenFault.BAD_FORMAT_OR_SIGNATURE);
    }
  }

  private static void checkWords(Claims claims, String name) {
    try {
      assertThat(claims.words(name)).doesNotContainNull();
    } catch (TokenRefusedException refused) {
      assertThat(refused.fault()).isEqualTo(TokenFault.BAD_FORMAT_OR_SIGNATURE);
    }
  }
}
