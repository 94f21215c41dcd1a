package dev.sluice.server.cli;

import dev.sluice.server.admin.AdministrationException;
import dev.sluice.session.RsaPem;
import dev.sluice.session.UnreadableKeyException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.interfaces.RSAPrivateKey;
import java.util.Set;

/** A private key on disk, for its owner's eyes only. */
final class KeyFile {
  private KeyFile() {}

  /** Makes the key that is to be written; runs once the file is known to be ours to write. */
  interface Making<T> {
    T make() throws AdministrationException;
  }

  /** What is written of it. */
  interface Pem<T> {
    String of(T made);
  }

  /**
   * Reserves the file, makes the key and writes it. A file that is there is never overwritten: it
   * may hold the only copy of another key.
   */
  static <T> T write(Path file, Making<T> making, Pem<T> pem) throws AdministrationException {
    reserve(file);
    boolean made = false;
    try {
      T key = making.make();
      made = true;
      Files.writeString(file, pem.of(key), StandardOpenOption.TRUNCATE_EXISTING);
      return key;
    } catch (IOException e) {
      throw new AdministrationException(
          "the key is made but cannot be written to %s (%s): make another with 'sluice app rotate-key'"
              .formatted(file, e.getMessage()),
          e);
    } finally {
      if (!made) {
        release(file);
      }
    }
  }

  static RSAPrivateKey read(Path file) throws AdministrationException {
    try {
      return RsaPem.readPrivateKey(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new AdministrationException(
          file + " does not exist: name the application's private key with --key", e);
    } catch (IOException e) {
      throw new AdministrationException(
          "%s cannot be read (%s)".formatted(file, e.getMessage()), e);
    } catch (UnreadableKeyException e) {
      throw new AdministrationException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static void reserve(Path file) throws AdministrationException {
    try {
      Path parent = file.toAbsolutePath().getParent();
      boolean posix =
          parent != null
              && Files.exists(parent)
              && Files.getFileStore(parent).supportsFileAttributeView("posix");
      FileAttribute<?>[] owner =
          posix
              ? new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
              }
              : new FileAttribute<?>[0];
      Files.newByteChannel(
              file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)
          .close();
    } catch (FileAlreadyExistsException e) {
      throw new AdministrationException(
          file + " exists, and may hold the only copy of a key: name another file", e);
    } catch (IOException e) {
      throw new AdministrationException(
          "%s cannot be written (%s)".formatted(file, e.getMessage()), e);
    }
  }

  private static void release(Path file) throws AdministrationException {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new AdministrationException(
          "the empty file %s cannot be removed (%s)".formatted(file, e.getMessage()), e);
    }
  }
}
