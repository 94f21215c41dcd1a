package dev.sluice.gateway.tls;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The identity in two files, taken anew when they change. A new pair that cannot be used leaves the
 * old one in place. Files are compared by content: certificates come by symbolic links that change
 * their target, and times of files are too coarse.
 */
public final class WatchedIdentity implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedIdentity.class);

  private final TlsFiles files;
  private final InstantSource clock;
  private final CurrentIdentity current;
  private final SSLContext context;
  private byte[] certificate;
  private byte[] key;
  private String lastRefusal = "";
  private Thread watching = Thread.ofVirtual().unstarted(() -> {});

  private WatchedIdentity(
      TlsFiles files, InstantSource clock, ServerIdentity first, byte[] certificate, byte[] key) {
    this.files = files;
    this.clock = clock;
    this.current = new CurrentIdentity(first);
    this.certificate = certificate;
    this.key = key;
    this.context = context(current);
  }

  /**
   * Reads the files.
   *
   * @throws UnusableCertificateException when they cannot be used
   */
  public static WatchedIdentity open(TlsFiles files, InstantSource clock)
      throws UnusableCertificateException {
    byte[] certificate = ServerIdentity.content(files.certificate());
    byte[] key = ServerIdentity.content(files.key());
    ServerIdentity first = ServerIdentity.of(files, certificate, key);
    WatchedIdentity identity = new WatchedIdentity(files, clock, first, certificate, key);
    identity.warnOfDates(first);
    return identity;
  }

  /** Looks at the files from now on, on a virtual thread. */
  public void watch() {
    watching =
        Thread.ofVirtual()
            .name("tls-files")
            .start(
                () -> {
                  try {
                    while (true) {
                      Thread.sleep(files.checkInterval());
                      check();
                    }
                  } catch (InterruptedException e) {
                    LOG.debug("The certificate is not watched any more");
                  }
                });
  }

  /** Takes the files' content if it has changed and can be used. From one thread at a time. */
  void check() {
    try {
      byte[] newCertificate = ServerIdentity.content(files.certificate());
      byte[] newKey = ServerIdentity.content(files.key());
      if (Arrays.equals(newCertificate, certificate) && Arrays.equals(newKey, key)) {
        lastRefusal = "";
        return;
      }
      ServerIdentity next = ServerIdentity.of(files, newCertificate, newKey);
      current.change(next);
      certificate = newCertificate;
      key = newKey;
      lastRefusal = "";
      LOG.info("The new certificate in {} is used, until {}", files.certificate(), next.notAfter());
      warnOfDates(next);
    } catch (UnusableCertificateException e) {
      // Once per fault: a pair is written file by file, and a bad one stays for a while.
      String refusal = String.valueOf(e.getMessage());
      if (!refusal.equals(lastRefusal)) {
        lastRefusal = refusal;
        LOG.error(
            "The certificate files have changed and cannot be used, the old ones still hold: {}",
            refusal);
      }
    }
  }

  /** For engines of this side; takes part in every change. */
  public SSLContext context() {
    return context;
  }

  ServerIdentity identity() {
    return current.identity();
  }

  @Override
  public void close() {
    watching.interrupt();
  }

  private void warnOfDates(ServerIdentity identity) {
    Instant now = clock.instant();
    if (now.isAfter(identity.notAfter())) {
      LOG.error(
          "The certificate in {} expired at {}: browsers refuse it",
          files.certificate(),
          identity.notAfter());
    } else if (now.isBefore(identity.notBefore())) {
      LOG.error(
          "The certificate in {} is good from {} on: until then browsers refuse it",
          files.certificate(),
          identity.notBefore());
    }
  }

  private static SSLContext context(CurrentIdentity identity) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {identity}, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no TLS, which every JVM must have", e);
    }
  }
}
