package dev.sluice.server.cli;

import dev.sluice.server.StartException;
import dev.sluice.server.admin.Administration;
import dev.sluice.server.admin.Administration.ApplicationEntry;
import dev.sluice.server.admin.Administration.NewKey;
import dev.sluice.server.admin.AdministrationException;
import dev.sluice.server.config.ConfigurationException;
import dev.sluice.session.ApplicationId;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice app}: applications and their keys. */
@Command(
    name = "app",
    description = {
      "Make and list applications, and give them new keys.",
      "Works beside a running server and without one."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {AppCommand.Create.class, AppCommand.ListAll.class, AppCommand.RotateKey.class},
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice app create --name 'Doctors online' --key-out doctors.key --config sluice.conf",
      "  sluice app list --json",
      "  sluice app rotate-key 2f0c1f5e-6c55-4d3c-8d84-1f1c3f9f2b11 --key-out new.key"
    })
final class AppCommand {
  private AppCommand() {}

  /** What every one of them has. */
  abstract static class OnStore implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;
    @Mixin private StoreOptions store = new StoreOptions();
    @Mixin final JsonOption json = new JsonOption();

    abstract void run(Administration administration, PrintWriter out)
        throws AdministrationException;

    @Override
    public final Integer call()
        throws StartException, ConfigurationException, AdministrationException {
      if (spec == null) {
        throw new IllegalStateException("picocli sets the specification before it calls");
      }
      try (Administration administration = store.open()) {
        run(administration, spec.commandLine().getOut());
      }
      return CommandLine.ExitCode.OK;
    }
  }

  @Command(
      name = "create",
      description = {
        "Make an application.",
        "The server keeps the public half of its key only; the private half is written to a file,"
            + " or printed this once."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  sluice app create --name 'Doctors online' --key-out doctors.key")
  static final class Create extends OnStore {
    @Option(names = "--name", required = true, paramLabel = "NAME", description = "Its name.")
    private String name = "";

    @Option(
        names = "--key-out",
        paramLabel = "FILE",
        description = "Where to write the private key; a file that is there is left alone.")
    private @Nullable Path keyOut;

    @Override
    void run(Administration administration, PrintWriter out) throws AdministrationException {
      printKey(out, json, keyOut, () -> administration.createApplication(name));
    }
  }

  @Command(
      name = "list",
      description = "List the applications, oldest first.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  sluice app list --config sluice.conf --json")
  static final class ListAll extends OnStore {
    @Override
    void run(Administration administration, PrintWriter out) throws AdministrationException {
      List<ApplicationEntry> applications = administration.applications();
      json.print(
          out,
          applications,
          text ->
              applications.forEach(
                  each -> text.printf("%s  %s  %s%n", each.id(), each.createdAt(), each.name())));
    }
  }

  @Command(
      name = "rotate-key",
      description = {
        "Give an application a new key.",
        "Tokens that were signed with the old one are refused from now on; connected clients stay."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  sluice app rotate-key 2f0c1f5e-6c55-4d3c-8d84-1f1c3f9f2b11 --key-out new.key")
  static final class RotateKey extends OnStore {
    @Parameters(paramLabel = "ID", description = "The application's id.")
    private String id = "";

    @Option(
        names = "--key-out",
        paramLabel = "FILE",
        description = "Where to write the private key; a file that is there is left alone.")
    private @Nullable Path keyOut;

    @Override
    void run(Administration administration, PrintWriter out) throws AdministrationException {
      ApplicationId application = Ids.application(id);
      printKey(out, json, keyOut, () -> administration.rotateKey(application));
    }
  }

  private static void printKey(
      PrintWriter out, JsonOption json, @Nullable Path keyOut, KeyFile.Making<NewKey> making)
      throws AdministrationException {
    NewKey made =
        keyOut == null ? making.make() : KeyFile.write(keyOut, making, NewKey::privateKey);
    ApplicationEntry application = made.application();
    Map<String, String> data = new LinkedHashMap<>();
    data.put("id", application.id());
    data.put("name", application.name());
    data.put("createdAt", application.createdAt());
    if (keyOut == null) {
      data.put("privateKey", made.privateKey());
    } else {
      data.put("privateKeyFile", keyOut.toAbsolutePath().toString());
    }
    json.print(
        out,
        data,
        text -> {
          text.printf("Application  %s  %s%n", application.id(), application.name());
          if (keyOut == null) {
            text.println("Its private key, which is kept nowhere and not shown again:");
            text.print(made.privateKey());
          } else {
            text.printf("Private key  %s%n", keyOut.toAbsolutePath());
          }
        });
  }
}
