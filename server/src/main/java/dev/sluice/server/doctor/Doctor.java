package dev.sluice.server.doctor;

import dev.sluice.server.ServerSettings;
import dev.sluice.store.StoreSettings;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All checks, in the order in which one would mend what they find. */
public final class Doctor {
  private Doctor() {}

  /** Takes a second or two; changes nothing. */
  public static List<Finding> examine(
      ServerSettings settings, StoreSettings store, InstantSource clock)
      throws InterruptedException {
    Optional<RunningServer> running = RunningServer.find(settings, store);
    return Stream.of(
            Machine.examine(settings.gateway().signalling().limits().sockets()),
            Storage.examine(store),
            new Ports(settings, running, new SecureRandom()).examine(),
            Security.examine(settings, clock.instant()))
        .flatMap(findings -> findings)
        .toList();
  }
}
