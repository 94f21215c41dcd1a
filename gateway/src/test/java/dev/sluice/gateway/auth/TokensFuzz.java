package dev.sluice.gateway.auth;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.gateway.testing.InMemoryApplications;
import dev.sluice.gateway.testing.Tenant;
import dev.sluice.session.SessionId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/** Nothing that a stranger writes is a token: it is refused, and by no other exception. */
public final class TokensFuzz {
  // The stored inputs name it, so that they get as far as the signature
  private static final Tenant TENANT =
      Tenant.withId(UUID.fromString("0b1f6c3e-2f6f-4a53-9d53-3b1f0a4f1d11"));
  private static final InMemoryApplications APPLICATIONS = new InMemoryApplications();
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-06-01T12:00:00Z"));

  static {
    APPLICATIONS.save(TENANT.application());
  }

  private TokensFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    ClientTokens clients = new ClientTokens(APPLICATIONS, CLOCK);
    assertThatExceptionOfType(TokenRefusedException.class)
        .isThrownBy(() -> clients.authenticate(text, new SessionId("2_abc-_")));
    RestTokens rest = new RestTokens(APPLICATIONS, CLOCK);
    assertThatExceptionOfType(TokenRefusedException.class)
        .isThrownBy(() -> rest.authenticate(text));
    assertThatExceptionOfType(TokenRefusedException.class)
        .isThrownBy(() -> rest.authenticate("Bearer " + text));
  }
}
