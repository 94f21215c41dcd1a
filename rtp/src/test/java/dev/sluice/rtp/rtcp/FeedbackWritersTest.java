package dev.sluice.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.HexBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FeedbackWritersTest {
  private final byte[] buffer = new byte[1500];
  private final RtcpCompound packets = new RtcpCompound();

  private void read(int length) {
    assertThat(length % 4).isZero();
    packets.wrap(buffer, 5, length);
    assertThat(packets.next()).isTrue();
    assertThat(packets.length()).isEqualTo(length);
  }

  private byte[] written(int length) {
    return Arrays.copyOfRange(buffer, 5, 5 + length);
  }

  @Test
  void a_picture_loss_indication_has_twelve_bytes() {
    int length = PictureLossIndication.write(buffer, 5, 1, 0x22222222);
    assertThat(written(length)).isEqualTo(HexBytes.of("81ce0002 00000001 22222222"));
    read(length);
    assertThat(PictureLossIndication.matches(packets)).isTrue();
    assertThat(packets.mediaSsrc()).isEqualTo(0x22222222);
  }

  @Test
  void a_full_intra_request_names_its_target_in_the_entry() {
    int length = FullIntraRequest.write(buffer, 5, 1, 0x22222222, 7);
    assertThat(written(length))
        .isEqualTo(HexBytes.of("84ce0004 00000001 00000000 22222222 07000000"));
    read(length);
    FullIntraRequest request = new FullIntraRequest();
    assertThat(request.wrap(packets)).isTrue();
    assertThat(request.next()).isTrue();
    assertThat(request.ssrc()).isEqualTo(0x22222222);
    assertThat(request.commandNumber()).isEqualTo(7);
    assertThat(request.next()).isFalse();
  }

  @Test
  void a_nack_packs_sixteen_followers_into_a_mask() {
    int[] lost = {100, 101, 102, 116, 117, 65535, 0, 15};
    int length = Nack.write(buffer, 5, 1, 2, lost, lost.length);
    assertThat(written(length))
        .isEqualTo(HexBytes.of("81cd0005 00000001 00000002 00648003 00750000 ffff8001"));
  }

  @Test
  void random_nacks_read_back_as_they_were_written() {
    long seed = 31;
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      int start = random.nextInt(65536);
      TreeSet<Integer> distances = new TreeSet<>();
      for (int i = 1 + random.nextInt(60); i > 0; i--) {
        distances.add(random.nextInt(random.nextBoolean() ? 80 : 2000));
      }
      int[] lost = distances.stream().mapToInt(d -> (start + d) & 0xFFFF).toArray();
      int length = Nack.write(buffer, 5, 1, 2, lost, lost.length);
      assertThat(length).isLessThanOrEqualTo(Nack.maxLength(lost.length));
      read(length);
      Nack nack = new Nack();
      assertThat(nack.wrap(packets)).isTrue();
      for (int each : lost) {
        assertThat(nack.next()).as("seed %d round %d", seed, round).isTrue();
        assertThat(nack.sequenceNumber()).as("seed %d round %d", seed, round).isEqualTo(each);
      }
      assertThat(nack.next()).isFalse();
    }
  }

  @Test
  void a_sender_report_reads_back_as_it_was_written() {
    int length = SenderReport.write(buffer, 5, 3, 0xE9B2A3C4_80000001L, -5, 10, 2000);
    read(length);
    SenderReport report = new SenderReport();
    assertThat(report.wrap(packets)).isTrue();
    assertThat(report.ssrc()).isEqualTo(3);
    assertThat(report.ntpTime()).isEqualTo(0xE9B2A3C4_80000001L);
    assertThat(report.rtpTimestamp()).isEqualTo(-5);
    assertThat(report.packetCount()).isEqualTo(10);
    assertThat(report.octetCount()).isEqualTo(2000);
    assertThat(new ReportBlocks().wrap(packets)).isTrue();
  }

  @Test
  void a_receiver_report_takes_31_blocks() {
    ReceiverReport report = new ReceiverReport();
    report.begin(buffer, 5, 1);
    for (int i = 0; i < 31; i++) {
      assertThat(report.append(i, i, -i, i * 1000, i, i + 1, i + 2)).isTrue();
    }
    assertThat(report.append(99, 0, 0, 0, 0, 0, 0)).isFalse();
    int length = report.finish();
    assertThat(length).isEqualTo(ReceiverReport.lengthOf(31));
    read(length);
    ReportBlocks blocks = new ReportBlocks();
    assertThat(blocks.wrap(packets)).isTrue();
    for (int i = 0; i < 31; i++) {
      assertThat(blocks.next()).isTrue();
      assertThat(blocks.ssrc()).isEqualTo(i);
      assertThat(blocks.fractionLost()).isEqualTo(i);
      assertThat(blocks.cumulativeLost()).isEqualTo(-i);
      assertThat(blocks.extendedHighest()).isEqualTo(i * 1000);
      assertThat(blocks.jitterTicks()).isEqualTo(i);
      assertThat(blocks.lastSenderReport()).isEqualTo(i + 1);
      assertThat(blocks.delaySinceLastSenderReport()).isEqualTo(i + 2);
    }
    assertThat(blocks.next()).isFalse();
  }

  @Test
  void a_cname_of_any_length_is_padded_to_words() {
    for (int size = 1; size <= 255; size++) {
      Arrays.fill(buffer, (byte) 0xEE);
      byte[] cname = "c".repeat(size).getBytes(StandardCharsets.US_ASCII);
      read(SourceDescription.writeCname(buffer, 5, 9, cname));
      SourceDescription description = new SourceDescription();
      assertThat(description.wrap(packets)).isTrue();
      assertThat(description.next()).isTrue();
      assertThat(description.ssrc()).isEqualTo(9);
      assertThat(description.cnameLength()).isEqualTo(size);
      assertThat(description.next()).isFalse();
    }
  }

  @Test
  void a_goodbye_names_its_source() {
    int length = Goodbye.write(buffer, 5, 0x33333333);
    assertThat(written(length)).isEqualTo(HexBytes.of("81cb0001 33333333"));
  }
}
