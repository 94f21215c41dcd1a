package dev.sluice.router.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.router.net.PortUnavailableException.Reason;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class NioNetworkTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private final NioNetwork network = new NioNetwork();

  @Test
  void datagrams_go_both_ways() throws Exception {
    try (DatagramPorts ports = network.open(List.of(LOOPBACK), 0);
        DatagramSocket peer = new DatagramSocket(0, LOOPBACK)) {
      DatagramPort port = ports.ports().getFirst();
      ReceiveBatch received = new ReceiveBatch(4);
      assertThat(port.receive(received)).isZero();

      peer.send(new DatagramPacket(new byte[] {1, 2, 3}, 3, port.localAddress()));
      peer.send(new DatagramPacket(new byte[] {4}, 1, port.localAddress()));
      while (received.size() < 2) {
        ports.await(TimeUnit.SECONDS.toNanos(1));
        port.receive(received);
      }
      InetSocketAddress source = received.source(0);
      assertThat(source.getPort()).isEqualTo(peer.getLocalPort());
      assertThat(received.length(0)).isEqualTo(3);
      assertThat(received.buffer()[received.offset(1)]).isEqualTo((byte) 4);

      SendBatch batch = new SendBatch(10_000, 4);
      for (int length : new int[] {7, 7, 5}) {
        batch.buffer()[batch.position()] = (byte) length;
        batch.commit(source, length);
      }
      port.send(batch);
      assertThat(batch.isEmpty()).isTrue();
      for (int length : new int[] {7, 7, 5}) {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        peer.receive(packet);
        assertThat(packet.getLength()).isEqualTo(length);
        assertThat(packet.getData()[0]).isEqualTo((byte) length);
      }
      assertThat(port.counters().receivedBytes).isEqualTo(4);
      assertThat(port.counters().sentDatagrams).isEqualTo(3);
    }
  }

  @Test
  void a_datagram_that_fills_its_slot_is_dropped_and_counted() throws Exception {
    try (DatagramPorts ports = network.open(List.of(LOOPBACK), 0);
        DatagramSocket peer = new DatagramSocket(0, LOOPBACK)) {
      DatagramPort port = ports.ports().getFirst();
      peer.send(new DatagramPacket(new byte[3000], 3000, port.localAddress()));
      peer.send(new DatagramPacket(new byte[10], 10, port.localAddress()));
      ReceiveBatch received = new ReceiveBatch(4);
      while (received.size() < 1) {
        ports.await(TimeUnit.SECONDS.toNanos(1));
        port.receive(received);
      }
      assertThat(received.length(0)).isEqualTo(10);
      assertThat(port.counters().oversizedDatagrams).isEqualTo(1);
    }
  }

  @Test
  void a_send_that_the_system_refuses_is_counted() throws Exception {
    try (DatagramPorts ports = network.open(List.of(LOOPBACK), 0)) {
      DatagramPort port = ports.ports().getFirst();
      SendBatch batch = new SendBatch(10_000, 4);
      // Port 0 cannot be sent to: EINVAL.
      batch.commit(new InetSocketAddress(LOOPBACK, 0), 7);
      port.send(batch);
      assertThat(port.counters().sendErrors).isEqualTo(1);
    }
  }

  @Test
  void a_wakeup_ends_the_wait() throws Exception {
    try (DatagramPorts ports = network.open(List.of(LOOPBACK), 0)) {
      ports.wakeup();
      long start = System.nanoTime();
      ports.await(TimeUnit.SECONDS.toNanos(10));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void all_addresses_share_one_port_number() throws Exception {
    InetAddress second = InetAddress.getByName("127.0.0.2");
    try (DatagramPorts ports = network.open(List.of(LOOPBACK, second), 0)) {
      assertThat(ports.ports())
          .extracting(DatagramPort::localAddress)
          .containsExactly(
              new InetSocketAddress(LOOPBACK, ports.portNumber()),
              new InetSocketAddress(second, ports.portNumber()));
    }
  }

  @Test
  void a_port_in_use_is_named() throws Exception {
    try (DatagramPorts ports = network.open(List.of(LOOPBACK), 0)) {
      assertThatThrownBy(() -> network.open(List.of(LOOPBACK), ports.portNumber()))
          .isInstanceOfSatisfying(
              PortUnavailableException.class, e -> assertThat(e.reason()).isEqualTo(Reason.IN_USE))
          .hasMessageContaining(":" + ports.portNumber() + " is in use");
    }
  }

  @Test
  void an_address_of_another_machine_is_named() throws Exception {
    InetAddress foreign = InetAddress.getByName("192.0.2.77");
    assertThatThrownBy(() -> network.open(List.of(foreign), 0))
        .isInstanceOfSatisfying(
            PortUnavailableException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.NOT_A_LOCAL_ADDRESS))
        .hasMessageContaining("192.0.2.77");
  }

  @Test
  void the_wildcard_address_is_refused() throws Exception {
    InetAddress wildcard = InetAddress.getByName("0.0.0.0");
    assertThatIllegalArgumentException().isThrownBy(() -> network.open(List.of(wildcard), 0));
  }
}
