package dev.sluice.gateway.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a handler answers. The body must not be changed afterwards. */
public final class HttpAnswer {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private HttpAnswer(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
  }

  /** Without a body, as with 204 and 304. */
  public static HttpAnswer empty(int status) {
    return new HttpAnswer(status, Map.of(), new byte[0]);
  }

  public static HttpAnswer of(int status, String contentType, byte[] body) {
    return new HttpAnswer(status, Map.of("Content-Type", contentType), body);
  }

  /** Writes a record, a map or a list as JSON. */
  public static HttpAnswer json(int status, Object value) {
    return of(status, Json.CONTENT_TYPE, Json.write(value));
  }

  /** The same answer with one more header. */
  public HttpAnswer header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpAnswer(status, more, body);
  }

  public int status() {
    return status;
  }

  public Map<String, String> headers() {
    return headers;
  }

  /** Not a copy. */
  public byte[] body() {
    return body;
  }
}
