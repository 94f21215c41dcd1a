package dev.sluice.router.net;

import java.net.InetSocketAddress;

/** A UDP port cannot be opened. The message names the address and what to do. */
public final class PortUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why a port cannot be opened. */
  public enum Reason {
    /** Another socket holds the port. */
    IN_USE,
    /** No interface of this machine has the address. */
    NOT_A_LOCAL_ADDRESS,
    /** Anything else; the cause says what. */
    OTHER
  }

  private final Reason reason;

  public PortUnavailableException(Reason reason, InetSocketAddress address, Throwable cause) {
    super(message(reason, address, cause), cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  private static String message(Reason reason, InetSocketAddress address, Throwable cause) {
    String port = "UDP %s:%d".formatted(address.getAddress().getHostAddress(), address.getPort());
    return switch (reason) {
      case IN_USE -> port + " is in use: stop the process that holds it or choose another port";
      case NOT_A_LOCAL_ADDRESS ->
          port
              + " cannot be bound, because no interface of this machine has the address: bind a local"
              + " address, and advertise this one if a NAT in front of the machine has it";
      case OTHER -> port + " cannot be opened: " + cause.getMessage();
    };
  }
}
