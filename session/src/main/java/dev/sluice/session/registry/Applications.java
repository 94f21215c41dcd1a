package dev.sluice.session.registry;

import dev.sluice.session.Application;
import dev.sluice.session.ApplicationId;
import dev.sluice.session.RsaPem;
import dev.sluice.session.store.ApplicationRepository;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Creates and finds applications. Blocks on the store; any thread. */
public final class Applications {
  private static final int KEY_BITS = 2048;

  private final ApplicationRepository repository;
  private final SecureRandom random;
  private final InstantSource clock;
  private final Supplier<UUID> ids;

  public Applications(
      ApplicationRepository repository,
      SecureRandom random,
      InstantSource clock,
      Supplier<UUID> ids) {
    this.repository = repository;
    this.random = random;
    this.clock = clock;
    this.ids = ids;
  }

  /** Creates an application with a new RSA key pair and stores it with the public half only. */
  public CreatedApplication create(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("an application needs a name");
    }
    KeyPair keys = newKeyPair();
    Application application =
        new Application(
            new ApplicationId(ids.get()),
            name,
            (RSAPublicKey) keys.getPublic(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    repository.save(application);
    return new CreatedApplication(application, RsaPem.write((RSAPrivateKey) keys.getPrivate()));
  }

  /**
   * Gives an application a new key pair: tokens signed with the old one are refused from now on.
   * Empty when there is no such application.
   */
  public Optional<CreatedApplication> rotateKey(ApplicationId id) {
    return repository
        .find(id)
        .map(
            old -> {
              KeyPair keys = newKeyPair();
              Application application =
                  new Application(id, old.name(), (RSAPublicKey) keys.getPublic(), old.createdAt());
              repository.save(application);
              return new CreatedApplication(
                  application, RsaPem.write((RSAPrivateKey) keys.getPrivate()));
            });
  }

  public Optional<Application> find(ApplicationId id) {
    return repository.find(id);
  }

  /** Oldest first. */
  public List<Application> all() {
    return repository.all();
  }

  private KeyPair newKeyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(KEY_BITS, random);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no RSA, which every JVM must have", e);
    }
  }
}
