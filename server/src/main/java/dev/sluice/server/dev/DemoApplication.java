package dev.sluice.server.dev;

import dev.sluice.server.PrivateFile;
import dev.sluice.server.StartException;
import dev.sluice.session.Application;
import dev.sluice.session.ApplicationId;
import dev.sluice.session.RsaPem;
import dev.sluice.session.UnreadableKeyException;
import dev.sluice.session.registry.Applications;
import dev.sluice.session.registry.CreatedApplication;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPrivateKey;
import java.util.Optional;

/**
 * The application that {@code sluice dev} makes on its first start, so that a newcomer has one. Its
 * id is in {@code demo-application.txt} and its private key in {@code demo-private.key} of the data
 * directory.
 */
public record DemoApplication(ApplicationId id, Path privateKeyFile, RSAPrivateKey privateKey) {
  static final String ID_FILE = "demo-application.txt";
  static final String KEY_FILE = "demo-private.key";

  /**
   * Takes the one that an earlier start made, or makes it.
   *
   * @throws StartException when the key or the id on disk is missing, unreadable or of another
   *     application
   */
  public static DemoApplication open(Path directory, Applications applications)
      throws StartException {
    Path idFile = directory.resolve(ID_FILE);
    Path keyFile = directory.resolve(KEY_FILE).toAbsolutePath();
    try {
      if (!Files.exists(idFile)) {
        CreatedApplication created = applications.create("demo");
        PrivateFile.write(keyFile, created.privateKeyPem());
        PrivateFile.write(idFile, created.application().id() + "\n");
      }
      ApplicationId id = readId(idFile);
      RSAPrivateKey key = readKey(keyFile);
      requireApplication(id, key, idFile, keyFile, applications);
      return new DemoApplication(id, keyFile, key);
    } catch (IOException e) {
      throw new StartException(
          "cannot write the demo application to %s (%s): make the directory writable or choose another with --data"
              .formatted(directory, e.getMessage()),
          e);
    }
  }

  /** The id that an earlier start has written; empty when there is none that can be read. */
  public static Optional<ApplicationId> idIn(Path directory) {
    try {
      return ApplicationId.parse(Files.readString(directory.resolve(ID_FILE)).strip());
    } catch (IOException e) {
      // Nobody has started it there, or somebody else has.
      return Optional.empty();
    }
  }

  /** Where the key of {@link #idIn} is. */
  public static Path privateKeyIn(Path directory) {
    return directory.resolve(KEY_FILE);
  }

  private static ApplicationId readId(Path file) throws StartException {
    return ApplicationId.parse(read(file).strip())
        .orElseThrow(
            () ->
                new StartException(
                    "%s does not hold an application id: remove it and start again to get a new demo application"
                        .formatted(file)));
  }

  private static RSAPrivateKey readKey(Path file) throws StartException {
    try {
      return RsaPem.readPrivateKey(read(file));
    } catch (UnreadableKeyException e) {
      throw new StartException(
          "%s: %s; put the key back, or remove %s beside it to get a new demo application"
              .formatted(file, e.getMessage(), ID_FILE),
          e);
    }
  }

  private static String read(Path file) throws StartException {
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw new StartException(
          "%s is not a text file: put the right one back, or remove %s beside it to get a new demo application"
              .formatted(file, ID_FILE),
          e);
    } catch (IOException e) {
      throw new StartException(
          "cannot read %s (%s): make it readable, or remove %s beside it to get a new demo application"
              .formatted(file, e.getMessage(), ID_FILE),
          e);
    }
  }

  private static void requireApplication(
      ApplicationId id, RSAPrivateKey key, Path idFile, Path keyFile, Applications applications)
      throws StartException {
    Optional<Application> application = applications.find(id);
    if (application.isEmpty()) {
      throw new StartException(
          "%s names an application that the database does not have: remove it and start again to get a new demo application"
              .formatted(idFile));
    }
    if (!application.get().publicKey().getModulus().equals(key.getModulus())) {
      throw new StartException(
          "%s is not the key of application %s: put the right one back, or remove %s beside it to get a new demo application"
              .formatted(keyFile, id, ID_FILE));
    }
  }
}
