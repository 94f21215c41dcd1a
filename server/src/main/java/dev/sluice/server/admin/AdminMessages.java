package dev.sluice.server.admin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The words on the socket: one line of JSON each way, then it is closed. */
final class AdminMessages {
  static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MAX_CHARS = 16 * 1024 * 1024;

  private AdminMessages() {}

  /** What can be asked for. */
  enum Verb {
    CREATE_APPLICATION,
    LIST_APPLICATIONS,
    ROTATE_KEY,
    CREATE_SESSION
  }

  /** A question; each verb uses some of the fields. */
  record Question(
      @Nullable Verb verb,
      @Nullable String name,
      @Nullable String applicationId,
      @Nullable String mediaMode) {}

  /** An answer: one of the two. */
  record Answer(@Nullable JsonNode result, @Nullable String error) {}

  static void write(SocketChannel channel, Object message) throws IOException {
    OutputStream out = Channels.newOutputStream(channel);
    out.write((JSON.writeValueAsString(message) + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Empty when the other side said nothing, or something else. */
  static <T> Optional<T> read(SocketChannel channel, Class<T> type) throws IOException {
    InputStream in = Channels.newInputStream(channel);
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 8192);
    StringBuilder line = new StringBuilder();
    for (int c = reader.read(); c >= 0 && c != '\n'; c = reader.read()) {
      if (line.length() == MAX_CHARS) {
        return Optional.empty();
      }
      line.append((char) c);
    }
    try {
      return line.isEmpty() ? Optional.empty() : Optional.of(JSON.readValue(line.toString(), type));
    } catch (JacksonException e) {
      // The caller says what it means that there is no message.
      return Optional.empty();
    }
  }
}
