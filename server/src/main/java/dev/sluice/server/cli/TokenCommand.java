package dev.sluice.server.cli;

import dev.sluice.gateway.auth.ClientTokenMinter;
import dev.sluice.server.admin.AdministrationException;
import dev.sluice.server.config.Quantities;
import dev.sluice.server.dev.DemoApplication;
import dev.sluice.session.ApplicationId;
import dev.sluice.session.ClientToken;
import dev.sluice.session.Role;
import dev.sluice.session.SessionId;
import dev.sluice.session.registry.SessionIds;
import java.nio.file.Path;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice token}: a client token, made here with the application's private key. */
@Command(
    name = "token",
    description = {
      "Make a client token for a session, without asking any server.",
      "It is signed with the application's private key, which servers do not have: --key names it."
          + " For the demo application of 'dev' it is found in the data directory."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice token \"$$(sluice session create)\"",
      "  sluice token SESSION_ID --role moderator --data '{\"name\":\"Ada\"}' --expire 2h",
      "  sluice token SESSION_ID --key doctors.key"
    })
final class TokenCommand implements Callable<Integer> {
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final int MAX_DATA_CHARS = 1000;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private JsonOption json = new JsonOption();

  @Parameters(paramLabel = "SESSION_ID", description = "The session to join with it.")
  private String session = "";

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "subscriber, publisher, publisheronly or moderator.")
  private String role = Role.PUBLISHER.wireName();

  @Option(
      names = "--data",
      paramLabel = "TEXT",
      description =
          "Connection data, which everybody in the session can read; at most 1000 characters.")
  private String data = "";

  @Option(
      names = "--expire",
      paramLabel = "TIME",
      description = "How long one can join with it, from 1s to 30d: a number with s, m, h or d.")
  private String expire = "24h";

  @Option(
      names = "--app",
      paramLabel = "ID",
      description = "The application; the session's id names it, where this server made it.")
  private @Nullable String app;

  @Option(names = "--key", paramLabel = "FILE", description = "The application's private key.")
  private @Nullable Path key;

  @Option(
      names = "--data-directory",
      paramLabel = "DIR",
      description = "The data directory of 'dev', for its demo application.")
  private Path directory = StoreOptions.DEFAULT_DATA;

  @Override
  public Integer call() throws AdministrationException {
    Role wanted =
        Role.parse(role)
            .orElseThrow(
                () ->
                    wrong(
                        "--role "
                            + role
                            + ": subscriber, publisher, publisheronly and moderator are possible"));
    if (data.length() > MAX_DATA_CHARS) {
      throw wrong(
          "--data has %d characters: at most %d are possible"
              .formatted(data.length(), MAX_DATA_CHARS));
    }
    Duration lifetime =
        Quantities.parseDuration(expire)
            .filter(time -> time.toSeconds() >= 1 && time.compareTo(LONGEST) <= 0)
            .orElseThrow(
                () ->
                    wrong(
                        "--expire %s: a time from 1s to 30d is possible, as in 90s, 15m, 2h, 7d"
                            .formatted(expire)));
    SessionId sessionId = new SessionId(session.strip());
    ApplicationId application = application(sessionId);
    RSAPrivateKey privateKey = privateKey(application);
    InstantSource clock = InstantSource.system();
    Instant expiresAt = clock.instant().plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
    String token =
        new ClientTokenMinter(privateKey, clock)
            .mint(new ClientToken(application, sessionId, wanted, data, List.of(), expiresAt));
    Map<String, String> made = new LinkedHashMap<>();
    made.put("token", token);
    made.put("sessionId", sessionId.value());
    made.put("applicationId", application.toString());
    made.put("role", wanted.wireName());
    made.put("expiresAt", expiresAt.toString());
    json.print(commandLine().getOut(), made, text -> text.println(token));
    return CommandLine.ExitCode.OK;
  }

  private ApplicationId application(SessionId sessionId) throws AdministrationException {
    Optional<ApplicationId> named = SessionIds.application(sessionId);
    if (app == null) {
      return named.orElseThrow(
          () ->
              new AdministrationException(
                  "'%s' is no session id of this server: it names no application"
                      .formatted(session)));
    }
    ApplicationId given = Ids.application(app);
    if (named.isPresent() && !named.get().equals(given)) {
      throw new AdministrationException(
          "the session belongs to application %s, and its server refuses a token of %s"
              .formatted(named.get(), given));
    }
    return given;
  }

  private RSAPrivateKey privateKey(ApplicationId application) throws AdministrationException {
    if (key != null) {
      return KeyFile.read(key);
    }
    Optional<ApplicationId> demo = DemoApplication.idIn(directory);
    if (!demo.equals(Optional.of(application))) {
      throw new AdministrationException(
          "%s is not the demo application of %s: name its private key with --key"
              .formatted(application, directory));
    }
    return KeyFile.read(DemoApplication.privateKeyIn(directory));
  }

  private CommandLine.ParameterException wrong(String message) {
    return new CommandLine.ParameterException(commandLine(), message);
  }

  private CommandLine commandLine() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the specification before it calls");
    }
    return spec.commandLine();
  }
}
