package dev.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads a line with a {@link Request}, writes a line with its {@link Answer}, until standard input
 * ends. A line that is not a request is a fault of the test and ends the process.
 */
final class JavaSdk {
  record Request(int id, Credentials as, Call call) {}

  record Answer(int id, Result result) {}

  private JavaSdk() {}

  public static void main(String[] args) throws IOException {
    ObjectMapper json =
        new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
    Map<Credentials, Application> applications = new HashMap<>();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Request request = json.readValue(line, Request.class);
      Application application =
          applications.computeIfAbsent(request.as(), as -> new Application(as.newClient()));
      Result result = application.answer(request.call());
      out.println(json.writeValueAsString(new Answer(request.id(), result)));
    }
  }
}
