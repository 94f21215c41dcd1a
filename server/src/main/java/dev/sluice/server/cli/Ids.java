package dev.sluice.server.cli;

import dev.sluice.server.admin.AdministrationException;
import dev.sluice.session.ApplicationId;

/** Ids as people type them. */
final class Ids {
  private Ids() {}

  static ApplicationId application(String text) throws AdministrationException {
    return ApplicationId.parse(text.strip())
        .orElseThrow(
            () ->
                new AdministrationException(
                    "'%s' is no application id; 'sluice app list' lists them".formatted(text)));
  }
}
