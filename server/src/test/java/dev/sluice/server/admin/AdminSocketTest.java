package dev.sluice.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.session.ApplicationId;
import dev.sluice.session.MediaMode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminSocketTest {
  private static final ApplicationId ID = new ApplicationId(new UUID(4, 2));

  @TempDir private Path directory;
  private final Recorder recorder = new Recorder();
  private AdminSocket socket;

  @BeforeEach
  void open() throws IOException {
    // Left over and open to everybody.
    Files.createDirectory(
        directory.resolve("admin"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Files.writeString(AdminSocket.file(directory), "left over");
    socket = AdminSocket.open(directory, recorder).orElseThrow();
  }

  @AfterEach
  void close() {
    socket.close();
  }

  @Test
  void only_its_owner_may_enter_the_directory_of_the_socket() throws IOException {
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("admin"))))
        .isEqualTo("rwx------");
  }

  @Test
  void every_question_arrives_and_every_answer_comes_back() throws Exception {
    try (Administration remote = RemoteAdministration.find(directory).orElseThrow()) {
      assertThat(remote.createApplication("Zoë")).isEqualTo(recorder.key("Zoë"));
      assertThat(remote.applications()).isEqualTo(recorder.applications());
      assertThat(remote.rotateKey(ID)).isEqualTo(recorder.key("rotated " + ID));
      assertThat(remote.createSession(ID, MediaMode.RELAYED))
          .isEqualTo(recorder.createSession(ID, MediaMode.RELAYED));
    }
  }

  @Test
  void a_refusal_comes_back_as_one_and_a_fault_tells_nothing() {
    Administration remote = RemoteAdministration.find(directory).orElseThrow();

    assertThatThrownBy(() -> remote.createApplication("refused"))
        .isInstanceOf(AdministrationException.class)
        .hasMessage("not this one");
    assertThatThrownBy(() -> remote.createApplication("fault"))
        .isInstanceOf(AdministrationException.class)
        .hasMessageContaining("its log tells more")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n",
        "rubbish\n",
        "[]\n",
        "{}\n",
        "{\"verb\":\"DANCE\"}\n",
        "{\"verb\":\"ROTATE_KEY\",\"applicationId\":\"x\"}\n",
        "{\"verb\":\"CREATE_SESSION\",\"applicationId\":\"00000000-0000-0004-0000-000000000002\"}\n"
      })
  void whatever_else_somebody_says_is_refused_and_the_next_is_served(String line) throws Exception {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(AdminSocket.file(directory)));
      channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
      assertThat(AdminMessages.read(channel, AdminMessages.Answer.class))
          .hasValueSatisfying(answer -> assertThat(answer.error()).isNotBlank());
    }
    assertThat(RemoteAdministration.find(directory).orElseThrow().applications()).hasSize(1);
  }

  @Test
  void a_closed_one_is_not_found() {
    socket.close();
    assertThat(RemoteAdministration.find(directory)).isEmpty();
    assertThat(recorder.closed).isTrue();
  }

  @Test
  void a_directory_whose_name_is_too_long_for_a_socket_costs_the_socket_only() throws Exception {
    Path deep = Files.createDirectories(directory.resolve("x".repeat(120)));
    assertThat(AdminSocket.open(deep, new Recorder())).isEmpty();
    assertThat(RemoteAdministration.find(deep)).isEmpty();
  }

  /** Answers with what it was asked. */
  private static final class Recorder implements Administration {
    private boolean closed;

    NewKey key(String name) {
      return new NewKey(new ApplicationEntry(ID.toString(), name, "2026-11-22T20:00:00Z"), "PEM");
    }

    @Override
    public NewKey createApplication(String name) throws AdministrationException {
      return switch (name) {
        case "refused" -> throw new AdministrationException("not this one");
        case "fault" -> throw new IllegalStateException("secret internals");
        default -> key(name);
      };
    }

    @Override
    public List<ApplicationEntry> applications() {
      return List.of(key("the only one").application());
    }

    @Override
    public NewKey rotateKey(ApplicationId id) {
      return key("rotated " + id);
    }

    @Override
    public SessionEntry createSession(ApplicationId application, MediaMode mediaMode) {
      return new SessionEntry("2_A", application.toString(), mediaMode.name(), "now");
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
