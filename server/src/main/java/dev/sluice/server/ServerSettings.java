package dev.sluice.server;

import dev.sluice.gateway.signalling.SignallingLimits;
import dev.sluice.session.SessionLimits;
import java.nio.file.Path;

/**
 * What a start needs to know.
 *
 * @param httpHost address or name that HTTP and WebSocket listen on; {@code localhost} means both
 *     loopback addresses
 * @param httpPort TCP port, 1 to 65535
 * @param dataDirectory made when it is not there
 * @param mediaPort UDP port of the first worker
 * @param workers 1 to {@value #MAX_WORKERS}
 */
public record ServerSettings(
    String httpHost,
    int httpPort,
    Path dataDirectory,
    MediaAddresses mediaAddresses,
    int mediaPort,
    int workers,
    SessionLimits sessionLimits,
    SignallingLimits signallingLimits) {
  public static final int MAX_WORKERS = 256;
}
