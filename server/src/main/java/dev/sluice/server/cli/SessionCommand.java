package dev.sluice.server.cli;

import dev.sluice.server.StartException;
import dev.sluice.server.admin.Administration;
import dev.sluice.server.admin.Administration.ApplicationEntry;
import dev.sluice.server.admin.Administration.SessionEntry;
import dev.sluice.server.admin.AdministrationException;
import dev.sluice.server.admin.RestSessions;
import dev.sluice.server.config.ConfigurationException;
import dev.sluice.session.ApplicationId;
import dev.sluice.session.MediaMode;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice session}. */
@Command(
    name = "session",
    description = "Make sessions without an SDK.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = SessionCommand.Create.class)
final class SessionCommand {
  private SessionCommand() {}

  @Command(
      name = "create",
      description = {
        "Make a session and print its id.",
        "In the store (--config, --data), or over REST at a server anywhere (--url, --app, --key)."
      },
      mixinStandardHelpOptions = true,
      showDefaultValues = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  sluice session create",
        "  sluice session create --media-mode relayed --config sluice.conf --app ID --json",
        "  sluice session create --url https://video.example.com --app ID --key doctors.key"
      })
  static final class Create implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;
    @Mixin private StoreOptions store = new StoreOptions();
    @Mixin private JsonOption json = new JsonOption();

    @Option(
        names = "--app",
        paramLabel = "ID",
        description = "The application; may be left out where there is only one.")
    private @Nullable String app;

    @Option(
        names = "--media-mode",
        paramLabel = "MODE",
        description = "routed or relayed.",
        converter = MediaModes.class)
    private MediaMode mediaMode = MediaMode.ROUTED;

    @Option(
        names = "--url",
        paramLabel = "URL",
        description = "Ask the server at this address, over REST.")
    private @Nullable URI url;

    @Option(
        names = "--key",
        paramLabel = "FILE",
        description = "The application's private key, for --url.")
    private @Nullable Path key;

    @Override
    public Integer call() throws StartException, ConfigurationException, AdministrationException {
      CommandLine commandLine = commandLine();
      SessionEntry session = url == null ? inStore() : overRest(url, commandLine);
      json.print(commandLine.getOut(), session, text -> text.println(session.sessionId()));
      return CommandLine.ExitCode.OK;
    }

    private SessionEntry overRest(URI server, CommandLine commandLine)
        throws AdministrationException {
      if (app == null || key == null) {
        throw new CommandLine.ParameterException(
            commandLine, "--url needs --app and --key: REST knows its callers by their keys");
      }
      return new RestSessions(server, InstantSource.system())
          .create(Ids.application(app), KeyFile.read(key), mediaMode);
    }

    private SessionEntry inStore()
        throws StartException, ConfigurationException, AdministrationException {
      try (Administration administration = store.open()) {
        return administration.createSession(application(administration), mediaMode);
      }
    }

    private ApplicationId application(Administration administration)
        throws AdministrationException {
      if (app != null) {
        return Ids.application(app);
      }
      List<ApplicationEntry> all = administration.applications();
      if (all.size() != 1) {
        throw new AdministrationException(
            "there are %d applications: name one with --app; 'sluice app list' lists them"
                .formatted(all.size()));
      }
      return Ids.application(all.getFirst().id());
    }

    private CommandLine commandLine() {
      if (spec == null) {
        throw new IllegalStateException("picocli sets the specification before it calls");
      }
      return spec.commandLine();
    }
  }

  /** The modes as they are written. */
  static final class MediaModes implements CommandLine.ITypeConverter<MediaMode> {
    @Override
    public MediaMode convert(String text) {
      for (MediaMode mode : MediaMode.values()) {
        if (mode.name().toLowerCase(Locale.ROOT).equals(text)) {
          return mode;
        }
      }
      throw new CommandLine.TypeConversionException("'" + text + "': routed or relayed");
    }
  }
}
