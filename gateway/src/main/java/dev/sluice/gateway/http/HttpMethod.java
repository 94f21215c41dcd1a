package dev.sluice.gateway.http;

/** The methods that routes are made for. A GET route answers HEAD too. */
public enum HttpMethod {
  GET,
  POST,
  PUT,
  PATCH,
  DELETE,
  OPTIONS
}
