package dev.sluice.gateway.web;

import dev.sluice.gateway.http.ApiError;
import dev.sluice.gateway.http.ApiErrorException;
import dev.sluice.gateway.http.HttpAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Serves {@code web/client/…} of the class path under {@code /client/…} and {@code web/meet/…}
 * under {@code /…}. Files are read once: they cannot change in a running server.
 */
public final class WebContent {
  private static final String CLIENT = "/client/";

  private static final int MAX_PATH_CHARS = 256;

  /** Plain names only: no dot at the start of one, so no way up and nothing hidden. */
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_@-][A-Za-z0-9._@-]*)*/?");

  /**
   * The page runs its own scripts only; the client library puts styles on the elements it makes,
   * and cameras and avatars are blobs. It may connect anywhere by WebSocket, since signalling may
   * be on another host.
   */
  private static final String PAGE_POLICY =
      "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self' ws: wss:;"
          + " object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

  private final ClassLoader loader;
  private final Map<String, WebFile> files = new ConcurrentHashMap<>();

  public WebContent(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * Answers a GET.
   *
   * @param path as it is in the request, not decoded
   * @param ifNoneMatch that header's value, or empty
   */
  public HttpAnswer answer(String path, String ifNoneMatch) throws ApiErrorException {
    boolean library = path.startsWith(CLIENT);
    WebFile file =
        find(library ? "web" + path : "web/meet" + path)
            .orElseThrow(() -> new ApiErrorException(ApiError.notFound("There is nothing here")));
    HttpAnswer answer = ifNoneMatch.contains(file.etag()) ? HttpAnswer.empty(304) : file.answer();
    answer =
        answer
            .header("ETag", file.etag())
            // Kept, but asked for again each time: an upgrade of the server is seen at once.
            .header("Cache-Control", "no-cache")
            .header("X-Content-Type-Options", "nosniff");
    return library ? forAnyOrigin(answer) : forThePage(answer);
  }

  /** Pages of applications import the library from here. */
  private static HttpAnswer forAnyOrigin(HttpAnswer answer) {
    return answer
        .header("Access-Control-Allow-Origin", "*")
        .header("Cross-Origin-Resource-Policy", "cross-origin");
  }

  private static HttpAnswer forThePage(HttpAnswer answer) {
    return answer
        .header("Content-Security-Policy", PAGE_POLICY)
        .header("Referrer-Policy", "no-referrer")
        .header("X-Frame-Options", "DENY")
        .header(
            "Permissions-Policy",
            "camera=(self), microphone=(self), display-capture=(self), geolocation=()");
  }

  private Optional<WebFile> find(String path) {
    if (path.length() > MAX_PATH_CHARS || !PATH.matcher("/" + path).matches()) {
      return Optional.empty();
    }
    String name = path.endsWith("/") ? path + "index.html" : path;
    WebFile known = files.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<WebFile> read = read(name).map(content -> WebFile.of(name, content));
    read.ifPresent(file -> files.put(name, file));
    return read;
  }

  private Optional<byte[]> read(String name) {
    // A directory in a class path of directories opens as a listing; files have an extension.
    if (name.lastIndexOf('.') < name.lastIndexOf('/')) {
      return Optional.empty();
    }
    try (InputStream in = loader.getResourceAsStream(name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name + " from the class path", e);
    }
  }
}
