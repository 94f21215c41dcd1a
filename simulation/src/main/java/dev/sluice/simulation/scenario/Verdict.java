package dev.sluice.simulation.scenario;

import dev.sluice.simulation.judge.Gate;
import java.util.List;
import java.util.Locale;

/**
 * How a gate fared.
 *
 * @param value what was held against its limit
 * @param seed of a run with that value
 */
public record Verdict(Scenario scenario, Gate gate, double value, long seed) {
  /** Holds the gates of a scenario against its runs. */
  public static List<Verdict> of(Scenario scenario, List<Run> runs) {
    return scenario.gates().stream().map(gate -> of(scenario, gate, runs)).toList();
  }

  private static Verdict of(Scenario scenario, Gate gate, List<Run> runs) {
    double value = gate.valueOf(runs.stream().map(run -> run.value(gate.metric())).toList());
    long seed =
        runs.stream()
            .filter(run -> run.value(gate.metric()) == value)
            .map(Run::seed)
            .findFirst()
            .orElse(0L);
    return new Verdict(scenario, gate, value, seed);
  }

  public boolean passed() {
    return gate.holds(value);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s, seed %d: %s is %.2f %s, the gate is: %s",
        scenario.name(),
        seed,
        gate.metric().title(),
        value,
        gate.metric().unit(),
        gate);
  }
}
