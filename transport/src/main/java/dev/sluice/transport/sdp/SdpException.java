package dev.sluice.transport.sdp;

/** A session description that can't be read. The message says what is wrong and where. */
public final class SdpException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;

  SdpException(int line, String what) {
    super(line == 0 ? what : "line %d: %s".formatted(line, what));
    this.line = line;
  }

  /** The line with the fault, from 1; 0 when it is of the description as a whole. */
  public int line() {
    return line;
  }
}
