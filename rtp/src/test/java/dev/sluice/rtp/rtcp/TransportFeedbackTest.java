package dev.sluice.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rtp.HexBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransportFeedbackTest {
  private static final long MILLI = 1_000_000;

  private final byte[] buffer = new byte[1500];
  private final TransportFeedbackWriter writer = new TransportFeedbackWriter();
  private final TransportFeedback feedback = new TransportFeedback();
  private final RtcpCompound packets = new RtcpCompound();

  private record Arrival(int sequenceNumber, long nanos) {}

  private boolean read(byte[] bytes, int length) {
    packets.wrap(bytes, 0, length);
    assertThat(packets.next()).isTrue();
    return feedback.wrap(packets);
  }

  /**
   * By hand after the draft §3.1: a run, a one-bit and a two-bit vector, a large negative delta.
   */
  @Test
  void reads_every_kind_of_chunk() {
    byte[] bytes =
        HexBytes.of(
            "8fcd0009 00000001 22222222",
            "fffe 001a 000002 05",
            "0003", // three lost
            "a800", // one bit each: 1 0 1 0 0 0 0 0 0 0 0 0 0 0
            "d900", // two bits each: 1 2 1 0 0 0 0
            "2002", // two with small deltas
            "04 08 10 fffc 00 01 02",
            "000000000000");
    assertThat(read(bytes, bytes.length)).isTrue();
    assertThat(feedback.baseSequenceNumber()).isEqualTo(65534);
    assertThat(feedback.statusCount()).isEqualTo(26);
    assertThat(feedback.referenceTime()).isEqualTo(2);
    assertThat(feedback.feedbackCount()).isEqualTo(5);
    List<String> seen = new ArrayList<>();
    while (feedback.next()) {
      if (feedback.received()) {
        seen.add(feedback.sequenceNumber() + "@" + (feedback.arrivalTicks() - 512));
      }
    }
    assertThat(seen).containsExactly("1@4", "3@12", "15@28", "16@24", "17@24", "22@25", "23@27");
  }

  @Test
  void a_steady_stream_takes_one_run() {
    writer.begin(65530, 640 * MILLI);
    for (int i = 0; i < 20; i++) {
      assertThat(writer.add((65530 + i) & 0xFFFF, (640 + i * 5) * MILLI)).isTrue();
    }
    int length = writer.finish(buffer, 0, 1, 2, 300);
    assertThat(Arrays.copyOf(buffer, 24))
        .isEqualTo(HexBytes.of("8fcd000a 00000001 00000002 fffa 0014 00000a 2c 2014 00 14"));
    assertThat(length).isEqualTo(44);
  }

  @Test
  void a_packet_too_far_in_time_or_number_needs_another_feedback() {
    writer.begin(10, 0);
    assertThat(writer.add(10, 0)).isTrue();
    assertThat(writer.add(11, 9_000 * MILLI)).isFalse();
    assertThat(writer.add(11, 8_000 * MILLI)).isTrue();
    assertThat(writer.add(12, -1_000 * MILLI)).isFalse();
    assertThat(writer.add(10 + TransportFeedbackWriter.MAX_STATUSES, 8_000 * MILLI)).isFalse();
    assertThat(writer.statusCount()).isEqualTo(2);
    assertThatThrownBy(() -> writer.add(11, 0)).isInstanceOf(IllegalArgumentException.class);
    writer.begin(0, 0);
    assertThatThrownBy(() -> writer.finish(buffer, 0, 1, 2, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void random_arrivals_read_back_as_they_were_written() {
    long seed = 1234;
    Random random = new Random(seed);
    for (int round = 0; round < 5_000; round++) {
      int base = random.nextInt(65536);
      long now = (random.nextInt(1_000_000) - 500_000) * MILLI;
      double loss = random.nextDouble();
      int largeDeltas = 1 + random.nextInt(20);
      List<Arrival> arrivals = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(TransportFeedbackWriter.MAX_STATUSES); i++) {
        now += random.nextInt(largeDeltas) == 0 ? random.nextInt(400) * MILLI - 40 * MILLI : MILLI;
        if (random.nextDouble() >= loss) {
          arrivals.add(new Arrival((base + i) & 0xFFFF, now));
        }
      }
      if (arrivals.isEmpty()) {
        continue;
      }
      writer.begin(base, arrivals.getFirst().nanos());
      for (Arrival arrival : arrivals) {
        assertThat(writer.add(arrival.sequenceNumber(), arrival.nanos())).isTrue();
      }
      Arrays.fill(buffer, (byte) 0xEE);
      int length = writer.finish(buffer, 0, 1, 2, round);
      assertThat(length).isLessThanOrEqualTo(TransportFeedbackWriter.MAX_LENGTH);
      assertThat(read(buffer, length)).as("seed %d round %d", seed, round).isTrue();
      List<Arrival> seen = new ArrayList<>();
      while (feedback.next()) {
        if (feedback.received()) {
          seen.add(
              new Arrival(
                  feedback.sequenceNumber(),
                  feedback.arrivalTicks() * TransportFeedback.TICK_NANOS));
        }
      }
      assertThat(seen)
          .as("seed %d round %d", seed, round)
          .isEqualTo(
              arrivals.stream()
                  .map(
                      arrival ->
                          new Arrival(
                              arrival.sequenceNumber(),
                              Math.floorDiv(arrival.nanos(), TransportFeedback.TICK_NANOS)
                                  * TransportFeedback.TICK_NANOS))
                  .toList());
    }
  }

  @Test
  void malformed_feedback_is_refused() {
    byte[] noChunks = HexBytes.of("8fcd0004 00000001 22222222 00000001 00000000");
    assertThat(read(noChunks, noChunks.length)).isFalse();
    byte[] noDeltas = HexBytes.of("8fcd0005 00000001 22222222 00000003 00000000 20030000");
    assertThat(read(noDeltas, noDeltas.length)).isFalse();
    byte[] emptyRun = HexBytes.of("8fcd0005 00000001 22222222 00000001 00000000 20000000");
    assertThat(read(emptyRun, emptyRun.length)).isFalse();
    byte[] reservedSymbol = HexBytes.of("8fcd0005 00000001 22222222 00000001 00000000 60010000");
    assertThat(read(reservedSymbol, reservedSymbol.length)).isFalse();
  }
}
