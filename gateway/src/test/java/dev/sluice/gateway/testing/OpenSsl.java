package dev.sluice.gateway.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes keys and certificates as operators do, so that nothing of ours is tested with itself. */
public final class OpenSsl {
  private final Path directory;

  public OpenSsl(Path directory) {
    this.directory = directory;
  }

  /**
   * Makes a self-signed certificate {@code NAME.crt} with its key {@code NAME.key} in PKCS#8.
   *
   * @param algorithm what {@code -newkey} takes
   * @param more further arguments
   */
  public void certificate(String name, String algorithm, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("req", "-x509", "-nodes", "-newkey", algorithm, "-subj", "/CN=" + name));
    arguments.addAll(List.of("-keyout", name + ".key", "-out", name + ".crt"));
    arguments.addAll(List.of("-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"));
    arguments.addAll(List.of(more));
    run(arguments.toArray(String[]::new));
  }

  /** Runs one command of openssl in the directory. */
  public void run(String... arguments) {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ":\n" + output);
      }
    } catch (IOException e) {
      throw new IllegalStateException("this test needs openssl on the PATH", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
