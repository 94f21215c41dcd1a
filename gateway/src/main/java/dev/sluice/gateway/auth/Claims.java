package dev.sluice.gateway.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The claims of a token whose signature has been verified. */
final class Claims {
  /** How far the clocks of an application's server and ours may differ. */
  static final Duration LEEWAY = Duration.ofSeconds(60);

  /** 9999-12-31. A caller who wrote milliseconds means "never", and gets that. */
  private static final long LATEST_SECOND = 253_402_300_799L;

  private final ObjectNode node;

  Claims(ObjectNode node) {
    this.node = node;
  }

  boolean has(String name) {
    return present(name).isPresent();
  }

  Optional<String> text(String name) throws TokenRefusedException {
    Optional<JsonNode> value = present(name);
    if (value.isPresent() && !value.get().isString()) {
      throw malformed();
    }
    return value.map(JsonNode::stringValue);
  }

  /** A list that some SDKs write as one string with spaces and others as an array. */
  List<String> words(String name) throws TokenRefusedException {
    Optional<JsonNode> value = present(name);
    if (value.isEmpty()) {
      return List.of();
    }
    JsonNode list = value.get();
    if (list.isString()) {
      return list.stringValue().isBlank()
          ? List.of()
          : List.of(list.stringValue().strip().split("\\s+"));
    }
    if (!list.isArray()) {
      throw malformed();
    }
    List<String> words = new ArrayList<>(list.size());
    for (JsonNode word : list) {
      if (!word.isString()) {
        throw malformed();
      }
      words.add(word.stringValue());
    }
    return words;
  }

  /** A NumericDate (RFC 7519 §2), which may have a fraction. */
  Optional<Instant> time(String name) throws TokenRefusedException {
    Optional<JsonNode> value = present(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!value.get().isNumber()) {
      throw malformed();
    }
    double seconds = value.get().doubleValue();
    if (!(seconds >= 0)) {
      throw malformed();
    }
    return Optional.of(Instant.ofEpochSecond((long) Math.min(seconds, LATEST_SECOND)));
  }

  /**
   * Checks {@code exp}, {@code nbf} and {@code iat} against the clock.
   *
   * @param ageWithoutExpiry how long after {@code iat} a token without {@code exp} is good
   * @return when the token expires
   */
  Instant requireCurrent(Instant now, Duration ageWithoutExpiry) throws TokenRefusedException {
    Optional<Instant> issued = time("iat");
    Optional<Instant> expiry = time("exp");
    for (Optional<Instant> start : List.of(issued, time("nbf"))) {
      if (start.isPresent() && start.get().isAfter(now.plus(LEEWAY))) {
        throw new TokenRefusedException(TokenFault.NOT_FOR_THIS_USE);
      }
    }
    if (expiry.isPresent()) {
      if (now.isAfter(expiry.get().plus(LEEWAY))) {
        throw new TokenRefusedException(TokenFault.EXPIRED);
      }
      return expiry.get();
    }
    Instant end = issued.orElseThrow(Claims::malformed).plus(ageWithoutExpiry);
    if (now.isAfter(end)) {
      throw new TokenRefusedException(TokenFault.EXPIRED);
    }
    return end;
  }

  private Optional<JsonNode> present(String name) {
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  private static TokenRefusedException malformed() {
    return new TokenRefusedException(TokenFault.BAD_FORMAT_OR_SIGNATURE);
  }
}
