package dev.sluice.server.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** The option of every command that prints data: for people, or for programs. */
final class JsonOption {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Option(names = "--json", description = "Print JSON, for programs.")
  private boolean json;

  /**
   * @param data a record, a list or a map
   * @param text prints the same for people
   */
  void print(PrintWriter out, Object data, Consumer<PrintWriter> text) {
    if (json) {
      out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(data));
    } else {
      text.accept(out);
    }
    out.flush();
  }
}
