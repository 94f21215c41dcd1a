package dev.sluice.transport.negotiation;

import dev.sluice.transport.IceCredentials;
import java.net.InetSocketAddress;
import java.util.List;

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

  private Locals() {}
}
