package dev.sluice.session;

/**
 * Names a {@link Session}. Opaque: a digit, an underscore and base64url text, which SDKs put into
 * paths un-encoded.
 */
public record SessionId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
