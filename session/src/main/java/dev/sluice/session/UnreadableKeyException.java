package dev.sluice.session;

import org.jspecify.annotations.Nullable;

/** A text is not the key it should be. The message says why and never holds any of the text. */
public final class UnreadableKeyException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableKeyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
