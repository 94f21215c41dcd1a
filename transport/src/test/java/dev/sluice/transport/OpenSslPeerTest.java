package dev.sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.transport.srtp.SrtpKeys;
import dev.sluice.transport.srtp.SrtpProfile;
import dev.sluice.transport.srtp.SrtpSession;
import dev.sluice.transport.stun.StunCheck;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A handshake with a DTLS client that nobody here wrote, where the machine has one. */
@Timeout(60)
final class OpenSslPeerTest {
  private static final Pattern MATERIAL = Pattern.compile("Keying material: ([0-9A-F]+)");

  @TempDir private Path directory;

  @BeforeAll
  static void openSslIsThere() {
    boolean found =
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "openssl")));
    assumeTrue(found, "no openssl on this machine");
  }

  @ParameterizedTest
  @CsvSource({
    "SRTP_AEAD_AES_128_GCM, AEAD_AES_128_GCM",
    "SRTP_AES128_CM_SHA1_80, AES128_CM_HMAC_SHA1_80"
  })
  void openssl_gets_the_keys_that_decrypt_our_packets(String name, SrtpProfile profile)
      throws IOException, InterruptedException {
    String certificate = "cert.pem";
    openssl(
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-keyout",
        "key.pem",
        "-out",
        certificate,
        "-subj",
        "/CN=peer",
        "-days",
        "2");
    String fingerprint =
        openssl("x509", "-in", certificate, "-noout", "-fingerprint", "-sha256")
            .strip()
            .replaceFirst(".*=", "");
    try (SecureTransports factory =
            new SecureTransports(TransportSettings.DEFAULT, new SecureRandom(), Instant.now());
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Server server = new Server(factory, socket, fingerprint);
      Process client =
          command(
                  "s_client",
                  "-dtls1_2",
                  "-connect",
                  "127.0.0.1:" + socket.getLocalPort(),
                  "-use_srtp",
                  name,
                  "-keymatexport",
                  "EXTRACTOR-dtls_srtp",
                  "-keymatexportlen",
                  Integer.toString(SrtpKeys.materialLength(profile)),
                  "-cert",
                  certificate,
                  "-key",
                  "key.pem")
              .start();
      try {
        server.runUntilConnected();
        SrtpSession peer = SrtpSession.client(SrtpKeys.ofMaterial(profile, material(client)));
        byte[] packet = new byte[100];
        packet[0] = (byte) 0x80;
        int length = server.transport.protectRtp(packet, 0, 60);
        assertThat(peer.unprotectRtp(packet, 0, length)).isEqualTo(60);
      } finally {
        server.transport.close();
        client.destroy();
        client.waitFor();
      }
    }
  }

  /** s_client writes the exported material once its side is through too. */
  private static byte[] material(Process client) throws IOException {
    StringBuilder output = new StringBuilder();
    for (String line;
        (line = client.inputReader(StandardCharsets.ISO_8859_1).readLine()) != null; ) {
      Matcher matcher = MATERIAL.matcher(line);
      if (matcher.find()) {
        return HexFormat.of().parseHex(matcher.group(1));
      }
      output.append(line).append('\n');
    }
    throw new AssertionError("s_client exported nothing: " + output);
  }

  private String openssl(String... arguments) throws IOException, InterruptedException {
    Process process = command(arguments).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private ProcessBuilder command(String... arguments) {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
  }

  /** The worker: takes datagrams and tasks in turn. The client makes no checks, so it does. */
  private static final class Server implements TransportListener {
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final DatagramSocket socket;
    private final Transport transport;

    Server(TransportFactory factory, DatagramSocket socket, String fingerprint) throws IOException {
      this.socket = socket;
      socket.setSoTimeout(10);
      transport = factory.create(this, tasks::add);
      transport.setRemote(
          new RemoteParameters(new IceCredentials("peer", "0123456789012345678901"), fingerprint));
    }

    void runUntilConnected() throws IOException {
      DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
      while (transport.state() != TransportState.CONNECTED) {
        assertThat(transport.state()).isNotEqualTo(TransportState.CLOSED);
        try {
          packet.setLength(2048);
          socket.receive(packet);
          receive(packet);
        } catch (SocketTimeoutException nothingCame) {
          // Only the tasks are left to do.
        }
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
      }
    }

    private void receive(DatagramPacket packet) {
      InetSocketAddress from = (InetSocketAddress) packet.getSocketAddress();
      if (transport.state() == TransportState.NEW) {
        IceCredentials own = transport.localCredentials();
        byte[] check =
            new StunCheck("peer", own.usernameFragment(), own.password()).request(1, true);
        transport.onDatagram(check, 0, check.length, from, 0);
      }
      transport.onDatagram(packet.getData(), 0, packet.getLength(), from, 0);
    }

    @Override
    public void onDatagramToSend(InetSocketAddress to, byte[] buffer, int offset, int length) {
      try {
        if (buffer[offset] >= 20) {
          socket.send(new DatagramPacket(buffer, offset, length, to));
        }
      } catch (IOException fault) {
        throw new AssertionError(fault);
      }
    }

    @Override
    public void onPath(InetSocketAddress remote) {}

    @Override
    public void onUsernameFragmentDropped(String usernameFragment) {
      throw new AssertionError("nothing restarts here: " + usernameFragment);
    }

    @Override
    public void onState(TransportState state, String reason) {}

    @Override
    public void onRtp(byte[] buffer, int offset, int length, long nowNanos) {}

    @Override
    public void onRtcp(byte[] buffer, int offset, int length, long nowNanos) {}
  }
}
