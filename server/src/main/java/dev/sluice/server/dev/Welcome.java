package dev.sluice.server.dev;

import dev.sluice.server.StartException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a newcomer reads after {@code sluice dev}: where to go, with which application and key; the
 * same for programs in {@code demo.json}.
 *
 * @param url where this machine's browsers and SDKs reach the server
 */
public record Welcome(String url, DemoApplication application) {
  static final String FILE = "demo.json";

  /** Writes {@code demo.json}: {@code url}, {@code applicationId}, {@code privateKeyFile}. */
  public void writeTo(Path directory) throws StartException {
    Map<String, String> content = new LinkedHashMap<>();
    content.put("url", url);
    content.put("applicationId", application.id().toString());
    content.put("privateKeyFile", application.privateKeyFile().toString());
    Path file = directory.resolve(FILE);
    try {
      Files.writeString(
          file,
          JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(content)
              + "\n");
    } catch (IOException e) {
      throw new StartException(
          "cannot write %s (%s): make the directory writable or choose another with --data"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  public void print(PrintWriter out) {
    out.print(
        """

        Sluice is running.

          Meeting page   %1$s/
          Application    %2$s
          Private key    %3$s

        An application server in Node, with npm package @sluice/video (web/server-sdk of this checkout):

          const { Video } = require('@sluice/video');
          const videoClient = new Video({
            applicationId: '%2$s',
            privateKey: '%3$s',
            baseUrl: '%1$s',
          });
          const session = await videoClient.createSession({ mediaMode: 'routed' });
          const token = videoClient.generateClientToken(session.sessionId, { role: 'publisher' });

        In the browser: <script src="%1$s/client/sluice.js"></script>, then OT.initSession(applicationId, sessionId).
        Ctrl-C stops the server.

        ready %1$s
        """
            .formatted(url, application.id(), application.privateKeyFile()));
    out.flush();
  }
}
