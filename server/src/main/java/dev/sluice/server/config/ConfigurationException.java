package dev.sluice.server.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration file cannot be used; carries everything that is wrong with it. */
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  ConfigurationException(List<Problem> problems) {
    super(
        problems.stream().map(Problem::toString).collect(Collectors.joining("\n")),
        null,
        false,
        false);
    this.problems = List.copyOf(problems);
  }

  /** At least one; in the order of the file's keys. */
  public List<Problem> problems() {
    return problems;
  }
}
