package dev.sluice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.auth.ClientTokens;
import dev.sluice.server.Domain;
import dev.sluice.server.admin.AdminSocket;
import dev.sluice.server.admin.StoreAdministration;
import dev.sluice.server.dev.DemoApplication;
import dev.sluice.session.ClientToken;
import dev.sluice.session.Role;
import dev.sluice.session.SessionId;
import dev.sluice.store.Store;
import dev.sluice.store.StoreSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands app, session and token, on a store of their own and beside a server. */
class OperatorCommandsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path directory;
  private final Terminal terminal = new Terminal();
  private String data = "";
  private Path key = Path.of("");

  @BeforeEach
  void paths() {
    data = directory.resolve("data").toString();
    key = directory.resolve("app.key");
  }

  @Test
  void an_application_is_made_listed_and_given_a_new_key() throws Exception {
    assertThat(create("Doctors")).isZero();
    JsonNode made = json();
    assertThat(made.path("name").stringValue()).isEqualTo("Doctors");
    assertThat(made.has("privateKey")).isFalse();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");

    assertThat(terminal.run("app", "list", "--data", data, "--json")).isZero();
    assertThat(json().path(0).path("id")).isEqualTo(made.path("id"));

    String id = made.path("id").stringValue();
    assertThat(terminal.run("app", "rotate-key", id, "--data", data)).isZero();
    assertThat(terminal.printed())
        .contains(id, "-----BEGIN PRIVATE KEY-----")
        .doesNotContain(Files.readString(key).lines().skip(1).findFirst().orElseThrow());
  }

  @Test
  void a_key_file_that_is_there_is_left_alone_and_nothing_is_made() throws Exception {
    Files.writeString(key, "the only copy");

    assertThat(create("Doctors")).isEqualTo(1);

    assertThat(terminal.errors()).contains("app.key exists").containsOnlyOnce("\n");
    assertThat(Files.readString(key)).isEqualTo("the only copy");
    assertThat(terminal.run("app", "list", "--data", data)).isZero();
    assertThat(terminal.printed()).isEmpty();
  }

  @Test
  void a_refused_application_leaves_no_key_file() {
    assertThat(create(" ")).isEqualTo(1);
    assertThat(terminal.errors()).contains("name has 1 to 200 characters");
    assertThat(key).doesNotExist();
  }

  @Test
  void beside_a_server_that_holds_the_directory_they_go_by_its_socket() throws Exception {
    try (Store store = Store.open(new StoreSettings.Sqlite(Path.of(data)));
        AdminSocket socket =
            AdminSocket.open(Path.of(data), new StoreAdministration(domain(store), () -> {}))
                .orElseThrow()) {
      assertThat(socket).isNotNull();
      assertThat(create("Doctors")).isZero();
      String id = json().path("id").stringValue();
      assertThat(store.applications().all()).hasSize(1);

      assertThat(terminal.run("session", "create", "--data", data, "--json")).isZero();
      assertThat(json().path("applicationId").stringValue()).isEqualTo(id);
      assertThat(terminal.run("app", "rotate-key", id, "--data", data)).isZero();
      assertThat(terminal.run("app", "rotate-key", unknown(), "--data", data)).isEqualTo(1);
      assertThat(terminal.errors()).contains("there is no application " + unknown());
    }
  }

  @Test
  void beside_a_server_without_a_socket_they_say_who_holds_the_directory() throws Exception {
    try (Store store = Store.open(new StoreSettings.Sqlite(Path.of(data)))) {
      assertThat(store).isNotNull();
      assertThat(terminal.run("app", "list", "--data", data)).isEqualTo(1);
      assertThat(terminal.errors())
          .contains("is in use by another Sluice server")
          .containsOnlyOnce("\n");
    }
  }

  @Test
  void a_token_of_an_applications_key_lets_its_holder_into_the_session() throws Exception {
    create("Doctors");
    terminal.run("session", "create", "--data", data, "--media-mode", "relayed");
    String session = terminal.printed().strip();
    assertThat(session).startsWith("1_");

    assertThat(
            terminal.run(
                "token",
                session,
                "--key",
                key.toString(),
                "--role",
                "moderator",
                "--data",
                "Ada",
                "--expire",
                "90s"))
        .isZero();

    try (Store store = Store.open(new StoreSettings.Sqlite(Path.of(data)))) {
      ClientToken token =
          new ClientTokens(store.applications(), InstantSource.system())
              .authenticate(terminal.printed().strip(), new SessionId(session));
      assertThat(token.role()).isEqualTo(Role.MODERATOR);
      assertThat(token.data()).isEqualTo("Ada");
      assertThat(Duration.between(Instant.now(), token.expiresAt()))
          .isLessThan(Duration.ofSeconds(91));
    }
  }

  @Test
  void the_demo_applications_key_is_found_in_the_data_directory() throws Exception {
    try (Store store = Store.open(new StoreSettings.Sqlite(Path.of(data)))) {
      DemoApplication.open(Path.of(data), domain(store).applications());
    }
    terminal.run("session", "create", "--data", data);
    String session = terminal.printed().strip();

    assertThat(terminal.run("token", session, "--data-directory", data, "--json")).isZero();
    assertThat(json().path("role").stringValue()).isEqualTo("publisher");

    create("Doctors");
    String id = json().path("id").stringValue();
    terminal.run("session", "create", "--data", data, "--app", id);
    String other = terminal.printed().strip();
    assertThat(terminal.run("token", other, "--data-directory", data)).isEqualTo(1);
    assertThat(terminal.errors()).contains("is not the demo application").contains("--key");
    assertThat(terminal.run("token", session, "--app", id, "--key", key.toString())).isEqualTo(1);
    assertThat(terminal.errors()).contains("the session belongs to application");
  }

  @Test
  void a_session_needs_to_know_its_application_where_there_are_several() {
    assertThat(terminal.run("session", "create", "--data", data)).isEqualTo(1);
    assertThat(terminal.errors()).contains("there are 0 applications: name one with --app");
  }

  @Test
  void the_store_of_a_configuration_file_is_used() throws Exception {
    Path file =
        Files.writeString(directory.resolve("sluice.conf"), "store.sqlite.directory = data\n");
    assertThat(create("Doctors")).isZero();
    assertThat(terminal.run("app", "list", "--config", file.toString())).isZero();
    assertThat(terminal.printed()).contains("Doctors");

    Files.writeString(file, "store.sqlite.dir = data\n");
    assertThat(terminal.run("app", "list", "--config", file.toString())).isEqualTo(1);
    assertThat(terminal.errors()).contains("there is no key store.sqlite.dir");
    assertThat(terminal.run("app", "list", "--config", file.toString(), "--data", data))
        .isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "token x --role king | 2 | --role king: subscriber, publisher, publisheronly and moderator",
        "token x --expire 31d | 2 | --expire 31d: a time from 1s to 30d",
        "token x --expire 90 | 2 | --expire 90: a time from 1s to 30d",
        "token x --key missing | 1 | 'x' is no session id of this server",
        "session create --media-mode both | 2 | 'both': routed or relayed",
        "session create --url http://localhost:1 | 2 | --url needs --app and --key",
        "app create | 2 | --name",
        "app rotate-key x --data DATA | 1 | 'x' is no application id",
        "app dance | 2 | dance",
        "serve | 2 | --config",
      })
  void a_mistake_is_told_in_one_line(String line, int code, String message) {
    assertThat(terminal.run(line.replace("DATA", data).split(" "))).isEqualTo(code);
    assertThat(terminal.errors()).contains(message).containsOnlyOnce("\n");
    assertThat(terminal.printed()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "app",
    "app create",
    "app list",
    "app rotate-key",
    "session",
    "session create",
    "token",
    "serve",
    "dev",
    "doctor"
  })
  void every_command_helps(String command) {
    assertThat(terminal.run((command + " --help").split(" "))).isZero();
    assertThat(terminal.printed()).startsWith("Usage: sluice " + command).contains("--help");
  }

  private int create(String name) {
    return terminal.run(
        "app", "create", "--name", name, "--key-out", key.toString(), "--data", data, "--json");
  }

  private JsonNode json() {
    return JSON.readTree(terminal.printed());
  }

  private static String unknown() {
    return "00000000-0000-4000-8000-000000000000";
  }

  private static Domain domain(Store store) {
    return Domain.over(
        store.applications(), store.sessions(), new SecureRandom(), InstantSource.system());
  }
}
