package dev.sluice.router.worker;

/** A worker did not carry out a call: it is stopped, overloaded or too slow. */
public final class WorkerUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WorkerUnavailableException(String message) {
    super(message);
  }
}
