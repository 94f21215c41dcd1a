package dev.sluice.simulation.scenario;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All scenarios. */
public final class Scenarios {
  private static final List<Scenario> ALL =
      Stream.of(
              FallbackScenarios.all(),
              LossScenarios.all(),
              Rfc8867Scenarios.all(),
              SharedScenarios.all(),
              PresetScenarios.all(),
              HostileScenarios.all(),
              EnduranceScenarios.all())
          .flatMap(List::stream)
          .toList();

  private Scenarios() {}

  /** In the order of the report. */
  public static List<Scenario> all() {
    return ALL;
  }

  /**
   * One of them.
   *
   * @throws NoSuchElementException when there is none of that name; the message names all
   */
  public static Scenario named(String name) {
    return ALL.stream()
        .filter(scenario -> scenario.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "no scenario '%s'; there are %s"
                        .formatted(
                            name,
                            ALL.stream().map(Scenario::name).collect(Collectors.joining(", ")))));
  }
}
