package dev.sluice.server.dev;

import dev.sluice.server.StartException;
import dev.sluice.session.ApplicationId;
import dev.sluice.session.SessionId;
import dev.sluice.session.SessionOptions;
import dev.sluice.session.registry.Sessions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Short names for sessions, so that the meeting page has links that people can share. They are kept
 * in {@code meetings.txt} of the data directory, one {@code name session-id} a line, and so survive
 * a restart. Any thread.
 */
public final class Meetings {
  static final String FILE = "meetings.txt";

  /** Letters that nobody mistakes for others when reading a link aloud. */
  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final int NAME_LENGTH = 12;

  private final Path file;
  private final ApplicationId application;
  private final Sessions sessions;
  private final SecureRandom random;
  private final ReentrantLock appending = new ReentrantLock();
  private final Map<String, SessionId> byName = new ConcurrentHashMap<>();

  private Meetings(Path file, ApplicationId application, Sessions sessions, SecureRandom random) {
    this.file = file;
    this.application = application;
    this.sessions = sessions;
    this.random = random;
  }

  /**
   * @throws StartException when the file is there but cannot be read
   */
  public static Meetings open(
      Path directory, ApplicationId application, Sessions sessions, SecureRandom random)
      throws StartException {
    Meetings meetings = new Meetings(directory.resolve(FILE), application, sessions, random);
    meetings.load();
    return meetings;
  }

  /** Starts a meeting: a routed session with a name of its own. */
  public String start() throws IOException {
    SessionId session = sessions.create(application, SessionOptions.DEFAULT).id();
    String name = newName();
    appending.lock();
    try {
      Files.writeString(
          file,
          "\n" + name + " " + session,
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } finally {
      appending.unlock();
    }
    byName.put(name, session);
    return name;
  }

  public Optional<SessionId> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  private void load() throws StartException {
    try {
      for (String line : Files.readAllLines(file)) {
        String[] words = line.split(" ", -1);
        // An empty line, or one cut short by a full disk or a crash, names nothing.
        if (words.length == 2 && !words[1].isEmpty()) {
          byName.put(words[0], new SessionId(words[1]));
        }
      }
    } catch (NoSuchFileException e) {
      // The first start: there are no meetings yet.
    } catch (IOException e) {
      throw new StartException(
          "cannot read %s (%s): make it readable, or remove it to forget earlier meetings"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private String newName() {
    StringBuilder name = new StringBuilder(NAME_LENGTH + 2);
    for (int i = 0; i < NAME_LENGTH; i++) {
      if (i > 0 && i % 4 == 0) {
        name.append('-');
      }
      name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return name.toString();
  }
}
