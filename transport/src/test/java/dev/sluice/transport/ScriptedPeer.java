package dev.sluice.transport;

import dev.sluice.transport.dtls.DtlsClient;
import dev.sluice.transport.dtls.DtlsIdentity;
import dev.sluice.transport.srtp.SrtpKeys;
import dev.sluice.transport.srtp.SrtpProfile;
import dev.sluice.transport.srtp.SrtpSession;
import dev.sluice.transport.stun.StunCheck;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * A transport and the client it talks to, both in this process. The test's thread is the worker and
 * sees each datagram on its way.
 */
final class ScriptedPeer implements TransportListener, AutoCloseable {
  static final InetSocketAddress HOME = new InetSocketAddress("192.0.2.7", 4000);
  static final InetSocketAddress ELSEWHERE = new InetSocketAddress("198.51.100.9", 5000);

  static final SecureRandom RANDOM = new SecureRandom();
  static final DtlsIdentity IDENTITY =
      DtlsIdentity.generate(RANDOM, Instant.parse("2026-01-01T00:00:00Z"));
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  final Transport transport;
  final List<String> events = new ArrayList<>();
  final List<byte[]> rtp = new ArrayList<>();
  final List<byte[]> rtcp = new ArrayList<>();
  final List<byte[]> stunReplies = new ArrayList<>();

  /** Datagrams of the client that the network carries. */
  Predicate<byte[]> uplink = datagram -> true;

  /** Datagrams of the transport that the network carries. */
  Predicate<byte[]> downlink = datagram -> true;

  InetSocketAddress address = HOME;
  long nowNanos = 1_000_000_000L;
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final DtlsClient client;
  private final CompletableFuture<SrtpKeys> clientKeys = new CompletableFuture<>();
  private long transactionId;

  ScriptedPeer(TransportFactory factory, SrtpProfile... profiles) {
    transport = factory.create(this, tasks::add);
    client =
        new DtlsClient(
            IDENTITY,
            List.of(profiles),
            factory.fingerprint(),
            PATIENCE,
            datagram -> tasks.add(() -> sendUp(datagram)));
  }

  private void sendUp(byte[] datagram) {
    if (uplink.test(datagram)) {
      give(datagram, address);
    }
  }

  void give(byte[] datagram, InetSocketAddress from) {
    // In the middle of a larger buffer, as the worker's are.
    byte[] buffer = new byte[datagram.length + 64];
    System.arraycopy(datagram, 0, buffer, 16, datagram.length);
    transport.onDatagram(buffer, 16, datagram.length, from, nowNanos);
  }

  StunCheck checks() {
    IceCredentials server = transport.localCredentials();
    return new StunCheck("peer", server.usernameFragment(), server.password());
  }

  /** As a peer checks that has got a description with these credentials. */
  void check(IceCredentials server, InetSocketAddress from, boolean useCandidate) {
    StunCheck checks = new StunCheck("peer", server.usernameFragment(), server.password());
    give(checks.request(++transactionId, useCandidate), from);
  }

  void check(InetSocketAddress from, boolean useCandidate) {
    give(checks().request(++transactionId, useCandidate), from);
  }

  void announce() {
    announce(IDENTITY.fingerprint());
  }

  void announce(String fingerprint) {
    transport.setRemote(
        new RemoteParameters(new IceCredentials("peer", "0123456789012345678901"), fingerprint));
  }

  /** Starts the client's handshake; its datagrams wait until the worker runs. */
  void startClient() {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                clientKeys.complete(client.connect());
              } catch (IOException | RuntimeException failure) {
                clientKeys.completeExceptionally(failure);
              }
              tasks.add(() -> {});
            });
  }

  SrtpSession connect() {
    check(address, true);
    announce();
    startClient();
    return finishConnecting();
  }

  SrtpSession finishConnecting() {
    runUntil(() -> transport.state() == TransportState.CONNECTED && clientKeys.isDone());
    return SrtpSession.client(clientKeys.join());
  }

  CompletableFuture<SrtpKeys> clientKeys() {
    return clientKeys;
  }

  DtlsClient client() {
    return client;
  }

  /** Is the worker until the condition holds. */
  void runUntil(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      try {
        Runnable task = tasks.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (task == null) {
          throw new AssertionError("nothing happens any more; so far: " + events);
        }
        task.run();
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }
  }

  @Override
  public void onDatagramToSend(InetSocketAddress to, byte[] buffer, int offset, int length) {
    byte[] datagram = Arrays.copyOfRange(buffer, offset, offset + length);
    if (datagram[0] < 4) {
      stunReplies.add(datagram);
    } else if (downlink.test(datagram)) {
      client.offer(datagram, 0, length);
    }
  }

  @Override
  public void onPath(InetSocketAddress remote) {
    events.add("path " + remote.getAddress().getHostAddress());
  }

  @Override
  public void onUsernameFragmentDropped(String usernameFragment) {
    events.add("dropped " + usernameFragment);
  }

  @Override
  public void onState(TransportState state, String reason) {
    events.add(state + ": " + reason);
  }

  @Override
  public void onRtp(byte[] buffer, int offset, int length, long nowNanos) {
    rtp.add(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  @Override
  public void onRtcp(byte[] buffer, int offset, int length, long nowNanos) {
    rtcp.add(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  @Override
  public void close() throws IOException {
    transport.close();
    client.close();
  }
}
