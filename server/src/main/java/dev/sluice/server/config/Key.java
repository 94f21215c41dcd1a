package dev.sluice.server.config;

import java.util.Optional;

/**
 * One key of the configuration file.
 *
 * @param path with dots, as in {@code http.port}
 * @param fallback the value when the file has none; empty for a key that may stay without one
 * @param secret its value is never shown
 */
record Key<T>(String path, ValueType<T> type, Optional<T> fallback, boolean secret) {
  static <T> Key<T> of(String path, ValueType<T> type, T fallback) {
    return new Key<>(path, type, Optional.of(fallback), false);
  }

  static <T> Key<T> optional(String path, ValueType<T> type) {
    return new Key<>(path, type, Optional.empty(), false);
  }

  static Key<String> secret(String path) {
    return new Key<>(path, ValueType.text(), Optional.empty(), true);
  }

  /** The value as one would write it in the file. */
  String show(T value) {
    return secret ? "(hidden)" : type.show(value);
  }

  /** The default as one would write it in the file; empty when there is none. */
  Optional<String> shownFallback() {
    return fallback.map(type::show);
  }
}
