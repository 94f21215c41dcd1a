package dev.sluice.transport;

/**
 * The user name fragment and password of one side of an ICE session (RFC 8839 §5.4).
 *
 * @param usernameFragment 4 to 256 ice-chars
 * @param password 22 to 256 ice-chars
 */
public record IceCredentials(String usernameFragment, String password) {
  public IceCredentials {
    requireIceChars("user name fragment", usernameFragment, 4);
    requireIceChars("password", password, 22);
  }

  private static void requireIceChars(String what, String value, int minLength) {
    if (value.length() < minLength || value.length() > 256) {
      throw new IllegalArgumentException(
          "ICE %s of %d characters, allowed are %d to 256"
              .formatted(what, value.length(), minLength));
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean iceChar =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '+'
              || c == '/';
      if (!iceChar) {
        throw new IllegalArgumentException("ICE %s has the character '%c'".formatted(what, c));
      }
    }
  }

  @Override
  public String toString() {
    // The password authenticates the peer: it must not reach a log.
    return "IceCredentials[" + usernameFragment + "]";
  }
}
