package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MediaAddressesTest {
  private static final InetAddress LOOPBACK = ip("127.0.0.1");
  private static final InetAddress LAN = ip("192.0.2.10");
  private static final InetAddress LAN_6 = ip("2001:db8::10");
  private static final InetAddress PUBLIC = ip("203.0.113.7");
  private static final List<InetAddress> MACHINE = List.of(LOOPBACK, ip("::1"), LAN, LAN_6);

  @Test
  void a_loopback_host_takes_the_first_real_address_too_because_firefox_needs_it()
      throws StartException {
    assertThat(MediaAddresses.choose(LOOPBACK, List.of(), MACHINE).bind())
        .containsExactly(LOOPBACK, LAN);
  }

  @Test
  void a_machine_with_loopback_only_serves_itself() throws StartException {
    assertThat(MediaAddresses.choose(LOOPBACK, List.of(), List.of(LOOPBACK)).bind())
        .containsExactly(LOOPBACK);
  }

  @Test
  void the_wildcard_binds_every_real_address_and_never_itself() throws StartException {
    assertThat(MediaAddresses.choose(ip("0.0.0.0"), List.of(), MACHINE).bind())
        .containsExactly(LAN, LAN_6);
  }

  @Test
  void a_public_address_in_front_of_the_machine_is_advertised_for_the_local_one()
      throws StartException {
    MediaAddresses addresses = MediaAddresses.choose(ip("0.0.0.0"), List.of(PUBLIC), MACHINE);

    assertThat(addresses.bind()).containsExactly(LAN);
    assertThat(addresses.advertised()).containsExactly(PUBLIC);
  }

  @Test
  void a_local_address_that_is_advertised_is_bound_itself() throws StartException {
    MediaAddresses addresses = MediaAddresses.choose(LOOPBACK, List.of(LAN_6), MACHINE);

    assertThat(addresses.bind()).containsExactly(LAN_6);
  }

  @Test
  void a_host_of_another_machine_is_refused_with_the_ones_that_exist() {
    assertThatThrownBy(() -> MediaAddresses.choose(PUBLIC, List.of(), MACHINE))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("203.0.113.7 is not an address of this machine")
        .hasMessageContaining("192.0.2.10");
  }

  @Test
  void the_wildcard_without_a_network_is_refused() {
    assertThatThrownBy(() -> MediaAddresses.choose(ip("0.0.0.0"), List.of(), List.of(LOOPBACK)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("no usable network address");
  }

  @Test
  void two_public_addresses_cannot_share_one_local_socket() {
    List<InetAddress> advertise = Arrays.asList(PUBLIC, ip("203.0.113.8"));

    assertThatThrownBy(() -> MediaAddresses.choose(ip("0.0.0.0"), advertise, MACHINE))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("already stands for another");
  }

  @Test
  void a_public_address_of_a_family_that_the_machine_lacks_is_refused() {
    assertThatThrownBy(
            () -> MediaAddresses.choose(LAN, List.of(ip("2001:db8::99")), List.of(LOOPBACK, LAN)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("no IPv6 address");
  }

  @Test
  void the_wildcard_cannot_be_advertised() {
    assertThatThrownBy(() -> MediaAddresses.choose(LAN, List.of(ip("0.0.0.0")), MACHINE))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("not an address that a client can reach");
  }

  @Test
  void a_configuration_without_addresses_means_every_real_one() throws StartException {
    MediaAddresses addresses = MediaAddresses.configured(List.of(), List.of(), MACHINE);

    assertThat(addresses.bind()).containsExactly(LAN, LAN_6);
    assertThat(addresses.advertised()).containsExactly(LAN, LAN_6);
    assertThat(MediaAddresses.configured(List.of(), List.of(PUBLIC), MACHINE).bind())
        .containsExactly(LAN);
  }

  @Test
  void configured_addresses_pair_up_in_their_order() throws StartException {
    MediaAddresses addresses =
        MediaAddresses.configured(
            List.of(LAN_6, LAN), List.of(ip("2001:db8::99"), PUBLIC), MACHINE);

    assertThat(addresses.bind()).containsExactly(LAN_6, LAN);
    assertThat(addresses.advertised()).containsExactly(ip("2001:db8::99"), PUBLIC);
    assertThat(MediaAddresses.configured(List.of(LOOPBACK), List.of(), MACHINE).advertised())
        .containsExactly(LOOPBACK);
  }

  @Test
  void a_configured_address_of_another_machine_is_refused_by_its_key() {
    assertThatThrownBy(() -> MediaAddresses.configured(List.of(PUBLIC), List.of(), MACHINE))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("media.bind: 203.0.113.7 is not an address of this machine");
    assertThatThrownBy(
            () -> MediaAddresses.configured(List.of(), List.of(PUBLIC), List.of(LOOPBACK)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("media.bind");
  }

  private static InetAddress ip(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }
}
