package dev.sluice.gateway.rest;

import dev.sluice.gateway.http.ApiError;
import dev.sluice.gateway.http.ApiErrorException;
import dev.sluice.gateway.http.HttpCall;
import dev.sluice.session.ArchiveMode;
import dev.sluice.session.MediaMode;
import dev.sluice.session.SessionOptions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The parameters of {@code POST /session/create}. SDKs send all of them, some, or no body at all,
 * and the text "null" for a location that is not set.
 */
final class SessionForm {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

  private SessionForm() {}

  static SessionOptions read(HttpCall call) throws ApiErrorException {
    Map<String, String> form = FormBody.read(call);
    MediaMode mediaMode = mediaMode(value(form, "p2p.preference"));
    ArchiveMode archiveMode = archiveMode(value(form, "archiveMode"));
    boolean encrypted = flag("e2ee", value(form, "e2ee"));
    if (mediaMode == MediaMode.RELAYED && archiveMode == ArchiveMode.ALWAYS) {
      throw bad("archiveMode always needs a routed session");
    }
    if (mediaMode == MediaMode.RELAYED && encrypted) {
      throw bad("e2ee needs a routed session");
    }
    if (archiveMode == ArchiveMode.ALWAYS && encrypted) {
      throw bad("archiveMode always and e2ee exclude each other");
    }
    return new SessionOptions(mediaMode, archiveMode, location(form), encrypted);
  }

  private static MediaMode mediaMode(String preference) {
    return switch (preference) {
      case "enabled", "always", "relayed" -> MediaMode.RELAYED;
      // The Node SDK passes on whatever its caller wrote; routed is the documented default.
      default -> MediaMode.ROUTED;
    };
  }

  private static ArchiveMode archiveMode(String mode) throws ApiErrorException {
    return switch (mode) {
      case "", "manual" -> ArchiveMode.MANUAL;
      case "always" -> ArchiveMode.ALWAYS;
      default -> throw bad("archiveMode must be manual or always");
    };
  }

  private static Optional<String> location(Map<String, String> form) throws ApiErrorException {
    String location = value(form, "location");
    if (location.isEmpty()) {
      return Optional.empty();
    }
    if (!IPV4.matcher(location).matches()) {
      throw bad("location must be an IPv4 address");
    }
    return Optional.of(location);
  }

  private static boolean flag(String name, String value) throws ApiErrorException {
    return switch (value) {
      case "", "false" -> false;
      case "true" -> true;
      default -> throw bad(name + " must be true or false");
    };
  }

  private static String value(Map<String, String> form, String name) {
    String value = form.getOrDefault(name, "").strip().toLowerCase(Locale.ROOT);
    return value.equals("null") || value.equals("undefined") ? "" : value;
  }

  private static ApiErrorException bad(String message) {
    return new ApiErrorException(ApiError.badRequest(message));
  }
}
