package dev.sluice.router.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.NetworkOrder;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.testkit.fuzz.Region;
import java.util.Arrays;

/** A retransmission becomes, in place, the packet it repeats, or stays what it was. */
public final class RtxFuzz {
  private static final int SSRC = 0x8000_0007;
  private static final int PAYLOAD_TYPE = 96;

  private RtxFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Region region = Region.of(input);
    RtpPacket packet = new RtpPacket();
    if (!packet.wrap(region.buffer(), region.offset(), region.length())) {
      return;
    }
    int payload = packet.payloadOffset();
    int payloadLength = packet.payloadLength();
    int padding = packet.paddingLength();
    int headerLength = packet.headerLength();
    int timestamp = packet.timestamp();
    boolean marker = packet.marker();
    if (!Rtx.restore(packet, SSRC, PAYLOAD_TYPE)) {
      assertThat(payloadLength).isLessThanOrEqualTo(Rtx.OSN_LENGTH);
      assertThat(region.bytes()).isEqualTo(input);
      return;
    }
    int number = NetworkOrder.unsignedShort(input, payload - region.offset());
    assertThat(packet.sequenceNumber()).isEqualTo(number);
    assertThat(packet.ssrc()).isEqualTo(SSRC);
    assertThat(packet.payloadType()).isEqualTo(PAYLOAD_TYPE);
    assertThat(packet.timestamp()).isEqualTo(timestamp);
    assertThat(packet.marker()).isEqualTo(marker);
    assertThat(packet.headerLength()).isEqualTo(headerLength);
    assertThat(packet.paddingLength()).isEqualTo(padding);
    assertThat(packet.payloadLength()).isEqualTo(payloadLength - Rtx.OSN_LENGTH);
    assertThat(packet.offset() + packet.length()).isEqualTo(region.end());
    int rest = payload - region.offset() + Rtx.OSN_LENGTH;
    assertThat(Arrays.copyOfRange(region.bytes(), rest, input.length))
        .isEqualTo(Arrays.copyOfRange(input, rest, input.length));
  }
}
