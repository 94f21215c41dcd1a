package dev.sluice.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an operator reads is what the code does. */
class ConfigurationDocumentTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Pattern ROW = Pattern.compile("^\\| `[a-z.-]+` \\|.*", Pattern.MULTILINE);

  @Test
  void the_document_lists_every_key_with_its_default_and_what_is_allowed() throws IOException {
    String document = Files.readString(DOCS.resolve("configuration.md"));
    List<String> rows =
        ROW.matcher(document)
            .results()
            .map(row -> String.join("|", List.of(row.group().split("\\|")).subList(1, 4)))
            .toList();

    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            Keys.ALL.stream().map(ConfigurationDocumentTest::row).toList());
  }

  @Test
  void the_example_is_right_and_says_the_defaults() throws Exception {
    Path example = DOCS.resolve("sluice.conf.example");
    ConfigurationFile read = ConfigurationFile.read(example, Map.of(), 1);

    for (ConfigurationFile.EffectiveValue value : read.effective()) {
      Key<?> key =
          Keys.ALL.stream().filter(k -> k.path().equals(value.key())).findFirst().orElseThrow();
      assertThat(value.value()).as(value.key()).isEqualTo(key.shownFallback().orElse(""));
    }
    assertThat(read.effective())
        .filteredOn(value -> !value.source().equals("default"))
        .hasSizeGreaterThan(10);
  }

  @Test
  void what_the_example_has_in_comments_is_right_too() throws Exception {
    String text =
        Files.readString(DOCS.resolve("sluice.conf.example")).replaceAll("(?m)^  # ", "  ");
    assertThat(text).contains("  tls {", "  postgresql {", "\n  public-url");
    Path file = Files.createTempFile("sluice", ".conf");
    try {
      Files.writeString(file, text.replaceFirst("(?m)^  HTTPS in the server itself.*$", ""));
      assertThat(ConfigurationFile.read(file, Map.of(), 1).configuration().http().tls())
          .isPresent();
    } finally {
      Files.delete(file);
    }
  }

  private static String row(Key<?> key) {
    return " `%s` | %s | %s "
        .formatted(
            key.path(),
            key.shownFallback().map(value -> "`" + value + "`").orElse("–"),
            key.type().allowed());
  }
}
