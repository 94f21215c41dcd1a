package dev.sluice.gateway;

import java.io.IOException;
import java.net.BindException;
import java.net.UnknownHostException;

/** The gateway cannot listen where it is told to. The message is for the operator. */
public final class CannotListenException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why it cannot. */
  public enum Reason {
    PORT_IN_USE("the port is in use by another process"),
    NO_PERMISSION("this user may not use the port; ports below 1024 need a privilege"),
    NOT_OUR_ADDRESS("this machine has no such address"),
    UNKNOWN_HOST("the name has no address"),
    OTHER("the system refused");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  CannotListenException(String host, int port, IOException cause) {
    this(host, port, reason(cause), cause);
  }

  private CannotListenException(String host, int port, Reason reason, IOException cause) {
    super("cannot listen on " + host + " port " + port + ": " + reason.text, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  private static Reason reason(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return Reason.UNKNOWN_HOST;
      }
      if (cause instanceof BindException) {
        return bindReason(String.valueOf(cause.getMessage()));
      }
      if (String.valueOf(cause.getMessage()).contains("Permission denied")) {
        return Reason.NO_PERMISSION;
      }
    }
    return Reason.OTHER;
  }

  // The system's error number is not to be had from Java, only its text.
  private static Reason bindReason(String message) {
    if (message.contains("in use")) {
      return Reason.PORT_IN_USE;
    }
    if (message.contains("Permission denied")) {
      return Reason.NO_PERMISSION;
    }
    return message.contains("Cannot assign") ? Reason.NOT_OUR_ADDRESS : Reason.OTHER;
  }
}
