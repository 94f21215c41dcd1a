package dev.sluice.router.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.router.net.DatagramPorts;
import dev.sluice.router.net.InMemoryNetwork;
import dev.sluice.router.net.InMemoryNetwork.Datagram;
import dev.sluice.router.net.SendBatch;
import dev.sluice.router.testkit.PlainTransports;
import dev.sluice.router.testkit.StunMessages;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkerTest {
  private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.10", 5000);
  private static final InetSocketAddress STRANGER = new InetSocketAddress("192.0.2.66", 6000);

  private final InMemoryNetwork network = new InMemoryNetwork();
  private final DatagramPorts ports =
      network.open(
          List.of(InetAddress.ofLiteral("198.51.100.1"), InetAddress.ofLiteral("198.51.100.2")), 0);
  private final InetSocketAddress firstPort = ports.ports().get(0).localAddress();
  private final InetSocketAddress secondPort = ports.ports().get(1).localAddress();
  private final PlainTransports transports = new PlainTransports();
  private final Worker worker = new Worker(ports, transports, () -> 0);
  private final RecordingListener listener = new RecordingListener();
  private long nowNanos = 1;

  @Test
  void a_turn_without_anything_to_do_does_nothing() {
    assertThat(worker.doWork(1)).isZero();
  }

  @Test
  void commands_run_in_order_on_the_next_turn() {
    List<Integer> order = new ArrayList<>();
    worker.execute(() -> order.add(1));
    worker.execute(() -> order.add(2));
    assertThat(order).isEmpty();
    assertThat(worker.doWork(1)).isEqualTo(2);
    assertThat(order).containsExactly(1, 2);
  }

  @Test
  void a_faulty_command_costs_only_itself() {
    List<Integer> order = new ArrayList<>();
    worker.execute(
        () -> {
          throw new IllegalStateException("fault");
        });
    worker.execute(() -> order.add(2));
    worker.doWork(1);
    assertThat(order).containsExactly(2);
    assertThat(worker.counters().taskFaults).isEqualTo(1);
  }

  @Test
  void too_many_commands_are_refused() {
    for (int i = 0; i < 1 << 16; i++) {
      worker.execute(() -> {});
    }
    assertThatThrownBy(() -> worker.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void a_stopped_worker_refuses_calls() {
    worker.stop();
    assertThatThrownBy(() -> worker.call(() -> 1, Duration.ofSeconds(1)))
        .isInstanceOf(WorkerUnavailableException.class)
        .hasMessageContaining("stopping");
  }

  @Test
  void a_call_that_nobody_runs_in_time_is_given_up_and_never_runs() {
    List<Integer> ran = new ArrayList<>();
    assertThatThrownBy(() -> worker.call(() -> ran.add(1), Duration.ofMillis(1)))
        .isInstanceOf(WorkerUnavailableException.class);
    worker.doWork(1);
    assertThat(ran).isEmpty();
  }

  @Test
  void a_call_hands_back_result_and_exception() throws Exception {
    try (DatagramPorts real =
            new dev.sluice.router.net.NioNetwork()
                .open(List.of(InetAddress.getLoopbackAddress()), 0);
        WorkerThread thread =
            WorkerThread.start(
                new Worker(real, transports, System::nanoTime), "test", System::nanoTime)) {
      Worker running = thread.worker();
      assertThat(running.call(() -> 42, Duration.ofSeconds(5))).isEqualTo(42);
      assertThatThrownBy(
              () ->
                  running.call(
                      () -> {
                        throw new IllegalArgumentException("no");
                      },
                      Duration.ofSeconds(5)))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void an_unknown_source_reaches_its_link_by_the_name_in_its_stun_request() {
    Link link = worker.openLink(listener);
    connect(link, PEER, firstPort);

    assertThat(link.isConnected()).isTrue();
    assertThat(listener.connected).isEqualTo(1);
    assertThat(network.takeSentTo(PEER)).hasSize(1);

    network.inject(PEER, firstPort, sealedRtp(1));
    turn();
    assertThat(listener.rtpPackets).isEqualTo(1);
  }

  @Test
  void junk_of_strangers_is_counted_and_never_answered() {
    worker.openLink(listener);
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      byte[] junk = new byte[random.nextInt(200)];
      random.nextBytes(junk);
      network.inject(STRANGER, firstPort, junk);
      network.inject(STRANGER, firstPort, StunMessages.bindingRequest("nobody" + i));
    }
    for (int i = 0; i < 100; i++) {
      turn();
    }
    assertThat(worker.counters().unknownUfrag).isGreaterThanOrEqualTo(1000);
    assertThat(worker.counters().unknownSource + worker.counters().unknownUfrag).isEqualTo(2000);
    assertThat(worker.counters().datagramFaults).isZero();
    assertThat(network.takeSentTo(STRANGER)).isEmpty();
  }

  @Test
  void a_fault_in_one_packet_costs_only_that_packet() {
    Link link = worker.openLink(listener);
    connect(link, PEER, firstPort);
    transports.made().getFirst().poison();
    RecordingListener second = new RecordingListener();
    connect(worker.openLink(second), STRANGER, firstPort);

    network.inject(PEER, firstPort, sealedRtp(1));
    network.inject(STRANGER, firstPort, sealedRtp(1));
    turn();

    assertThat(worker.counters().datagramFaults).isEqualTo(1);
    assertThat(second.rtpPackets).isEqualTo(1);
  }

  @Test
  void media_leaves_through_the_port_that_the_peer_sends_its_media_to() {
    Link link = worker.openLink(listener);
    connect(link, PEER, firstPort);
    network.inject(PEER, secondPort, StunMessages.bindingRequest(link.ufrag()));
    turn();
    assertThat(network.takeSentTo(PEER))
        .extracting(Datagram::from)
        .containsExactly(firstPort, secondPort);

    send(link);
    assertThat(network.takeSentTo(PEER)).extracting(Datagram::from).containsExactly(firstPort);

    network.inject(PEER, secondPort, sealedRtp(1));
    turn();
    send(link);
    assertThat(network.takeSentTo(PEER)).extracting(Datagram::from).containsExactly(secondPort);
  }

  @Test
  void packets_sealed_back_to_back_leave_in_one_batch() {
    Link link = worker.openLink(listener);
    connect(link, PEER, firstPort);
    network.takeSentTo(PEER);
    int before = network.batchesSent();
    worker.execute(
        () -> {
          write(link, 100);
          write(link, 100);
          write(link, 50);
        });
    turn();
    assertThat(network.takeSentTo(PEER))
        .extracting(d -> d.payload().length - PlainTransports.TAG.length)
        .containsExactly(100, 100, 50);
    assertThat(network.batchesSent()).isEqualTo(before + 1);
  }

  @Test
  void nothing_is_sent_before_the_link_is_connected() {
    Link link = worker.openLink(listener);
    assertThat(link.beginPacket(100)).isNull();
  }

  @Test
  void a_link_that_the_peer_closes_tells_its_listener_and_is_forgotten() {
    Link link = worker.openLink(listener);
    connect(link, PEER, firstPort);
    network.inject(PEER, firstPort, new byte[] {PlainTransports.CLOSE});
    turn();
    assertThat(listener.closedBecause).containsExactly("close_notify");
    assertThat(link.isClosed()).isTrue();
    assertThat(worker.links().sources()).isZero();
    assertThat(worker.links().ufrags()).isZero();
  }

  @Test
  void an_address_that_moves_to_another_link_stays_there_when_the_first_closes() {
    Link first = worker.openLink(listener);
    connect(first, PEER, firstPort);
    RecordingListener second = new RecordingListener();
    Link other = worker.openLink(second);
    connect(other, PEER, firstPort);
    first.close();
    network.inject(PEER, firstPort, sealedRtp(1));
    turn();
    assertThat(second.rtpPackets).isEqualTo(1);
    assertThat(listener.rtpPackets).isZero();
    assertThat(listener.closedBecause).isEmpty();
  }

  @Test
  void a_link_keeps_a_bounded_number_of_addresses() {
    Link link = worker.openLink(listener);
    for (int port = 1; port <= 50; port++) {
      connect(link, new InetSocketAddress("192.0.2.10", port), firstPort);
    }
    assertThat(worker.links().sources()).isEqualTo(16);
    link.close();
    assertThat(worker.links().sources()).isZero();
  }

  @Test
  void timers_run_every_ten_milliseconds_and_do_not_catch_up() {
    List<Long> ticks = new ArrayList<>();
    worker.add(
        new Tenant() {
          @Override
          public void onTick(long at) {
            ticks.add(at);
          }

          @Override
          public void close() {}
        });
    long ms = TimeUnit.MILLISECONDS.toNanos(1);
    for (long at : new long[] {5, 10, 15, 20, 100, 105, 110}) {
      worker.doWork(at * ms);
    }
    assertThat(ticks).containsExactly(10 * ms, 20 * ms, 100 * ms, 110 * ms);
  }

  @Test
  void what_waits_for_the_end_of_the_batch_runs_after_its_packets_and_once() {
    List<Integer> seen = new ArrayList<>();
    Link link = worker.openLink(listener);
    connect(link, PEER, firstPort);
    listener.onPacket =
        () -> {
          if (listener.rtpPackets == 1) {
            worker.runAtBatchEnd(now -> seen.add(listener.rtpPackets));
          }
        };
    network.inject(PEER, firstPort, sealedRtp(1));
    network.inject(PEER, firstPort, sealedRtp(2));
    turn();
    turn();
    assertThat(seen).containsExactly(2);
  }

  private void connect(Link link, InetSocketAddress from, InetSocketAddress to) {
    network.inject(from, to, StunMessages.bindingRequest(link.ufrag()));
    turn();
  }

  private void send(Link link) {
    worker.execute(() -> write(link, 100));
    turn();
  }

  private static void write(Link link, int length) {
    SendBatch batch = Objects.requireNonNull(link.beginPacket(length));
    batch.buffer()[batch.position()] = (byte) 0x80;
    assertThat(link.endRtp(length)).isTrue();
  }

  private static byte[] sealedRtp(int sequenceNumber) {
    byte[] packet = new byte[20 + PlainTransports.TAG.length];
    packet[0] = (byte) 0x80;
    packet[1] = 96;
    packet[3] = (byte) sequenceNumber;
    System.arraycopy(PlainTransports.TAG, 0, packet, 20, PlainTransports.TAG.length);
    return packet;
  }

  private void turn() {
    worker.doWork(nowNanos++);
  }

  private static final class RecordingListener implements LinkListener {
    private int rtpPackets;
    private int connected;
    private final List<String> closedBecause = new ArrayList<>();
    private Runnable onPacket = () -> {};

    @Override
    public void onRtp(byte[] buffer, int offset, int length, long nowNanos) {
      rtpPackets++;
      onPacket.run();
    }

    @Override
    public void onRtcp(byte[] buffer, int offset, int length, long nowNanos) {}

    @Override
    public void onConnected(long nowNanos) {
      connected++;
    }

    @Override
    public void onClosed(boolean wasConnected, String reason) {
      closedBecause.add(reason);
    }
  }
}
