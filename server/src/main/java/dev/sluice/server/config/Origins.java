package dev.sluice.server.config;

import java.net.URI;

/** URLs that name a server and nothing on it: what a browser calls an origin (RFC 6454 §6.2). */
final class Origins {
  private Origins() {}

  /**
   * @throws IllegalArgumentException when it is something else
   */
  static URI parse(String text) {
    URI uri = URI.create(text);
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    String path = uri.getRawPath();
    if (!web
        || uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || !(path == null || path.isEmpty() || path.equals("/"))) {
      throw new IllegalArgumentException(text);
    }
    return URI.create(uri.getScheme() + "://" + uri.getRawAuthority());
  }
}
