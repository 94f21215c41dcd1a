package dev.sluice.server.admin;

import dev.sluice.server.admin.AdminMessages.Answer;
import dev.sluice.server.admin.AdminMessages.Question;
import dev.sluice.server.admin.AdminMessages.Verb;
import dev.sluice.session.ApplicationId;
import dev.sluice.session.MediaMode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** By the socket of a server that runs on the same machine; one connection per call. */
public final class RemoteAdministration implements Administration {
  private final UnixDomainSocketAddress address;

  private RemoteAdministration(UnixDomainSocketAddress address) {
    this.address = address;
  }

  /** Empty when no server listens there. */
  public static Optional<Administration> find(Path dataDirectory) {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(AdminSocket.file(dataDirectory));
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(address);
      return Optional.of(new RemoteAdministration(address));
    } catch (IOException e) {
      // No server, or one that has no socket: the store itself will tell which.
      return Optional.empty();
    }
  }

  @Override
  public NewKey createApplication(String name) throws AdministrationException {
    return read(new Question(Verb.CREATE_APPLICATION, name, null, null), NewKey.class);
  }

  @Override
  public List<ApplicationEntry> applications() throws AdministrationException {
    return List.of(
        read(new Question(Verb.LIST_APPLICATIONS, null, null, null), ApplicationEntry[].class));
  }

  @Override
  public NewKey rotateKey(ApplicationId id) throws AdministrationException {
    return read(new Question(Verb.ROTATE_KEY, null, id.toString(), null), NewKey.class);
  }

  @Override
  public SessionEntry createSession(ApplicationId application, MediaMode mediaMode)
      throws AdministrationException {
    return read(
        new Question(
            Verb.CREATE_SESSION,
            null,
            application.toString(),
            mediaMode.name().toLowerCase(Locale.ROOT)),
        SessionEntry.class);
  }

  /** Nothing stays open between calls. */
  @Override
  public void close() {}

  private <T> T read(Question question, Class<T> type) throws AdministrationException {
    Answer answer = ask(question);
    @Nullable JsonNode result = answer.result();
    // An absent tree is read as the node that stands for null.
    if (result == null || result.isNull()) {
      throw new AdministrationException(
          Optional.ofNullable(answer.error()).orElse("the running server gave no answer"));
    }
    try {
      return AdminMessages.JSON.treeToValue(result, type);
    } catch (JacksonException e) {
      throw new AdministrationException(
          "the running server's answer is not understood: is it another version?", e);
    }
  }

  private Answer ask(Question question) throws AdministrationException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(address);
      AdminMessages.write(channel, question);
      return AdminMessages.read(channel, Answer.class)
          .orElseThrow(
              () -> new AdministrationException("the running server gave no answer: see its log"));
    } catch (IOException e) {
      throw new AdministrationException(
          "the running server cannot be asked at %s (%s)".formatted(address, e.getMessage()), e);
    }
  }
}
