package dev.sluice.session.registry;

import dev.sluice.session.Application;

/**
 * A new application and the private half of its key pair, which exists nowhere else: who creates
 * the application hands it over once.
 *
 * @param privateKeyPem PKCS#8 in PEM; never printed by {@link #toString}
 */
public record CreatedApplication(Application application, String privateKeyPem) {
  @Override
  public String toString() {
    return "CreatedApplication[application=" + application.id() + "]";
  }
}
