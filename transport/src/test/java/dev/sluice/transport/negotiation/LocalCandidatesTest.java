package dev.sluice.transport.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.transport.sdp.Candidate;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LocalCandidatesTest {
  @Test
  void the_families_take_turns_from_ipv6_on_and_keep_their_own_order() {
    List<Candidate> candidates =
        LocalCandidates.of(
            List.of(
                new InetSocketAddress("192.0.2.1", 7000),
                new InetSocketAddress("192.0.2.2", 7001),
                new InetSocketAddress("192.0.2.3", 7002),
                new InetSocketAddress("2001:db8::1", 7003),
                new InetSocketAddress("2001:db8::2", 7004)));

    assertThat(candidates)
        .extracting(Candidate::port)
        .containsExactly(7003, 7000, 7004, 7001, 7002);
    assertThat(candidates)
        .isSortedAccordingTo(Comparator.comparingLong(Candidate::priority).reversed());
    assertThat(candidates).extracting(Candidate::priority).doesNotHaveDuplicates();
    assertThat(candidates).extracting(Candidate::foundation).doesNotHaveDuplicates();
  }

  @Test
  void one_family_alone_keeps_its_order() {
    assertThat(
            LocalCandidates.of(
                List.of(
                    new InetSocketAddress("192.0.2.2", 7000),
                    new InetSocketAddress("192.0.2.1", 7000))))
        .extracting(Candidate::address)
        .containsExactly("192.0.2.2", "192.0.2.1");
  }

  @Test
  void an_address_is_told_without_its_zone_and_a_mapped_one_as_ipv4() throws UnknownHostException {
    byte[] linkLocal = HexFormat.of().parseHex("fe800000000000000000000000000001");
    byte[] mapped = HexFormat.of().parseHex("00000000000000000000ffffc0000201");

    assertThat(
            LocalCandidates.of(
                List.of(
                    new InetSocketAddress(Inet6Address.getByAddress(null, linkLocal, 3), 7000),
                    new InetSocketAddress(Inet6Address.getByAddress(null, mapped, 0), 7000))))
        .extracting(Candidate::address)
        .containsExactly("fe80:0:0:0:0:0:0:1", "192.0.2.1");
  }
}
