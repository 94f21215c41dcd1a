package dev.sluice.server.cli;

import dev.sluice.gateway.GatewaySettings;
import dev.sluice.router.RouterSettings;
import dev.sluice.router.live.AdaptationSettings;
import dev.sluice.server.LocalAddresses;
import dev.sluice.server.MediaAddresses;
import dev.sluice.server.ServerSettings;
import dev.sluice.server.StartException;
import dev.sluice.server.config.Configuration;
import dev.sluice.server.config.ConfigurationException;
import dev.sluice.server.config.ConfigurationFile;
import dev.sluice.server.config.ConfiguredSettings;
import dev.sluice.server.doctor.Doctor;
import dev.sluice.server.doctor.Finding;
import dev.sluice.session.SessionLimits;
import dev.sluice.store.StoreSettings;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice doctor}. */
@Command(
    name = "doctor",
    description = {
      "Look at this machine before a start, or beside a running server, and say what to do.",
      "Each line is ok, warn or FAIL. Changes nothing."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:no line is FAIL", "1:some line is", "2:wrong usage"},
    footerHeading = "%nExamples:%n",
    footer = {"  sluice doctor", "  sluice doctor --config /etc/sluice/sluice.conf --json"})
final class DoctorCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private JsonOption json = new JsonOption();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration file of 'serve'; without it, what 'dev' does by default.")
  private @Nullable Path config;

  @Option(
      names = {"--data", "--data-directory"},
      paramLabel = "DIR",
      description = "The data directory of 'dev', without --config.")
  private Path data = StoreOptions.DEFAULT_DATA;

  @Override
  public Integer call() throws StartException, ConfigurationException, InterruptedException {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the specification before it calls");
    }
    List<Finding> findings = config == null ? ofDev() : ofConfigured(config);
    print(spec.commandLine().getOut(), findings);
    return findings.stream().anyMatch(finding -> finding.level() == Finding.Level.FAIL)
        ? CommandLine.ExitCode.SOFTWARE
        : CommandLine.ExitCode.OK;
  }

  private static List<Finding> ofConfigured(Path file)
      throws StartException, ConfigurationException, InterruptedException {
    Configuration configuration =
        ConfigurationFile.read(file, System.getenv(), Runtime.getRuntime().availableProcessors())
            .configuration();
    return Doctor.examine(
        ConfiguredSettings.of(configuration, LocalAddresses.all()),
        configuration.store(),
        InstantSource.system());
  }

  private List<Finding> ofDev() throws StartException, InterruptedException {
    ServerSettings settings =
        new ServerSettings(
            GatewaySettings.DEFAULT,
            Optional.empty(),
            new ServerSettings.Media(
                MediaAddresses.choose(
                    InetAddress.getLoopbackAddress(), List.of(), LocalAddresses.all()),
                ServerSettings.DEFAULT_MEDIA_PORT,
                Runtime.getRuntime().availableProcessors(),
                RouterSettings.EVERY_VIDEO_CODEC,
                AdaptationSettings.DEFAULTS),
            SessionLimits.DEFAULT,
            new ServerSettings.Management.OnFrontDoor(),
            0,
            ServerSettings.Spelling.COMMAND_LINE);
    return Doctor.examine(settings, new StoreSettings.Sqlite(data), InstantSource.system());
  }

  private void print(PrintWriter out, List<Finding> findings) {
    json.print(
        out,
        findings,
        text -> {
          for (Finding finding : findings) {
            text.printf(
                "%-4s  %-17s %s%n", word(finding.level()), finding.check(), finding.message());
            if (!finding.advice().isEmpty()) {
              text.printf("%-23s → %s%n", "", finding.advice());
            }
          }
        });
  }

  private static String word(Finding.Level level) {
    return switch (level) {
      case OK -> "ok";
      case WARN -> "warn";
      case FAIL -> "FAIL";
    };
  }
}
