package dev.sluice.server.doctor;

import dev.sluice.server.MediaAddresses;
import dev.sluice.server.ServerSettings;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Whether the ports can be had, and whether media would come through. */
final class Ports {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int PROBE_BYTES = 32;

  private final ServerSettings settings;
  private final Optional<RunningServer> running;
  private final RandomGenerator random;

  Ports(ServerSettings settings, Optional<RunningServer> running, RandomGenerator random) {
    this.settings = settings;
    this.running = running;
    this.random = random;
  }

  Stream<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    findings.add(tcp("http port", settings.gateway().host(), settings.gateway().port()));
    if (settings.management() instanceof ServerSettings.Management.Own(String host, int port)) {
      findings.add(tcp("metrics port", host, port));
    }
    MediaAddresses addresses = settings.media().addresses();
    for (int i = 0; i < addresses.bind().size(); i++) {
      findings.add(udp(addresses.bind().get(i), addresses.advertised().get(i)));
    }
    return findings.stream();
  }

  private Finding tcp(String check, String host, int port) {
    String where = "%s port %d".formatted(host, port);
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
      return Finding.ok(check, where + " is free");
    } catch (IOException | IllegalArgumentException e) {
      return taken(check, where, e);
    }
  }

  private Finding udp(InetAddress bind, InetAddress advertised) {
    int first = settings.media().port();
    int last = first + settings.media().workers() - 1;
    for (int port = first; port <= last; port++) {
      String where = "UDP %s port %d".formatted(bind.getHostAddress(), port);
      try (DatagramSocket receiver = new DatagramSocket(new InetSocketAddress(bind, port))) {
        if (port == first) {
          Optional<Finding> lost = sendToItself(receiver, bind, advertised);
          if (lost.isPresent()) {
            return lost.get();
          }
        }
      } catch (IOException e) {
        return taken("media ports", where, e);
      }
    }
    return Finding.ok(
        "media ports",
        "UDP %s ports %d to %d are free, and what is sent to %s arrives"
            .formatted(bind.getHostAddress(), first, last, advertised.getHostAddress()));
  }

  /** As a browser would send: to the advertised address. Empty when it arrived. */
  private Optional<Finding> sendToItself(
      DatagramSocket receiver, InetAddress bind, InetAddress advertised) throws IOException {
    byte[] probe = new byte[PROBE_BYTES];
    random.nextBytes(probe);
    try (DatagramSocket sender = new DatagramSocket(new InetSocketAddress(bind, 0))) {
      sender.send(
          new DatagramPacket(
              probe, probe.length, new InetSocketAddress(advertised, receiver.getLocalPort())));
      DatagramPacket received = new DatagramPacket(new byte[PROBE_BYTES], PROBE_BYTES);
      receiver.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
      do {
        receiver.receive(received);
      } while (!Arrays.equals(received.getData(), probe));
      return Optional.empty();
    } catch (SocketTimeoutException e) {
      return Optional.of(lost(receiver.getLocalPort(), bind, advertised));
    } catch (SocketException e) {
      return Optional.of(
          Finding.fail(
              "media ports",
              "nothing can be sent to %s (%s)"
                  .formatted(advertised.getHostAddress(), e.getMessage()),
              "look at the routes and the firewall of this machine"));
    }
  }

  private static Finding lost(int port, InetAddress bind, InetAddress advertised) {
    String message =
        "UDP sent to %s port %d did not arrive".formatted(advertised.getHostAddress(), port);
    return bind.equals(advertised)
        ? Finding.fail("media ports", message, "open the UDP ports in the firewall of this machine")
        : Finding.warn(
            "media ports",
            message,
            "many NATs do not send back what comes from inside: check from outside that the NAT forwards these UDP ports to %s"
                .formatted(bind.getHostAddress()));
  }

  private Finding taken(String check, String where, Exception e) {
    String reason = String.valueOf(e.getMessage());
    if (e instanceof BindException && reason.contains("in use")) {
      return running
          .map(server -> Finding.ok(check, where + " is in use by " + server.name()))
          .orElseGet(
              () ->
                  Finding.fail(
                      check,
                      where + " is in use by another process",
                      "stop that process ('ss -lntup' names it) or choose another port"));
    }
    return Finding.fail(
        check, "%s cannot be had (%s)".formatted(where, reason), "choose another address or port");
  }
}
