package dev.sluice.server.cli;

import dev.sluice.server.StartException;
import dev.sluice.server.admin.AdministrationException;
import dev.sluice.server.config.ConfigurationException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root of the command line. Exit codes: 0 done, 1 failed, 2 wrong usage. */
@Command(
    name = "sluice",
    description = "A self-hosted video platform: sessions, tokens, routed audio and video.",
    mixinStandardHelpOptions = true,
    versionProvider = SluiceCommand.Version.class,
    subcommands = {
      DevCommand.class,
      ServeCommand.class,
      AppCommand.class,
      SessionCommand.class,
      TokenCommand.class,
      DoctorCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed; the last line says what to do", "2:wrong usage"})
final class SluiceCommand {
  private SluiceCommand() {}

  /** Runs one command line and returns its exit code. */
  static int run(String[] arguments, PrintStream out, PrintStream err) {
    CommandLine commandLine =
        new CommandLine(new SluiceCommand())
            .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
            .setParameterExceptionHandler(SluiceCommand::correct)
            .setExecutionExceptionHandler(SluiceCommand::explain);
    if (arguments.length == 0) {
      commandLine.usage(commandLine.getErr());
      return CommandLine.ExitCode.USAGE;
    }
    return commandLine.execute(arguments);
  }

  /** One line too: the whole usage would push the mistake off the screen. */
  private static int correct(CommandLine.ParameterException mistake, String[] arguments) {
    CommandLine commandLine = mistake.getCommandLine();
    PrintWriter err = commandLine.getErr();
    err.printf(
        "sluice: %s; '%s --help' lists the options%n",
        mistake.getMessage(), commandLine.getCommandSpec().qualifiedName());
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  /** What a person can mend is one line; anything else is our fault and shows where. */
  private static int explain(
      Exception fault, CommandLine commandLine, CommandLine.ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    if (fault instanceof StartException || fault instanceof AdministrationException) {
      err.println("sluice: " + fault.getMessage());
    } else if (fault instanceof ConfigurationException configuration) {
      configuration.problems().forEach(problem -> err.println("sluice: " + problem));
    } else {
      err.println("sluice: an unexpected fault, please report it with these lines:");
      fault.printStackTrace(err);
    }
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = SluiceCommand.class.getPackage().getImplementationVersion();
      return new String[] {
        "sluice " + (version == null ? "development build" : version), "Java " + Runtime.version()
      };
    }
  }
}
