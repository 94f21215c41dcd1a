package dev.sluice.testkit.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The inputs that are kept for a target: real samples, and whatever once broke it. */
final class StoredInputs {
  private StoredInputs() {}

  /**
   * The inputs of a target's class, in the order of their names.
   *
   * @throws IllegalStateException when there are none
   */
  static List<byte[]> of(Class<?> owner) {
    String directory = "/fuzz/" + owner.getSimpleName();
    URL url = owner.getResource(directory);
    if (url == null) {
      throw new IllegalStateException("no inputs in the test resources at " + directory);
    }
    try (Stream<Path> files = Files.list(Path.of(uri(url)))) {
      List<byte[]> inputs = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        inputs.add(Files.readAllBytes(file));
      }
      if (inputs.isEmpty()) {
        throw new IllegalStateException("no inputs in the test resources at " + directory);
      }
      return inputs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URI uri(URL url) {
    try {
      return url.toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("resource at " + url, e);
    }
  }
}
