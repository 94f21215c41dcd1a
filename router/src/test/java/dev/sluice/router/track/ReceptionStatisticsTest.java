package dev.sluice.router.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.rtcp.ReceiverReport;
import dev.sluice.rtp.rtcp.ReportBlocks;
import dev.sluice.rtp.rtcp.RtcpCompound;
import org.junit.jupiter.api.Test;

class ReceptionStatisticsTest {
  private static final long MILLI = 1_000_000;

  private final ReceptionStatistics statistics = new ReceptionStatistics(90_000);
  private final ReportBlocks block = new ReportBlocks();

  private void arrives(int sequence, long nowMillis) {
    statistics.onPacket(sequence & 0xFFFF, (int) (nowMillis * 90), nowMillis * MILLI);
  }

  private void report(long nowMillis) {
    byte[] buffer = new byte[100];
    ReceiverReport report = new ReceiverReport();
    report.begin(buffer, 0, 1);
    assertThat(statistics.appendTo(report, 77, nowMillis * MILLI)).isTrue();
    RtcpCompound packets = new RtcpCompound();
    packets.wrap(buffer, 0, report.finish());
    assertThat(packets.next()).isTrue();
    assertThat(block.wrap(packets)).isTrue();
    assertThat(block.next()).isTrue();
    assertThat(block.ssrc()).isEqualTo(77);
  }

  @Test
  void nothing_is_reported_before_the_first_packet() {
    ReceiverReport report = new ReceiverReport();
    report.begin(new byte[100], 0, 1);
    assertThat(statistics.appendTo(report, 77, 0)).isFalse();
    assertThat(report.finish()).isEqualTo(ReceiverReport.lengthOf(0));
  }

  @Test
  void loss_is_reported_for_the_interval_and_in_total() {
    for (int i = 0; i < 100; i++) {
      if (i % 4 != 1) {
        arrives(i, i);
      }
    }
    report(100);
    assertThat(block.fractionLost()).isEqualTo(64);
    assertThat(block.cumulativeLost()).isEqualTo(25);
    assertThat(block.extendedHighest()).isEqualTo(99);
    for (int i = 100; i < 200; i++) {
      arrives(i, i);
    }
    report(200);
    assertThat(block.fractionLost()).isZero();
    assertThat(block.cumulativeLost()).isEqualTo(25);
  }

  @Test
  void the_highest_number_counts_the_cycles() {
    for (int i = 65_500; i < 65_600; i++) {
      arrives(i, i);
    }
    report(70_000);
    assertThat(block.extendedHighest()).isEqualTo(65_599);
    assertThat(block.cumulativeLost()).isZero();
  }

  @Test
  void a_reordered_packet_over_the_wrap_is_no_loss() {
    arrives(65_535, 0);
    arrives(1, 1);
    arrives(0, 2);
    report(3);
    assertThat(block.cumulativeLost()).isZero();
    assertThat(block.extendedHighest()).isEqualTo(0x1_0001);
  }

  @Test
  void duplicates_make_the_loss_negative() {
    arrives(1, 0);
    arrives(1, 0);
    arrives(1, 0);
    report(1);
    assertThat(block.cumulativeLost()).isEqualTo(-2);
    assertThat(block.fractionLost()).isZero();
  }

  @Test
  void an_even_stream_has_no_jitter_and_an_uneven_one_has() {
    for (int i = 0; i < 100; i++) {
      arrives(i, 20L * i);
    }
    report(2_000);
    assertThat(block.jitterTicks()).isZero();
    for (int i = 100; i < 300; i++) {
      // 10 ms late every other time: the difference in transit is 900 ticks each time
      statistics.onPacket(i, i * 20 * 90, (20L * i + (i % 2) * 10L) * MILLI);
    }
    report(6_000);
    assertThat(block.jitterTicks()).isBetween(850, 910);
  }

  @Test
  void a_jump_of_the_timestamps_is_no_jitter() {
    arrives(1, 0);
    statistics.onPacket(2, 0x7000_0000, MILLI);
    report(2);
    assertThat(block.jitterTicks()).isZero();
  }

  @Test
  void the_last_sender_report_and_its_age_are_echoed() {
    arrives(1, 0);
    report(1);
    assertThat(block.lastSenderReport()).isZero();
    assertThat(block.delaySinceLastSenderReport()).isZero();
    statistics.onSenderReport(0x1111_2222_3333_4444L, 1_000 * MILLI);
    report(1_500);
    assertThat(block.lastSenderReport()).isEqualTo(0x2222_3333);
    assertThat(block.delaySinceLastSenderReport()).isEqualTo(0x8000);
  }

  @Test
  void a_source_that_starts_over_is_counted_anew() {
    for (int i = 0; i < 50; i++) {
      arrives(i, i);
    }
    arrives(40_000, 60);
    report(61);
    assertThat(block.cumulativeLost()).isZero();
    arrives(40_001, 62);
    arrives(40_002, 63);
    report(64);
    assertThat(block.cumulativeLost()).isZero();
    assertThat(block.extendedHighest()).isEqualTo(40_002);
    assertThat(statistics.packetsReceived()).isEqualTo(2);
    assertThat(statistics.packetsLost()).isZero();
  }
}
