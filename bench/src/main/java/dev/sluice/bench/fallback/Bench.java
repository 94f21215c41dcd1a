package dev.sluice.bench.fallback;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What {@code ./sluice bench} runs. */
@Command(
    name = "sluice bench",
    mixinStandardHelpOptions = true,
    subcommands = FallbackReport.class,
    description = "Measures this version without a server.")
final class Bench implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  static void main(String[] arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(spec.commandLine(), "Missing what to measure.");
    }
  }
}
