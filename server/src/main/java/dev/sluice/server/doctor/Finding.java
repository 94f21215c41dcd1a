package dev.sluice.server.doctor;

/**
 * What one check found.
 *
 * @param check a short name
 * @param level how bad it is
 * @param message what is the case
 * @param advice what to do; empty when there is nothing
 */
public record Finding(String check, Level level, String message, String advice) {
  /** From good to bad. */
  public enum Level {
    OK,
    WARN,
    FAIL
  }

  static Finding ok(String check, String message) {
    return new Finding(check, Level.OK, message, "");
  }

  static Finding warn(String check, String message, String advice) {
    return new Finding(check, Level.WARN, message, advice);
  }

  static Finding fail(String check, String message, String advice) {
    return new Finding(check, Level.FAIL, message, advice);
  }
}
