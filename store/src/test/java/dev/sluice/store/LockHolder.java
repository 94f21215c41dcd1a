package dev.sluice.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Another process that has the store of a directory open until it is killed or told to stop. */
final class LockHolder implements AutoCloseable {
  private final Process process;

  private LockHolder(Process process) {
    this.process = process;
  }

  /** Returns once the other process has the store open. */
  static LockHolder start(Path directory) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    LockHolder.class.getName(),
                    directory.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    if (!"open".equals(line)) {
      process.destroyForcibly();
      throw new IOException("the other process said " + line);
    }
    return new LockHolder(process);
  }

  long processId() {
    return process.pid();
  }

  /** Ends it as a crash would. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  public static void main(String[] args) throws IOException {
    try (Store store = Store.open(new StoreSettings.Sqlite(Path.of(args[0])))) {
      System.out.println("open");
      // Nothing is ever written to it: this waits until the parent kills us or ends.
      int end = System.in.read();
      System.out.println("ended by " + end + " with " + store.applications().all());
    } catch (StoreUnavailableException e) {
      System.out.println(e.getMessage());
    }
  }
}
