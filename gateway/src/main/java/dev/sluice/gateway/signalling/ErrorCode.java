package dev.sluice.gateway.signalling;

import java.util.Locale;

/** The error codes of the protocol. */
enum ErrorCode {
  BAD_REQUEST,
  UNKNOWN_TYPE,
  NOT_CONNECTED,
  ALREADY_CONNECTED,
  RESUME_FAILED,
  AUTHENTICATION_FAILED,
  SESSION_NOT_FOUND,
  PERMISSION_DENIED,
  STREAM_NOT_FOUND,
  SUBSCRIPTION_NOT_FOUND,
  CONNECTION_NOT_FOUND,
  STREAM_LIMIT,
  SUBSCRIPTION_LIMIT,
  CONNECTION_LIMIT,
  SIGNAL_INVALID_TYPE,
  SIGNAL_TOO_LARGE,
  INVALID_SDP,
  UNSUPPORTED_MEDIA,
  STALE_REVISION,
  RATE_LIMITED,
  INTERNAL;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  String wireName() {
    return wireName;
  }
}
