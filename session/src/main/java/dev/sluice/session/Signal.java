package dev.sluice.session;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A message through a session.
 *
 * @param type at most 128 bytes of letters, digits, '-', '_', '~'
 * @param data at most 8192 bytes of UTF-8
 */
public record Signal(Optional<String> type, Optional<String> data) {
  public static final int MAX_TYPE_BYTES = 128;
  public static final int MAX_DATA_BYTES = 8192;

  /** What is wrong with it, if anything; the domain refuses such a signal. */
  public Optional<SessionError> fault() {
    if (type.isPresent() && !isValidType(type.get())) {
      return Optional.of(new SessionError.InvalidSignalType());
    }
    if (data.isPresent() && data.get().getBytes(StandardCharsets.UTF_8).length > MAX_DATA_BYTES) {
      return Optional.of(new SessionError.SignalTooLarge());
    }
    return Optional.empty();
  }

  private static boolean isValidType(String type) {
    return type.length() <= MAX_TYPE_BYTES
        && type.chars()
            .allMatch(
                c ->
                    (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || c == '-'
                        || c == '_'
                        || c == '~');
  }
}
