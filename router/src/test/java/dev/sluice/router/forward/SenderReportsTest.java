package dev.sluice.router.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.track.SenderClock;
import dev.sluice.rtp.NtpTime;
import dev.sluice.rtp.rtcp.ReceiverReport;
import dev.sluice.rtp.rtcp.ReportBlocks;
import dev.sluice.rtp.rtcp.RtcpCompound;
import dev.sluice.rtp.rtcp.SenderReport;
import org.junit.jupiter.api.Test;

class SenderReportsTest {
  private static final long MILLI = 1_000_000;
  private static final long NTP = NtpTime.ofUnixNanos(1_795_364_400_000_000_000L);

  private final byte[] out = new byte[100];
  private final SenderReports reports = new SenderReports(77);
  private final Rewriter rewriter = new Rewriter(90_000, 0, 0);
  private final SenderClock clock = new SenderClock(90_000);
  private final RtcpCompound packets = new RtcpCompound();
  private final SenderReport report = new SenderReport();

  private boolean written(long nowMillis) {
    int length = reports.write(rewriter, nowMillis * MILLI, out, 0);
    packets.wrap(out, 0, length);
    return packets.next() && report.wrap(packets);
  }

  private void send(int sequence, int timestamp, long nowMillis) {
    if (!rewriter.isFrom(1)) {
      rewriter.start(1, clock, sequence, timestamp, nowMillis * MILLI);
    }
    rewriter.map(sequence, timestamp, nowMillis * MILLI);
    reports.onSent(1_000);
  }

  @Test
  void nothing_is_reported_before_the_publisher_has_told_its_time() {
    send(1, 9_000, 0);
    assertThat(written(0)).isFalse();
    clock.onSenderReport(NTP, 9_000, 10 * MILLI);
    assertThat(written(10)).isTrue();
  }

  @Test
  void a_report_ties_our_timestamps_to_the_publishers_time() {
    clock.onSenderReport(NTP, 9_000, 10 * MILLI);
    send(1, 9_000, 15);
    send(2, 12_000, 48);
    assertThat(written(510)).isTrue();
    assertThat(report.ssrc()).isEqualTo(77);
    assertThat(report.ntpTime()).isEqualTo(NTP + (1L << 31));
    assertThat(report.rtpTimestamp()).isEqualTo(45_000);
    assertThat(report.packetCount()).isEqualTo(2);
    assertThat(report.octetCount()).isEqualTo(2_000);
  }

  @Test
  void reports_come_once_a_second_while_packets_are_sent() {
    clock.onSenderReport(NTP, 9_000, 0);
    send(1, 9_000, 0);
    assertThat(written(0)).isTrue();
    send(2, 9_000, 1);
    assertThat(written(999)).isFalse();
    assertThat(written(1_000)).isTrue();
    assertThat(written(2_000)).as("nothing was sent").isFalse();
  }

  @Test
  void audio_and_video_of_a_stream_share_one_time_over_a_switch() {
    SenderClock other = new SenderClock(90_000);
    clock.onSenderReport(NTP, 9_000, 0);
    other.onSenderReport(NTP + NtpTime.ofNanos(5 * MILLI), 700_450, 5 * MILLI);
    send(1, 9_000, 20);
    assertThat(written(20)).isTrue();
    int timestamp = report.rtpTimestamp();
    long ntp = report.ntpTime();
    rewriter.start(2, other, 50, 700_000 + 9_000, 130 * MILLI);
    rewriter.map(50, 700_000 + 9_000, 130 * MILLI);
    reports.onSent(1_000);
    assertThat(written(1_020)).isTrue();
    assertThat(NtpTime.toNanos(report.ntpTime() - ntp)).isBetween(999 * MILLI, 1_001 * MILLI);
    assertThat(report.rtpTimestamp() - timestamp).isBetween(89_998, 90_002);
  }

  @Test
  void the_round_trip_is_measured_by_what_comes_back() {
    clock.onSenderReport(NTP, 9_000, 0);
    send(1, 9_000, 0);
    assertThat(reports.rttNanos()).isEqualTo(100 * MILLI);
    assertThat(written(0)).isTrue();
    int compact = NtpTime.compact(report.ntpTime());
    answer(77, compact, NtpTime.compactOfNanos(500 * MILLI), 540);
    assertThat(reports.rttNanos()).isBetween(39 * MILLI, 41 * MILLI);
    answer(77, compact, NtpTime.compactOfNanos(500 * MILLI), 620);
    assertThat(reports.rttNanos()).isBetween(49 * MILLI, 51 * MILLI);
  }

  @Test
  void what_does_not_answer_one_of_our_reports_measures_nothing() {
    clock.onSenderReport(NTP, 9_000, 0);
    send(1, 9_000, 0);
    assertThat(written(0)).isTrue();
    int compact = NtpTime.compact(report.ntpTime());
    answer(78, compact, 0, 10);
    answer(77, 0, 0, 10);
    answer(77, compact + 1, 0, 10);
    answer(77, compact, 0, 20_000);
    assertThat(reports.rttNanos()).isEqualTo(100 * MILLI);
  }

  private void answer(int ssrc, int lastSenderReport, int delay, long nowMillis) {
    byte[] bytes = new byte[100];
    ReceiverReport answer = new ReceiverReport();
    answer.begin(bytes, 0, 5);
    answer.append(ssrc, 0, 0, 0, 0, lastSenderReport, delay);
    RtcpCompound compound = new RtcpCompound();
    compound.wrap(bytes, 0, answer.finish());
    ReportBlocks block = new ReportBlocks();
    assertThat(compound.next() && block.wrap(compound) && block.next()).isTrue();
    reports.onReport(block, nowMillis * MILLI);
  }
}
