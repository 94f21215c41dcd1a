package dev.sluice.transport.stun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.fuzz.Region;
import java.net.InetSocketAddress;
import java.util.Arrays;

/**
 * A datagram as it comes, and again with the fingerprint put right, which a fuzzer can't guess:
 * nothing passes as authentic, and what is answered is answered by a well-formed message.
 */
public final class StunFuzz {
  private static final MessageIntegrity INTEGRITY =
      new MessageIntegrity("a password that no input knows");
  private static final InetSocketAddress FROM = new InetSocketAddress("2001:db8::1", 50_000);
  private static final int FINGERPRINT_LENGTH = 8;

  private StunFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    check(input);
    if (input.length >= Stun.HEADER_LENGTH + FINGERPRINT_LENGTH) {
      check(fingerprinted(input));
    }
  }

  private static void check(byte[] input) {
    Region region = Region.of(input);
    Stun.localUfrag(region.buffer(), region.offset(), region.length())
        .ifPresent(ufrag -> assertThat(ufrag).isNotEmpty().hasSizeLessThanOrEqualTo(513));
    StunRequest request = new StunRequest();
    if (request.wrap(region.buffer(), region.offset(), region.length())) {
      assertThat(Stun.isStun(region.buffer(), region.offset(), region.length())).isTrue();
      assertThat(request.authentic("ufrag", INTEGRITY)).isFalse();
      assertThat(request.understood()).isEqualTo(request.unknownCount() == 0);
      StunResponse response = new StunResponse();
      response.success(request, FROM, INTEGRITY);
      checkResponse(response, input, Stun.BINDING_SUCCESS);
      response.unknownAttributes(request, INTEGRITY);
      checkResponse(response, input, Stun.BINDING_ERROR);
    }
    assertThat(region.bytes()).isEqualTo(input);
  }

  private static void checkResponse(StunResponse response, byte[] request, int type) {
    byte[] buffer = response.buffer();
    assertThat(Stun.isStun(buffer, 0, response.length())).isTrue();
    assertThat(Stun.uint16(buffer, Stun.TYPE_OFFSET)).isEqualTo(type);
    int id = Stun.TRANSACTION_ID_OFFSET;
    assertThat(Arrays.copyOfRange(buffer, id, id + Stun.TRANSACTION_ID_LENGTH))
        .isEqualTo(Arrays.copyOfRange(request, id, id + Stun.TRANSACTION_ID_LENGTH));
    int fingerprint = response.length() - FINGERPRINT_LENGTH;
    assertThat(Stun.int32(buffer, fingerprint + 4))
        .isEqualTo(Stun.fingerprint(buffer, 0, fingerprint));
  }

  /** The input as a binding request whose header and last attribute are right. */
  private static byte[] fingerprinted(byte[] input) {
    byte[] bytes = Arrays.copyOf(input, input.length & ~3);
    int attribute = bytes.length - FINGERPRINT_LENGTH;
    Stun.putUint16(bytes, Stun.TYPE_OFFSET, Stun.BINDING_REQUEST);
    Stun.putUint16(bytes, Stun.LENGTH_OFFSET, bytes.length - Stun.HEADER_LENGTH);
    Stun.putInt32(bytes, Stun.COOKIE_OFFSET, Stun.MAGIC_COOKIE);
    Stun.putUint16(bytes, attribute, Stun.FINGERPRINT);
    Stun.putUint16(bytes, attribute + 2, 4);
    Stun.putInt32(bytes, attribute + 4, Stun.fingerprint(bytes, 0, attribute));
    return bytes;
  }
}
