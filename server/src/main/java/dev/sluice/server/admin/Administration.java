package dev.sluice.server.admin;

import dev.sluice.session.ApplicationId;
import dev.sluice.session.MediaMode;
import java.util.List;

/** What an operator can do. Blocking; any thread. */
public interface Administration extends AutoCloseable {
  /** A new application with the key that nobody but the caller will ever have. */
  NewKey createApplication(String name) throws AdministrationException;

  /** Oldest first. */
  List<ApplicationEntry> applications() throws AdministrationException;

  /** Gives an application a new key; tokens of the old one are refused from now on. */
  NewKey rotateKey(ApplicationId id) throws AdministrationException;

  SessionEntry createSession(ApplicationId application, MediaMode mediaMode)
      throws AdministrationException;

  @Override
  void close();

  /**
   * An application as people and programs see it.
   *
   * @param createdAt ISO 8601, UTC
   */
  record ApplicationEntry(String id, String name, String createdAt) {}

  /**
   * An application with its new private key.
   *
   * @param privateKey PKCS#8 in PEM; never printed by {@link #toString}
   */
  record NewKey(ApplicationEntry application, String privateKey) {
    @Override
    public String toString() {
      return "NewKey[" + application + "]";
    }
  }

  /**
   * A session as people and programs see it.
   *
   * @param mediaMode {@code routed} or {@code relayed}
   * @param createdAt ISO 8601, UTC
   */
  record SessionEntry(String sessionId, String applicationId, String mediaMode, String createdAt) {}
}
