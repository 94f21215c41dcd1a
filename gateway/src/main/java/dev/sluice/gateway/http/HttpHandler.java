package dev.sluice.gateway.http;

/** Answers the requests of one route. */
@FunctionalInterface
public interface HttpHandler {
  /**
   * Runs on the request's virtual thread. Any other exception than the declared one becomes a 500
   * that tells nothing but an id, under which it is logged.
   */
  HttpAnswer handle(HttpCall call) throws ApiErrorException;
}
