package dev.sluice.transport.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DtlsRecordsTest {
  @Test
  void a_handshake_message_of_a_client_is_acceptable_and_one_of_a_server_is_not() {
    assertThat(acceptable(record(22, 0, message(1, 8, 0, 8)))).isTrue();
    assertThat(acceptable(record(22, 0, message(2, 8, 0, 8)))).isFalse();
    assertThat(acceptable(record(22, 0, message(20, 8, 0, 8)))).isFalse();
  }

  @Test
  void a_fragment_must_lie_within_its_message() {
    assertThat(acceptable(record(22, 0, message(1, 20, 12, 8)))).isTrue();
    assertThat(acceptable(record(22, 0, message(1, 19, 12, 8)))).isFalse();
    assertThat(acceptable(record(22, 0, message(1, 0xFFFFFF, 0, 8)))).isFalse();
    assertThat(acceptable(record(22, 0, Arrays.copyOf(message(1, 8, 0, 8), 19)))).isFalse();
  }

  @Test
  void alerts_and_application_data_count_only_when_encrypted() {
    assertThat(acceptable(record(21, 0, new byte[] {2, 40}))).isFalse();
    assertThat(acceptable(record(23, 0, new byte[] {1}))).isFalse();
    assertThat(acceptable(record(21, 1, new byte[26]))).isTrue();
  }

  @Test
  void every_record_of_a_datagram_must_be_acceptable() {
    byte[] hello = record(22, 0, message(1, 8, 0, 8));
    byte[] both = Arrays.copyOf(hello, 2 * hello.length);
    System.arraycopy(hello, 0, both, hello.length, hello.length);
    assertThat(acceptable(both)).isTrue();
    both[hello.length + 1] = 3;
    assertThat(acceptable(both)).isFalse();
    assertThat(acceptable(Arrays.copyOf(both, hello.length + 5))).isFalse();
    assertThat(acceptable(new byte[0])).isFalse();
    assertThat(acceptable(record(22, 0, new byte[0]))).isFalse();
  }

  @Test
  void hostile_datagrams_never_throw() {
    long seed = 6347;
    Random random = new Random(seed);
    for (int i = 0; i < 50_000; i++) {
      byte[] datagram = record(random.nextInt(19, 25), random.nextInt(2), message(1, 8, 0, 8));
      for (int damage = random.nextInt(5); damage > 0; damage--) {
        datagram[random.nextInt(datagram.length)] = (byte) random.nextInt();
      }
      int length = random.nextInt(datagram.length + 1);
      try {
        DtlsRecords.acceptable(Arrays.copyOf(datagram, length), 0, length);
      } catch (RuntimeException bug) {
        throw new AssertionError("seed %d: %s".formatted(seed, Arrays.toString(datagram)), bug);
      }
    }
  }

  private static boolean acceptable(byte[] datagram) {
    return DtlsRecords.acceptable(datagram, 0, datagram.length);
  }

  private static byte[] record(int type, int epoch, byte[] body) {
    byte[] record = new byte[13 + body.length];
    record[0] = (byte) type;
    record[1] = (byte) 0xFE;
    record[2] = (byte) 0xFD;
    record[4] = (byte) epoch;
    record[11] = (byte) (body.length >>> 8);
    record[12] = (byte) body.length;
    System.arraycopy(body, 0, record, 13, body.length);
    return record;
  }

  private static byte[] message(int type, int length, int fragmentOffset, int fragmentLength) {
    byte[] message = new byte[12 + fragmentLength];
    message[0] = (byte) type;
    uint24(message, 1, length);
    uint24(message, 6, fragmentOffset);
    uint24(message, 9, fragmentLength);
    return message;
  }

  private static void uint24(byte[] buffer, int at, int value) {
    buffer[at] = (byte) (value >>> 16);
    buffer[at + 1] = (byte) (value >>> 8);
    buffer[at + 2] = (byte) value;
  }
}
