package dev.sluice.gateway.tls;

import org.jspecify.annotations.Nullable;

/** A certificate or its key cannot be used. The message names the file and is for the operator. */
public final class UnusableCertificateException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableCertificateException(String message) {
    this(message, null);
  }

  UnusableCertificateException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
