package dev.sluice.gateway.web;

import dev.sluice.gateway.http.HttpAnswer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A file that browsers load.
 *
 * @param etag changes with the content, RFC 9110 §8.8.3
 * @param answer to a GET of it
 */
record WebFile(String etag, HttpAnswer answer) {
  static WebFile of(String path, byte[] content) {
    return new WebFile(etag(content), HttpAnswer.of(200, ContentTypes.of(path), content));
  }

  private static String etag(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      // Weak: the web server may compress what goes out.
      return "W/\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no SHA-256, which every JVM must have", e);
    }
  }
}
