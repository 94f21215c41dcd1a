package dev.sluice.gateway.http;

/**
 * Binds a method and a path to a handler.
 *
 * @param path begins with a slash; {@code {name}} stands for one segment, which the handler gets by
 *     {@link HttpCall#pathParameter}
 */
public record HttpRoute(HttpMethod method, String path, HttpHandler handler) {
  public HttpRoute {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("the path \"" + path + "\" has no slash in front");
    }
  }
}
