package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A flight recording of the server, taken from outside with the JDK's {@code jcmd}. */
record FlightRecording(long processId, Path file) {
  private static final long PATIENCE_SECONDS = 60;

  static FlightRecording start(long processId, Path file) throws IOException, InterruptedException {
    jcmd(processId, "JFR.start", "name=bench", "settings=profile");
    return new FlightRecording(processId, file);
  }

  /** Ends it and writes the file. */
  void dump() throws IOException, InterruptedException {
    jcmd(processId, "JFR.stop", "name=bench", "filename=" + file.toAbsolutePath());
  }

  private static void jcmd(long processId, String... command)
      throws IOException, InterruptedException {
    String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    ProcessBuilder builder = new ProcessBuilder(tool, Long.toString(processId));
    builder.command().addAll(List.of(command));
    Process process =
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", builder.command()) + " failed");
    }
  }
}
