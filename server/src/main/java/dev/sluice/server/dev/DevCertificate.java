package dev.sluice.server.dev;

import dev.sluice.gateway.tls.ServerIdentity;
import dev.sluice.gateway.tls.TlsFiles;
import dev.sluice.gateway.tls.UnusableCertificateException;
import dev.sluice.server.PrivateFile;
import dev.sluice.server.StartException;
import dev.sluice.transport.certificate.SelfSignedCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * The certificate that {@code sluice dev} makes for itself when other machines are to reach it,
 * since browsers give camera and microphone to secure pages only. It is kept in the data directory,
 * so that a browser that has been told to trust it once goes on doing so.
 *
 * @param fingerprint SHA-256, as browsers show it
 */
public record DevCertificate(TlsFiles files, String fingerprint) {
  static final String CERTIFICATE_FILE = "tls-certificate.pem";
  static final String KEY_FILE = "tls-private.key";
  private static final Duration RENEW_BEFORE_END = Duration.ofDays(30);

  /**
   * Takes the one that an earlier start made if it is still good, or makes it.
   *
   * @param host what people type; a name or an address
   * @param addresses this machine's
   * @throws StartException when the directory cannot be written
   */
  public static DevCertificate open(
      Path directory,
      String host,
      List<InetAddress> addresses,
      SecureRandom random,
      InstantSource clock)
      throws StartException {
    TlsFiles files =
        new TlsFiles(
            directory.resolve(CERTIFICATE_FILE),
            directory.resolve(KEY_FILE),
            TlsFiles.CHECK_INTERVAL);
    List<String> names = isAddress(host) ? List.of("localhost") : List.of("localhost", host);
    List<String> needed =
        Stream.concat(names.stream(), addresses.stream().map(InetAddress::getHostAddress)).toList();
    try {
      if (!isGood(files, needed, clock)) {
        SelfSignedCertificate made =
            SelfSignedCertificate.make(
                names.stream().distinct().toList(), addresses, random, clock.instant());
        Files.createDirectories(directory);
        PrivateFile.write(files.key(), made.keyPem());
        PrivateFile.write(files.certificate(), made.certificatePem());
      }
      return new DevCertificate(files, ServerIdentity.read(files).fingerprint());
    } catch (IOException e) {
      throw new StartException(
          "cannot write a certificate to %s (%s): make the directory writable, or start with --plain-http"
              .formatted(directory, e.getMessage()),
          e);
    } catch (UnusableCertificateException e) {
      throw new StartException("the certificate just made cannot be used: " + e.getMessage(), e);
    }
  }

  private static boolean isGood(TlsFiles files, List<String> needed, InstantSource clock) {
    try {
      ServerIdentity identity = ServerIdentity.read(files);
      return identity.names().containsAll(needed)
          && identity.notAfter().isAfter(clock.instant().plus(RENEW_BEFORE_END));
    } catch (UnusableCertificateException e) {
      // The first start, or a damaged file: a new one is made over it.
      return false;
    }
  }

  private static boolean isAddress(String host) {
    try {
      InetAddress.ofLiteral(host);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
