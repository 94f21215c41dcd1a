package dev.sluice.bench.fallback;

import dev.sluice.simulation.scenario.Scenario;
import dev.sluice.simulation.scenario.Scenarios;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the scenarios and writes the page. */
@Command(
    name = "fallback",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description =
        "Runs the scenarios of audio fallback and layer choice in virtual time and writes a page"
            + " with plots and gates. Ends with 1 when a gate does not hold.")
final class FallbackReport implements Callable<Integer> {
  private static final String FILE = "audio-fallback.html";

  @Option(names = "--scenario", split = ",", description = "Only these; all where none is named.")
  private List<String> names = List.of();

  @Option(names = "--seeds", description = "How many runs of each.")
  private int seeds = 20;

  @Option(names = "--out", description = "Directory of the page.")
  private Path out = Path.of("bench", "target");

  @Option(names = "--list", description = "Only prints the names of the scenarios.")
  private boolean list;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (spec == null) {
      throw new IllegalStateException("called without a command line");
    }
    PrintWriter screen = spec.commandLine().getOut();
    if (list) {
      Scenarios.all().forEach(each -> screen.printf("%-20s %s%n", each.name(), each.title()));
      return 0;
    }
    if (seeds < 1) {
      throw new ParameterException(spec.commandLine(), "--seeds %d: 1 or more".formatted(seeds));
    }
    List<Examined> examined = new ArrayList<>();
    for (Scenario scenario : chosen(spec)) {
      screen.printf("%-20s ", scenario.name());
      screen.flush();
      Examined result = Examined.of(scenario, seeds);
      examined.add(result);
      screen.println(result.passed() ? "holds" : "FAILS");
      result.verdicts().stream()
          .filter(verdict -> !verdict.passed())
          .forEach(verdict -> screen.println("  " + verdict));
    }
    Files.createDirectories(out);
    Path page = out.resolve(FILE);
    Files.writeString(page, Page.of(examined, seeds));
    screen.println("Written to " + page.toAbsolutePath());
    return examined.stream().allMatch(Examined::passed) ? 0 : 1;
  }

  private List<Scenario> chosen(CommandSpec command) {
    try {
      return names.isEmpty() ? Scenarios.all() : names.stream().map(Scenarios::named).toList();
    } catch (NoSuchElementException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
