package dev.sluice.gateway.signalling;

import java.nio.charset.StandardCharsets;

/**
 * Puts the parts of a text message together. Of a message over the limit nothing is kept; it is
 * told when the last part has come, so that its client is done sending when it hears of it. One
 * thread at a time.
 */
final class MessageParts {
  private final StringBuilder text = new StringBuilder();
  private long bytes;

  /** What a part made of the message. */
  sealed interface Progress {
    record Whole(String text) implements Progress {}

    record More() implements Progress {}

    record TooLarge() implements Progress {}
  }

  /**
   * @param maxBytes of the whole message as UTF-8
   */
  Progress add(String part, boolean last, int maxBytes) {
    bytes += part.getBytes(StandardCharsets.UTF_8).length;
    boolean tooLarge = bytes > maxBytes;
    if (!last) {
      if (tooLarge) {
        text.setLength(0);
      } else {
        text.append(part);
      }
      return new Progress.More();
    }
    Progress progress =
        tooLarge
            ? new Progress.TooLarge()
            // Nearly all messages come in one part
            : new Progress.Whole(text.isEmpty() ? part : text.append(part).toString());
    text.setLength(0);
    text.trimToSize();
    bytes = 0;
    return progress;
  }
}
