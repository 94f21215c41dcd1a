package dev.sluice.server.admin;

import dev.sluice.server.admin.AdminMessages.Answer;
import dev.sluice.server.admin.AdminMessages.Question;
import dev.sluice.session.ApplicationId;
import dev.sluice.session.MediaMode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of {@link RemoteAdministration}: a Unix-domain socket in a directory that only
 * the server's user may enter, so that whoever can talk to it could read the database as well. One
 * virtual thread per caller.
 */
public final class AdminSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AdminSocket.class);

  private final ServerSocketChannel listener;
  private final Path file;
  private final Administration administration;
  private final Set<SocketChannel> callers = ConcurrentHashMap.newKeySet();

  private AdminSocket(ServerSocketChannel listener, Path file, Administration administration) {
    this.listener = listener;
    this.file = file;
    this.administration = administration;
  }

  /** Where a server with this data directory listens. */
  static Path file(Path dataDirectory) {
    return dataDirectory.resolve("admin").resolve("socket");
  }

  /**
   * Listens from now on. Without the socket a server is whole but for the commands that use it, so
   * that a directory where it cannot be made (a name too long, a strange file system) is logged.
   *
   * @param dataDirectory held by the caller: a socket that is there is left over
   * @param administration closed with the socket
   */
  public static Optional<AdminSocket> open(Path dataDirectory, Administration administration) {
    Path file = file(dataDirectory);
    try {
      makeDirectory(file.getParent());
      Files.deleteIfExists(file);
      ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        listener.bind(UnixDomainSocketAddress.of(file));
      } catch (IOException e) {
        listener.close();
        throw e;
      }
      AdminSocket socket = new AdminSocket(listener, file, administration);
      Thread.ofVirtual().name("admin-socket").start(socket::accept);
      return Optional.of(socket);
    } catch (IOException e) {
      LOG.warn(
          "No socket at {} ({}): 'sluice app' and 'sluice session' need the server to be stopped",
          file,
          e.getMessage());
      administration.close();
      return Optional.empty();
    }
  }

  private static void makeDirectory(@Nullable Path directory) throws IOException {
    if (directory == null || Files.isDirectory(directory)) {
      return;
    }
    if (Files.getFileStore(directory.toAbsolutePath().getParent())
        .supportsFileAttributeView("posix")) {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectory(directory);
    }
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel caller = listener.accept();
        callers.add(caller);
        Thread.ofVirtual().name("admin-call").start(() -> serve(caller));
      }
    } catch (ClosedChannelException e) {
      LOG.debug("The admin socket is closed");
    } catch (IOException e) {
      LOG.error("The admin socket has failed; the server goes on without it", e);
    }
  }

  private void serve(SocketChannel caller) {
    try (caller) {
      Optional<Question> question = AdminMessages.read(caller, Question.class);
      AdminMessages.write(
          caller,
          question.isPresent()
              ? answer(question.get())
              : new Answer(null, "the running server does not understand this command"));
    } catch (IOException e) {
      LOG.debug("A caller of the admin socket went away: {}", e.toString());
    } finally {
      callers.remove(caller);
    }
  }

  private Answer answer(Question question) {
    try {
      return new Answer(AdminMessages.JSON.valueToTree(result(question)), null);
    } catch (AdministrationException e) {
      return new Answer(null, e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("A command on the admin socket failed", e);
      return new Answer(null, "a fault of the running server; its log tells more");
    }
  }

  private Object result(Question question) throws AdministrationException {
    return switch (question.verb()) {
      case CREATE_APPLICATION -> administration.createApplication(text(question.name()));
      case LIST_APPLICATIONS -> administration.applications();
      case ROTATE_KEY -> administration.rotateKey(application(question));
      case CREATE_SESSION ->
          administration.createSession(application(question), mediaMode(question));
      case null -> throw new AdministrationException("the command names nothing to do");
    };
  }

  private static ApplicationId application(Question question) throws AdministrationException {
    return ApplicationId.parse(text(question.applicationId()))
        .orElseThrow(() -> new AdministrationException("the application id is none"));
  }

  private static MediaMode mediaMode(Question question) throws AdministrationException {
    for (MediaMode mode : MediaMode.values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(question.mediaMode())) {
        return mode;
      }
    }
    throw new AdministrationException("the media mode is none");
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (SocketChannel caller : callers) {
        caller.close();
      }
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("The admin socket could not be closed", e);
    }
    administration.close();
  }
}
