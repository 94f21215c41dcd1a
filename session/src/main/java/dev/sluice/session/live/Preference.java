package dev.sluice.session.live;

import java.util.Optional;

/** What an update says of one preference. */
public sealed interface Preference<T> {
  /** It stays as it is. */
  record Unchanged<T>() implements Preference<T> {}

  /** It is taken back. */
  record None<T>() implements Preference<T> {}

  record Wanted<T>(T value) implements Preference<T> {}

  /** The preference after the update. */
  default Optional<T> appliedTo(Optional<T> now) {
    return switch (this) {
      case Unchanged<T> _ -> now;
      case None<T> _ -> Optional.empty();
      case Wanted<T>(T value) -> Optional.of(value);
    };
  }
}
