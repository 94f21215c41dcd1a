package dev.sluice.transport;

import dev.sluice.transport.dtls.DtlsAssociation;
import dev.sluice.transport.dtls.DtlsIdentity;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Makes transports of ICE-lite, DTLS 1.2 and SRTP that share one certificate, made anew with each
 * factory. May be used by any thread.
 */
public final class SecureTransports implements TransportFactory {
  private static final String ICE_CHARS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  /** 72 bits: workers tell transports apart by it. */
  private static final int USERNAME_FRAGMENT_LENGTH = 12;

  /** 192 bits; RFC 8445 §5.3 asks for 128. */
  private static final int PASSWORD_LENGTH = 32;

  private final TransportSettings settings;
  private final SecureRandom random;
  private final DtlsIdentity identity;
  private final Semaphore handshakes;
  private volatile boolean closed;

  /**
   * @param now the time of day, for the certificate
   */
  public SecureTransports(TransportSettings settings, SecureRandom random, Instant now) {
    this.settings = settings;
    this.random = random;
    this.identity = DtlsIdentity.generate(random, now);
    this.handshakes = new Semaphore(settings.maxConcurrentHandshakes());
  }

  @Override
  public Transport create(TransportListener listener, Executor worker) {
    if (closed) {
      throw new IllegalStateException("the factory is closed");
    }
    return new SecureTransport(
        listener,
        this::newCredentials,
        association ->
            DtlsAssociation.start(
                identity, settings.handshakeTimeout(), handshakes, association, worker),
        2 * settings.handshakeTimeout().toNanos());
  }

  private IceCredentials newCredentials() {
    return new IceCredentials(iceChars(USERNAME_FRAGMENT_LENGTH), iceChars(PASSWORD_LENGTH));
  }

  private String iceChars(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ICE_CHARS.charAt(random.nextInt(ICE_CHARS.length())));
    }
    return text.toString();
  }

  @Override
  public String fingerprint() {
    return identity.fingerprint();
  }

  @Override
  public void warmUp() {
    new WarmUp(this, identity).run();
  }

  /** Makes no more transports. Those there are belong to their workers, who close them. */
  @Override
  public void close() {
    closed = true;
  }
}
