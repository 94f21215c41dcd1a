package dev.sluice.server.config;

/**
 * Something in a configuration file that cannot be used.
 *
 * @param where file and line, as in {@code sluice.conf:12}; or what else the value came from
 * @param message names the key and the value and says what is needed
 */
public record Problem(String where, String message) {
  @Override
  public String toString() {
    return where + ": " + message;
  }
}
