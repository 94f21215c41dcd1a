package dev.sluice.transport.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** With the test vectors of RFC 5769. */
final class StunTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";

  /** RFC 5769 §2.1. */
  private static final byte[] REQUEST =
      HEX.parseHex(
          "000100582112a442b7e7a701bc34d686fa87dfae"
              + "802200105354554e207465737420636c69656e74"
              + "002400046e0001ff"
              + "80290008932ff9b151263b36"
              + "000600096576746a3a68367659202020"
              + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
              + "80280004e57a3bcf");

  /** RFC 5769 §2.2, without the SOFTWARE attribute that we don't send. */
  private static final String MAPPED_IPV4 = "002000080001a147e112a643";

  /** RFC 5769 §2.3. */
  private static final String MAPPED_IPV6 = "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9";

  private final StunRequest request = new StunRequest();
  private final MessageIntegrity integrity = new MessageIntegrity(PASSWORD);

  @Test
  void the_sample_request_is_authentic_for_its_password_and_user() {
    assertThat(request.wrap(REQUEST, 0, REQUEST.length)).isTrue();
    assertThat(request.authentic("evtj", integrity)).isTrue();
    assertThat(request.useCandidate()).isFalse();
    assertThat(request.understood()).isTrue();

    assertThat(request.authentic("evt", integrity)).isFalse();
    assertThat(request.authentic("evtj:", integrity)).isFalse();
    assertThat(request.authentic("evtj", new MessageIntegrity("another"))).isFalse();
  }

  @Test
  void any_flipped_bit_is_noticed() {
    for (int bit = 0; bit < 8 * REQUEST.length; bit++) {
      byte[] flipped = REQUEST.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      boolean accepted =
          request.wrap(flipped, 0, flipped.length) && request.authentic("evtj", integrity);
      assertThat(accepted).as("bit %d", bit).isFalse();
    }
  }

  @Test
  void a_success_response_maps_the_address_of_the_sample_responses() {
    request.wrap(REQUEST, 0, REQUEST.length);
    StunResponse response = new StunResponse();

    response.success(request, new InetSocketAddress("192.0.2.1", 32853), integrity);
    String ipv4 = HEX.formatHex(response.buffer(), 0, response.length());
    assertThat(ipv4).startsWith("0101002c2112a442b7e7a701bc34d686fa87dfae" + MAPPED_IPV4 + "0008");

    response.success(
        request, new InetSocketAddress("2001:db8:1234:5678:11:2233:4455:6677", 32853), integrity);
    assertThat(HEX.formatHex(response.buffer(), 0, response.length())).contains(MAPPED_IPV6);
  }

  @Test
  void an_ipv4_address_mapped_to_ipv6_is_told_as_ipv4() throws UnknownHostException {
    byte[] mapped = HEX.parseHex("00000000000000000000ffffc0000201");
    InetAddress atAnIpv6Socket = Inet6Address.getByAddress(null, mapped, 0);
    request.wrap(REQUEST, 0, REQUEST.length);
    StunResponse response = new StunResponse();

    response.success(request, new InetSocketAddress(atAnIpv6Socket, 32853), integrity);

    assertThat(atAnIpv6Socket.getAddress()).hasSize(16);
    assertThat(HEX.formatHex(response.buffer(), 0, response.length())).contains(MAPPED_IPV4);
  }

  @Test
  void the_scope_of_a_link_local_peer_is_not_told() throws UnknownHostException {
    byte[] linkLocal = HEX.parseHex("fe800000000000000000000000000001");
    request.wrap(REQUEST, 0, REQUEST.length);
    StunResponse scoped = new StunResponse();
    StunResponse plain = new StunResponse();

    scoped.success(
        request,
        new InetSocketAddress(Inet6Address.getByAddress(null, linkLocal, 7), 1000),
        integrity);
    plain.success(
        request, new InetSocketAddress(InetAddress.getByAddress(linkLocal), 1000), integrity);

    assertThat(HEX.formatHex(scoped.buffer(), 0, scoped.length()))
        .isEqualTo(HEX.formatHex(plain.buffer(), 0, plain.length()));
  }

  @Test
  void responses_are_signed_as_the_sample_response_is() {
    // RFC 5769 §2.2 whole: its MESSAGE-INTEGRITY and FINGERPRINT come out of our writer too.
    StunWriter writer = new StunWriter();
    writer.begin(Stun.BINDING_SUCCESS);
    System.arraycopy(REQUEST, 8, writer.buffer(), 8, 12);
    writer.attribute(0x8022, "test vector".getBytes(StandardCharsets.US_ASCII));
    // The sample pads with a space where we pad with zero.
    writer.buffer()[writer.length() - 1] = ' ';
    writer.attribute(Stun.XOR_MAPPED_ADDRESS, HEX.parseHex(MAPPED_IPV4.substring(8)));
    writer.seal(integrity);

    assertThat(HEX.formatHex(writer.buffer(), 0, writer.length()))
        .isEqualTo(
            "0101003c2112a442b7e7a701bc34d686fa87dfae"
                + "8022000b7465737420766563746f7220"
                + MAPPED_IPV4
                + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7"
                + "80280004c07d4c96");
  }

  @Test
  void an_attribute_that_must_be_understood_is_named_in_an_error() {
    StunCheck check = new StunCheck("peer", "evtj", PASSWORD);
    byte[] datagram = check.requestWith(0x0033, 1);
    assertThat(request.wrap(datagram, 0, datagram.length)).isTrue();
    assertThat(request.authentic("evtj", integrity)).isTrue();
    assertThat(request.understood()).isFalse();

    StunResponse response = new StunResponse();
    response.unknownAttributes(request, integrity);

    assertThat(HEX.formatHex(response.buffer(), 0, response.length()))
        .startsWith("0111")
        .contains("00090015" + "00000414")
        .contains("000a00020033");
  }

  @Test
  void our_own_check_is_authentic_and_may_nominate() {
    byte[] datagram = new StunCheck("peer", "evtj", PASSWORD).request(77, true);

    assertThat(request.wrap(datagram, 0, datagram.length)).isTrue();
    assertThat(request.authentic("evtj", integrity)).isTrue();
    assertThat(request.useCandidate()).isTrue();
  }

  @Test
  void what_comes_after_message_integrity_is_ignored() {
    StunWriter writer = new StunWriter();
    writer.begin(Stun.BINDING_REQUEST);
    writer.attribute(Stun.USERNAME, "evtj:peer".getBytes(StandardCharsets.US_ASCII));
    int signed = writer.length();
    writer.attribute(Stun.MESSAGE_INTEGRITY, integrity.compute(writer.buffer(), 0, signed));
    writer.attribute(Stun.USE_CANDIDATE, new byte[0]);
    int before = writer.length();
    int fingerprint = writer.attribute(Stun.FINGERPRINT, 4);
    Stun.putInt32(writer.buffer(), fingerprint, Stun.fingerprint(writer.buffer(), 0, before));
    byte[] forged = Arrays.copyOf(writer.buffer(), writer.length());

    assertThat(request.wrap(forged, 0, forged.length)).isTrue();
    assertThat(request.authentic("evtj", integrity)).isTrue();
    assertThat(request.useCandidate()).isFalse();
  }

  @Test
  void the_local_user_fragment_is_told_of_requests_alone() {
    byte[] padded = new byte[REQUEST.length + 10];
    System.arraycopy(REQUEST, 0, padded, 10, REQUEST.length);
    assertThat(Stun.localUfrag(padded, 10, REQUEST.length)).hasValue("evtj");

    byte[] response = REQUEST.clone();
    response[0] = 1;
    assertThat(Stun.localUfrag(response, 0, response.length)).isEmpty();
    assertThat(Stun.localUfrag(REQUEST, 0, 40)).isEmpty();
    assertThat(Stun.isStun(REQUEST, 0, REQUEST.length)).isTrue();
    assertThat(Stun.isStun(REQUEST, 0, REQUEST.length - 4)).isFalse();
    assertThat(Stun.isStun(new byte[40], 0, 40)).isFalse();
  }

  @Test
  void hostile_messages_never_throw() {
    long seed = 5769;
    Random random = new Random(seed);
    int authentic = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] datagram = REQUEST.clone();
      for (int damage = random.nextInt(4); damage > 0; damage--) {
        datagram[random.nextInt(datagram.length)] = (byte) random.nextInt();
      }
      byte[] cut = Arrays.copyOf(datagram, random.nextInt(datagram.length + 1) & ~3);
      if (random.nextBoolean()) {
        cut = datagram;
      } else if (cut.length >= 4) {
        Stun.putUint16(cut, Stun.LENGTH_OFFSET, Math.max(0, cut.length - Stun.HEADER_LENGTH));
      }
      try {
        Stun.localUfrag(cut, 0, cut.length);
        if (request.wrap(cut, 0, cut.length) && request.authentic("evtj", integrity)) {
          authentic++;
        }
      } catch (RuntimeException bug) {
        throw new AssertionError("seed %d: %s".formatted(seed, HEX.formatHex(cut)), bug);
      }
    }
    assertThat(authentic).as("seed %d: the undamaged ones", seed).isPositive();
  }
}
