package dev.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RtpHeaderWriterTest {
  private final byte[] buffer = new byte[2000];
  private final RtpHeaderWriter writer = new RtpHeaderWriter();
  private final RtpPacket packet = new RtpPacket();

  @Test
  void a_header_without_extensions_has_twelve_bytes() {
    writer.begin(buffer, 3, 111, true, 65535, 0xFFFFFFFF, 0x80000001);
    assertThat(writer.finish()).isEqualTo(12);
    assertThat(packet.wrap(buffer, 3, 12)).isTrue();
    assertThat(packet.payloadType()).isEqualTo(111);
    assertThat(packet.marker()).isTrue();
    assertThat(packet.sequenceNumber()).isEqualTo(65535);
    assertThat(packet.timestamp()).isEqualTo(-1);
    assertThat(packet.ssrc()).isEqualTo(0x80000001);
  }

  @Test
  void small_extensions_take_the_one_byte_form() {
    writer.begin(buffer, 0, 96, false, 1, 2, 3);
    writer.add24(2, 0xABCDEF);
    writer.addShort(3, 0x1234);
    writer.addByte(1, 0x85);
    int length = writer.finish();
    assertThat(length).isEqualTo(12 + 4 + 12);
    assertThat(buffer[12] & 0xFF).isEqualTo(0xBE);
    assertThat(packet.wrap(buffer, 0, length)).isTrue();
    assertThat(NetworkOrder.unsigned24(buffer, packet.extensionOffset(2))).isEqualTo(0xABCDEF);
    assertThat(NetworkOrder.unsignedShort(buffer, packet.extensionOffset(3))).isEqualTo(0x1234);
    assertThat(packet.extensionLength(1)).isEqualTo(1);
  }

  @Test
  void an_extension_that_does_not_fit_turns_all_to_the_two_byte_form() {
    byte[] descriptor = new byte[40];
    new Random(1).nextBytes(descriptor);
    writer.begin(buffer, 0, 96, false, 1, 2, 3);
    writer.addShort(3, 0x1234);
    writer.addByte(4, 0x31);
    writer.addBytes(5, descriptor, 0, descriptor.length);
    writer.addByte(200, 7);
    int length = writer.finish();
    assertThat(packet.wrap(buffer, 0, length)).isTrue();
    assertThat(buffer[12]).isEqualTo((byte) 0x10);
    assertThat(NetworkOrder.unsignedShort(buffer, packet.extensionOffset(3))).isEqualTo(0x1234);
    assertThat(buffer[packet.extensionOffset(4)]).isEqualTo((byte) 0x31);
    assertThat(packet.extensionLength(5)).isEqualTo(40);
    assertThat(buffer[packet.extensionOffset(5) + 39]).isEqualTo(descriptor[39]);
    assertThat(buffer[packet.extensionOffset(200)]).isEqualTo((byte) 7);
  }

  @Test
  void random_headers_read_back_as_they_were_written() {
    long seed = 7;
    Random random = new Random(seed);
    for (int round = 0; round < 5_000; round++) {
      random.nextBytes(buffer);
      int offset = random.nextInt(16);
      int payloadType = random.nextInt(128);
      boolean marker = random.nextBoolean();
      int sequence = random.nextInt(65536);
      int timestamp = random.nextInt();
      int ssrc = random.nextInt();
      byte[][] values = new byte[256][];
      writer.begin(buffer, offset, payloadType, marker, sequence, timestamp, ssrc);
      for (int i = random.nextInt(8); i > 0; i--) {
        int id = 1 + random.nextInt(random.nextInt(4) == 0 ? 255 : 14);
        byte[] value = new byte[random.nextInt(random.nextInt(4) == 0 ? 60 : 17)];
        if (values[id] == null) {
          random.nextBytes(value);
          values[id] = value;
          writer.addBytes(id, value, 0, value.length);
        }
      }
      int length = writer.finish();
      assertThat(packet.wrap(buffer, offset, length)).as("seed %d round %d", seed, round).isTrue();
      assertThat(packet.headerLength()).isEqualTo(length);
      assertThat(length % 4).isZero();
      assertThat(packet.payloadType()).isEqualTo(payloadType);
      assertThat(packet.marker()).isEqualTo(marker);
      assertThat(packet.sequenceNumber()).isEqualTo(sequence);
      assertThat(packet.timestamp()).isEqualTo(timestamp);
      assertThat(packet.ssrc()).isEqualTo(ssrc);
      for (int id = 1; id < 256; id++) {
        byte[] value = values[id];
        assertThat(packet.extensionLength(id))
            .as("seed %d round %d id %d", seed, round, id)
            .isEqualTo(value == null ? -1 : value.length);
        for (int i = 0; value != null && i < value.length; i++) {
          assertThat(buffer[packet.extensionOffset(id) + i]).isEqualTo(value[i]);
        }
      }
    }
  }

  @Test
  void an_id_or_a_length_that_no_form_can_carry_is_refused() {
    writer.begin(buffer, 0, 96, false, 1, 2, 3);
    assertThatThrownBy(() -> writer.addByte(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.addByte(256, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.addBytes(1, buffer, 0, 256))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
