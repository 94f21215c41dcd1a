package dev.sluice.gateway.tls;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where certificate and key are.
 *
 * @param certificate PEM: the server's certificate, then the intermediate ones
 * @param key PEM: PKCS#8, or the older forms for RSA (PKCS#1) and EC (SEC 1); not encrypted
 * @param checkInterval how often the files are looked at for a change
 */
public record TlsFiles(Path certificate, Path key, Duration checkInterval) {
  public static final Duration CHECK_INTERVAL = Duration.ofSeconds(10);

  public TlsFiles {
    if (!checkInterval.isPositive()) {
      throw new IllegalArgumentException("a check interval of " + checkInterval);
    }
  }
}
