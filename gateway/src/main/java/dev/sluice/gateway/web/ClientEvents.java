package dev.sluice.gateway.web;

import dev.sluice.gateway.http.HttpAnswer;
import dev.sluice.gateway.http.HttpMethod;
import dev.sluice.gateway.http.HttpRoute;

/**
 * Answers who tries whether the server can be reached by posting a client event, as network tests
 * of OpenTok applications do: to {@code OT.properties.loggingURL} and this path. Nothing of it is
 * read or kept.
 */
public final class ClientEvents {
  /** Those tests look for "tokbox" in the address. */
  private static final String PATH = "/tokbox/logging/ClientEvent";

  private ClientEvents() {}

  /** For pages of any origin, without authentication. */
  public static HttpRoute route() {
    return new HttpRoute(
        HttpMethod.POST,
        PATH,
        call -> HttpAnswer.empty(200).header("Access-Control-Allow-Origin", "*"));
  }
}
