package dev.sluice.server.dev;

import dev.sluice.server.StartException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a newcomer reads after {@code sluice dev}: where to go, with which application and key; the
 * same for programs in {@code demo.json}.
 *
 * @param url where this machine's browsers and SDKs reach the server
 * @param certificate a self-made one, about which browsers warn
 */
public record Welcome(
    String url, DemoApplication application, Optional<DevCertificate> certificate) {
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
        """
            .formatted(url, application.id(), application.privateKeyFile()));
    certificate.ifPresent(made -> printWarning(out, made));
    out.println();
    out.println("ready " + url);
    out.flush();
  }

  private static void printWarning(PrintWriter out, DevCertificate made) {
    out.print(
        """

        The certificate is made by this server itself, so each browser warns once: "Your connection is not private",
        "Warning: Potential Security Risk Ahead". Choose Advanced, then Proceed, Accept the Risk or Visit this website. Whoever
        wants to be sure compares the certificate's SHA-256 fingerprint first:

          %s

        Node takes it with NODE_EXTRA_CA_CERTS=%s. --plain-http serves HTTP instead, without camera and
        microphone for pages on other machines.
        """
            .formatted(made.fingerprint(), made.files().certificate().toAbsolutePath()));
  }
}
