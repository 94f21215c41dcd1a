package dev.sluice.gateway.rest;

import dev.sluice.gateway.http.ApiError;
import dev.sluice.gateway.http.ApiErrorException;
import dev.sluice.gateway.http.HttpCall;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads a URL-encoded form; the first value of a name counts. */
final class FormBody {
  private static final String FORM_TYPE = "application/x-www-form-urlencoded";

  private FormBody() {}

  /** Empty when there is no body, whatever type it is said to have. */
  static Map<String, String> read(HttpCall call) throws ApiErrorException {
    byte[] body = call.body();
    if (body.length == 0) {
      return Map.of();
    }
    String type = call.header("Content-Type").orElse("");
    if (!type.toLowerCase(Locale.ROOT).startsWith(FORM_TYPE)) {
      throw new ApiErrorException(ApiError.unsupportedType("The body must be " + FORM_TYPE));
    }
    Map<String, String> values = new HashMap<>();
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      values.putIfAbsent(decode(name), decode(value));
    }
    return values;
  }

  private static String decode(String text) throws ApiErrorException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ApiErrorException(ApiError.badRequest("The form is not URL-encoded"));
    }
  }
}
