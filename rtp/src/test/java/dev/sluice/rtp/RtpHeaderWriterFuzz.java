package dev.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.fuzz.Choices;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Whatever header is written reads the same, and nothing is written behind it. */
public final class RtpHeaderWriterFuzz {
  private static final int OFFSET = 3;
  private static final int MAX_ELEMENTS = 16;
  // Header, 16 elements of the longest kind, and what must stay as it is
  private static final int BYTES = OFFSET + 16 + MAX_ELEMENTS * 257 + 8;

  private RtpHeaderWriterFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Choices choices = new Choices(input);
    byte[] buffer = new byte[BYTES];
    Arrays.fill(buffer, (byte) 0xEE);
    RtpHeaderWriter writer = new RtpHeaderWriter();
    int payloadType = choices.unsignedByte();
    int sequenceNumber = choices.unsignedShort();
    int timestamp = choices.int32();
    int ssrc = choices.int32();
    writer.begin(buffer, OFFSET, payloadType, payloadType > 127, sequenceNumber, timestamp, ssrc);
    byte[] @Nullable [] values = new byte[256][];
    for (int i = 0; i < MAX_ELEMENTS && choices.hasMore(); i++) {
      int id = choices.unsignedByte();
      byte[] value = choices.bytes(choices.unsignedByte());
      // In the one-byte form 15 would end the parsing; ExtensionIds never gives it
      if (id != 0 && id != 15 && values[id] == null) {
        writer.addBytes(id, value, 0, value.length);
        values[id] = value;
      }
    }
    int length = writer.finish();
    assertThat(length % 4).isZero();
    assertThat(buffer[OFFSET + length]).isEqualTo((byte) 0xEE);
    RtpPacket packet = new RtpPacket();
    assertThat(packet.wrap(buffer, OFFSET, length)).isTrue();
    assertThat(packet.headerLength()).isEqualTo(length);
    assertThat(packet.payloadType()).isEqualTo(payloadType & 0x7F);
    assertThat(packet.marker()).isEqualTo(payloadType > 127);
    assertThat(packet.sequenceNumber()).isEqualTo(sequenceNumber);
    assertThat(packet.timestamp()).isEqualTo(timestamp);
    assertThat(packet.ssrc()).isEqualTo(ssrc);
    for (int id = 1; id < values.length; id++) {
      byte[] value = values[id];
      int at = packet.extensionOffset(id);
      assertThat(packet.extensionLength(id)).isEqualTo(value == null ? -1 : value.length);
      if (value != null) {
        assertThat(Arrays.copyOfRange(buffer, at, at + value.length)).isEqualTo(value);
      }
    }
  }
}
