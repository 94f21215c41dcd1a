package dev.sluice.transport.negotiation;

import dev.sluice.transport.IceCredentials;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;

/** Our end of the transport in these tests. */
final class Locals {
  static final String FINGERPRINT = "AB:".repeat(31) + "AB";

  static final LocalParameters LOCAL =
      new LocalParameters(
          new IceCredentials("srvU", "serverPasswordOf24Chars0"),
          FINGERPRINT,
          List.of(
              new InetSocketAddress("192.0.2.1", 7000),
              new InetSocketAddress("2001:db8::1", 7000)));

  /** For offers that don't restart ICE. */
  static final Supplier<IceCredentials> NO_RESTART =
      () -> {
        throw new AssertionError("new credentials for an offer that restarts nothing");
      };

  private Locals() {}
}
