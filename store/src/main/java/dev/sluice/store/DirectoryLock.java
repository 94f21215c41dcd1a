package dev.sluice.store;

import dev.sluice.store.StoreFault.DirectoryInUse;
import dev.sluice.store.StoreFault.DirectoryUnusable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes sure that one server only uses a data directory: a lock on its file {@code sluice.lock},
 * which the operating system gives up when the process ends, however it ends.
 */
final class DirectoryLock implements AutoCloseable {
  private static final String FILE = "sluice.lock";
  private static final int LONGEST_PROCESS_ID = 19;

  // POSIX drops all locks that a process has on a file as soon as it closes any descriptor of it
  // (fcntl(2)). So a second opening in this process must be refused before it touches the file,
  // and that is a matter of the process.
  private static final Set<Path> HELD_BY_THIS_PROCESS = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /** Creates the directory if need be and takes the lock without waiting. */
  static DirectoryLock take(Path dataDirectory) throws StoreUnavailableException {
    try {
      Path directory = Files.createDirectories(dataDirectory).toRealPath();
      if (!HELD_BY_THIS_PROCESS.add(directory)) {
        throw inUse(directory, OptionalLong.of(ProcessHandle.current().pid()));
      }
      boolean taken = false;
      try {
        DirectoryLock lock = new DirectoryLock(directory, locked(directory));
        taken = true;
        return lock;
      } finally {
        if (!taken) {
          HELD_BY_THIS_PROCESS.remove(directory);
        }
      }
    } catch (IOException e) {
      throw new StoreUnavailableException(new DirectoryUnusable(dataDirectory, reason(e)), e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD_BY_THIS_PROCESS.remove(directory);
    }
  }

  private static FileChannel locked(Path directory) throws IOException, StoreUnavailableException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(FILE),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      if (channel.tryLock() == null) {
        throw inUse(directory, readProcessId(channel));
      }
      writeProcessId(channel);
      locked = true;
      return channel;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  private static void writeProcessId(FileChannel channel) throws IOException {
    channel.truncate(0);
    ByteBuffer text =
        StandardCharsets.US_ASCII.encode(Long.toString(ProcessHandle.current().pid()));
    while (text.hasRemaining()) {
      channel.write(text);
    }
  }

  // Anything may be in the file: a process id that is none is left out of the message.
  private static OptionalLong readProcessId(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(LONGEST_PROCESS_ID);
    channel.read(text, 0);
    String digits = StandardCharsets.US_ASCII.decode(text.flip()).toString().strip();
    return digits.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(digits))
        : OptionalLong.empty();
  }

  private static StoreUnavailableException inUse(Path directory, OptionalLong processId) {
    return new StoreUnavailableException(new DirectoryInUse(directory, processId), null);
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "it is not a directory";
      case FileSystemException other when other.getReason() != null ->
          Objects.requireNonNull(other.getReason());
      default -> e.toString();
    };
  }
}
