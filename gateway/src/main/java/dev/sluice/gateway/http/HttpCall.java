package dev.sluice.gateway.http;

import java.util.Optional;

/** One request. Used by its own thread only. */
public interface HttpCall {
  /** The decoded text of a {@code {name}} in the route's path. */
  String pathParameter(String name);

  /** The first value of a query parameter. */
  Optional<String> queryParameter(String name);

  Optional<String> header(String name);

  /** The address at the other end of the connection, without the port. */
  String clientAddress();

  /**
   * The whole body; empty when there is none.
   *
   * @throws ApiErrorException 413 when it is larger than the gateway's limit
   */
  byte[] body() throws ApiErrorException;

  /**
   * The body as JSON, read into a record; unknown fields are ignored, absent ones are null, and an
   * empty body reads as {@code {}}.
   *
   * @throws ApiErrorException 400 when it is something else, 413 when it is too large
   */
  default <T> T jsonBody(Class<T> type) throws ApiErrorException {
    return Json.read(body(), type);
  }
}
