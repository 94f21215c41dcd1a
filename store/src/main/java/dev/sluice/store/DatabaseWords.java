package dev.sluice.store;

/** What a database itself said: at the bottom of a fault, under several libraries' words. */
final class DatabaseWords {
  private DatabaseWords() {}

  /** The first line; empty when nothing was said. */
  static String of(Throwable fault) {
    Throwable deepest = fault;
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      deepest = cause;
    }
    return String.valueOf(deepest.getMessage()).lines().findFirst().orElse("");
  }
}
