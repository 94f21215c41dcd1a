package dev.sluice.server.cli;

import dev.sluice.gateway.GatewaySettings;
import dev.sluice.gateway.signalling.SignallingLimits;
import dev.sluice.gateway.signalling.SignallingSettings;
import dev.sluice.gateway.signalling.SignallingTimeouts;
import dev.sluice.router.RouterSettings;
import dev.sluice.router.live.AdaptationSettings;
import dev.sluice.rtp.codec.VideoCodec;
import dev.sluice.server.LocalAddresses;
import dev.sluice.server.MediaAddresses;
import dev.sluice.server.ServerSettings;
import dev.sluice.server.StartException;
import dev.sluice.server.dev.DevCertificate;
import dev.sluice.server.dev.DevServer;
import dev.sluice.session.SessionLimits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice dev}: everything embedded, until Ctrl-C. */
@Command(
    name = "dev",
    description =
        "Start everything embedded: for development, for trying out, for a demo. Data stays in one"
            + " directory.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class DevCommand implements Callable<Integer> {
  /** Enough for every meeting at a desk; what is measured on a load test is the workers. */
  private static final int MEASURED_TRACKS = 200;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--port", paramLabel = "PORT", description = "TCP port of HTTP and WebSocket.")
  private int port = 8080;

  @Option(
      names = {"--data", "--data-directory"},
      paramLabel = "DIR",
      description = "Where the database, the demo application and its key are kept.")
  private Path data = StoreOptions.DEFAULT_DATA;

  @Option(
      names = "--host",
      paramLabel = "ADDR",
      description =
          "Address to listen on; 0.0.0.0 for every one. On one that is not loopback the server"
              + " speaks HTTPS with a certificate of its own: browsers give camera and microphone"
              + " to pages from localhost or HTTPS only.")
  private String host = "localhost";

  @Option(
      names = "--plain-http",
      description =
          "Speak HTTP on any address: behind a proxy that does HTTPS, or where nobody uses a"
              + " camera.")
  private boolean plainHttp;

  @Option(
      names = "--media-port",
      paramLabel = "PORT",
      description = "UDP port of the first worker; every further worker takes the next one.")
  private int mediaPort = ServerSettings.DEFAULT_MEDIA_PORT;

  @Option(
      names = "--advertise",
      paramLabel = "IP",
      split = ",",
      description =
          "Addresses that clients are told to send media to, when they differ from this machine's"
              + " own (NAT).")
  private List<String> advertise = new ArrayList<>();

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "0",
      description = "Media worker threads; 0 means one per core.")
  private int workers;

  @Option(
      names = "--video-codecs",
      paramLabel = "CODEC",
      split = ",",
      description =
          "Video codecs of every session, the preferred one first: ${COMPLETION-CANDIDATES}.")
  private List<VideoCodec> videoCodecs = RouterSettings.EVERY_VIDEO_CODEC;

  @ArgGroup(validate = false, heading = "%nLimits:%n")
  private LimitOptions limits = new LimitOptions();

  @Override
  public Integer call() throws StartException, InterruptedException {
    requirePort("--port", port);
    ServerSettings.Media media = media();
    SessionLimits sessionLimits = limits.session(commandLine());
    SignallingLimits signallingLimits = limits.signalling(commandLine());
    Optional<DevCertificate> certificate =
        plainHttp || resolveHost().isLoopbackAddress()
            ? Optional.empty()
            : Optional.of(certificate());
    GatewaySettings gateway =
        new GatewaySettings(
            host,
            port,
            GatewaySettings.DEFAULT.bodyBytes(),
            new SignallingSettings(signallingLimits, SignallingTimeouts.DEFAULT, Optional.empty()),
            certificate.map(DevCertificate::files),
            List.of());
    DevServer server =
        DevServer.start(
            new ServerSettings(
                gateway,
                Optional.empty(),
                media,
                sessionLimits,
                new ServerSettings.Management.OnFrontDoor(),
                MEASURED_TRACKS,
                ServerSettings.Spelling.COMMAND_LINE),
            data,
            certificate);
    Foreground foreground = Foreground.until(server::close);
    server.welcome().print(commandLine().getOut());
    return foreground.await();
  }

  private DevCertificate certificate() throws StartException {
    return DevCertificate.open(
        data, host, LocalAddresses.all(), new SecureRandom(), InstantSource.system());
  }

  private ServerSettings.Media media() throws StartException {
    requirePort("--media-port", mediaPort);
    if (workers < 0 || workers > ServerSettings.MAX_WORKERS) {
      throw usage(
          "--workers %d: 0 to %d are possible".formatted(workers, ServerSettings.MAX_WORKERS));
    }
    int workerCount = workers == 0 ? Runtime.getRuntime().availableProcessors() : workers;
    if (mediaPort + workerCount - 1 > 65_535) {
      throw usage(
          "--media-port %d leaves no room for %d workers below port 65536"
              .formatted(mediaPort, workerCount));
    }
    if (Set.copyOf(videoCodecs).size() < videoCodecs.size()) {
      throw usage("--video-codecs %s: each can be named once".formatted(videoCodecs));
    }
    List<InetAddress> advertised = new ArrayList<>();
    for (String address : advertise) {
      advertised.add(addressLiteral(address));
    }
    return new ServerSettings.Media(
        MediaAddresses.choose(resolveHost(), advertised, LocalAddresses.all()),
        mediaPort,
        workerCount,
        List.copyOf(videoCodecs),
        AdaptationSettings.DEFAULTS);
  }

  private void requirePort(String option, int value) {
    if (value < 1 || value > 65_535) {
      throw usage("%s %d: a port is a number from 1 to 65535".formatted(option, value));
    }
  }

  private InetAddress resolveHost() throws StartException {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new StartException(
          "--host %s is neither an IP address nor a name that this machine can resolve"
              .formatted(host),
          e);
    }
  }

  private static InetAddress addressLiteral(String text) throws StartException {
    try {
      return InetAddress.ofLiteral(text.strip());
    } catch (IllegalArgumentException e) {
      throw new StartException(
          "--advertise %s is not an IP address; names are not looked up, because clients get the address itself"
              .formatted(text),
          e);
    }
  }

  private CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(commandLine(), message);
  }

  private CommandLine commandLine() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the specification before it calls");
    }
    return spec.commandLine();
  }
}
