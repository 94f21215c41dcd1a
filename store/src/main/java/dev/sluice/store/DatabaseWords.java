package dev.sluice.store;

import java.sql.SQLException;

/** What a database itself said: at the bottom of a fault, under several libraries' words. */
final class DatabaseWords {
  private DatabaseWords() {}

  /**
   * Whether the connection is gone: SQLSTATE class 08 (connection exception), or 57P of PostgreSQL
   * (appendix A: the server was shut down).
   */
  static boolean tellsOfBrokenConnection(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        String state = String.valueOf(sql.getSQLState());
        return state.startsWith("08") || state.startsWith("57P");
      }
    }
    return false;
  }

  /** The first line; empty when nothing was said. */
  static String of(Throwable fault) {
    Throwable deepest = fault;
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      deepest = cause;
    }
    return String.valueOf(deepest.getMessage()).lines().findFirst().orElse("");
  }
}
