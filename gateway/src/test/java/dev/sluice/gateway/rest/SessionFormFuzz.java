package dev.sluice.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.http.ApiErrorException;
import dev.sluice.gateway.http.HttpCall;
import dev.sluice.session.ArchiveMode;
import dev.sluice.session.MediaMode;
import dev.sluice.session.SessionOptions;
import java.util.Optional;

/** The form of a new session is refused with a client's error, or makes options that fit. */
public final class SessionFormFuzz {
  private SessionFormFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    SessionOptions options;
    try {
      options = SessionForm.read(new Form(input));
    } catch (ApiErrorException refused) {
      assertThat(refused.error().status()).isEqualTo(400);
      return;
    }
    boolean relayed = options.mediaMode() == MediaMode.RELAYED;
    boolean archived = options.archiveMode() == ArchiveMode.ALWAYS;
    assertThat(relayed && archived).isFalse();
    options.location().ifPresent(location -> assertThat(location).matches("[0-9.]{7,15}"));
  }

  private static final class Form implements HttpCall {
    private final byte[] body;

    Form(byte[] body) {
      this.body = body;
    }

    @Override
    public String pathParameter(String name) {
      throw new AssertionError("a form is in the body, not in the path: " + name);
    }

    @Override
    public Optional<String> queryParameter(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.of("application/x-www-form-urlencoded; charset=UTF-8");
    }

    @Override
    public String clientAddress() {
      return "192.0.2.1";
    }

    @Override
    public byte[] body() {
      return body;
    }
  }
}
