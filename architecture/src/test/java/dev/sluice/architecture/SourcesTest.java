package dev.sluice.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every Java source file of the house. */
class SourcesTest {
  private static final int MAX_LINES = 500;
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void no_file_has_more_than_500_lines() {
    assertThat(sources().filter(file -> lines(file).size() > MAX_LINES)).isEmpty();
  }

  @Test
  void every_package_says_what_it_is_and_is_null_marked() {
    assertThat(
            sources()
                .filter(file -> file.toString().contains("/src/main/java/"))
                .map(Path::getParent)
                .distinct()
                .filter(directory -> !isDescribed(directory.resolve("package-info.java"))))
        .isEmpty();
  }

  @Test
  void every_fuzz_target_runs_in_the_tests_of_its_module() {
    List<Path> targets = sources().filter(file -> file.toString().endsWith("Fuzz.java")).toList();
    assertThat(targets).isNotEmpty();
    assertThat(targets).filteredOn(target -> !isRun(target)).isEmpty();
  }

  private static boolean isRun(Path target) {
    String module = ROOT.relativize(target).getName(0).toString();
    String line = target.getFileName().toString().replace(".java", "::fuzzerTestOneInput");
    return sources()
        .filter(file -> file.endsWith("FuzzTargetsTest.java"))
        .filter(file -> ROOT.relativize(file).startsWith(module))
        .anyMatch(file -> lines(file).stream().anyMatch(text -> text.contains(line)));
  }

  private static boolean isDescribed(Path packageInfo) {
    return Files.exists(packageInfo)
        && lines(packageInfo).getFirst().startsWith("/**")
        && lines(packageInfo).contains("@NullMarked");
  }

  private static Stream<Path> sources() {
    try (Stream<Path> files = Files.walk(ROOT)) {
      List<Path> sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.toString().contains("/node_modules/"))
              .filter(file -> !file.toString().contains("/target/"))
              .toList();
      assertThat(sources).as("sources under %s", ROOT).hasSizeGreaterThan(50);
      return sources.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
