package dev.sluice.gateway.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

final class SourceAddressTest {
  @Test
  void one_ipv4_address_is_one_source_whatever_its_port() {
    assertThat(of("192.0.2.1", 1000)).isEqualTo(of("192.0.2.1", 2000));
    assertThat(of("192.0.2.1", 1000)).isNotEqualTo(of("192.0.2.2", 1000));
    assertThat(of("::ffff:192.0.2.1", 1)).isEqualTo(of("192.0.2.1", 1));
  }

  @Test
  void one_ipv6_network_is_one_source() {
    assertThat(of("2001:db8:1:2::1", 1)).isEqualTo(of("2001:db8:1:2:ffff::9", 1));
    assertThat(of("2001:db8:1:2::1", 1)).isNotEqualTo(of("2001:db8:1:3::1", 1));
  }

  private static SourceAddress of(String address, int port) {
    return SourceAddress.of(new InetSocketAddress(InetAddress.ofLiteral(address), port));
  }
}
