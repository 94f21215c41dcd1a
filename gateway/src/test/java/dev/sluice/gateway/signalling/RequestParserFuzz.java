package dev.sluice.gateway.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

/** A text frame of a socket is read the same each time, and is refused with a short answer. */
public final class RequestParserFuzz {
  private static final int MAX_MESSAGE_BYTES = 64 * 1024;
  private static final RequestParser PARSER = new RequestParser(MAX_MESSAGE_BYTES);

  private RequestParserFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    Incoming incoming = PARSER.parse(text);
    assertThat(PARSER.parse(text)).isEqualTo(incoming);
    switch (incoming) {
      case Incoming.NotThisProtocol() -> {}
      case Incoming.Refused(long id, SignallingError error) -> {
        assertThat(text).contains(Long.toString(id));
        // It names our field, and never repeats what the client wrote
        assertThat(error.message()).isNotEmpty().hasSizeLessThan(200).matches("[ -~]+");
      }
      case Incoming.Request(long id, SignallingRequest request) -> {
        assertThat(text).contains(Long.toString(id));
        if (request instanceof SignallingRequest.Connect connect) {
          // It goes into the log
          assertThat(connect.client()).matches("[ -~]{0,128}");
        }
      }
    }
  }
}
