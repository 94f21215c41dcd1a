package dev.sluice.router.track;

import static dev.sluice.router.track.TestPackets.VIDEO_TYPE;
import static dev.sluice.router.track.TestPackets.packet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.NtpTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LayerTest {
  private static final long MILLI = 1_000_000;

  private Layer low = layer(0);
  private Layer high = layer(1);

  private static Layer layer(int index) {
    return new Layer(TestPackets.simulcast("1", "q", "f"), List.of("q", "f").get(index), index);
  }

  @BeforeEach
  void make() {
    low = layer(0);
    high = layer(1);
  }

  @Test
  void a_layer_is_active_until_it_was_silent_for_a_second_and_a_half() {
    assertThat(low.isActive(0)).isFalse();
    low.onPacket(packet(VIDEO_TYPE, 1, 1, 1, (byte) 1), false, 1_000 * MILLI);
    assertThat(low.isActive(2_500 * MILLI)).isTrue();
    assertThat(low.isActive(2_501 * MILLI)).isFalse();
  }

  @Test
  void packets_without_payload_make_no_layer_active() {
    assertThat(low.onPacket(packet(VIDEO_TYPE, 1, 1, 1), false, 0)).isTrue();
    assertThat(low.isActive(0)).isFalse();
    assertThat(low.bitrateBps(0)).isZero();
  }

  @Test
  void a_restored_packet_counts_as_lost_in_the_report() {
    low.onPacket(packet(VIDEO_TYPE, 1, 1, 1, (byte) 1), false, 0);
    low.onPacket(packet(VIDEO_TYPE, 1, 3, 1, (byte) 1), false, 0);
    assertThat(low.onPacket(packet(VIDEO_TYPE, 1, 2, 1, (byte) 1), true, 0)).isTrue();
    assertThat(low.reception().packetsLost()).isEqualTo(1);
    assertThat(low.losses().missing()).isZero();
  }

  @Test
  void the_better_layer_is_the_larger_once_both_are_known() {
    assertThat(high.isBetterThan(low)).isTrue();
    assertThat(low.isBetterThan(high)).isFalse();
    TestLayers.key(low, 1, 1280, 720, 0);
    assertThat(high.isBetterThan(low)).isTrue();
    TestLayers.key(high, 1, 320, 180, 0);
    assertThat(low.isBetterThan(high)).isTrue();
    assertThat(high.isBetterThan(low)).isFalse();
    assertThat(low.width()).isEqualTo(1280);
    assertThat(low.height()).isEqualTo(720);
  }

  @Test
  void the_bitrate_is_that_of_the_last_second() {
    for (int i = 0; i < 300; i++) {
      low.onPacket(packet(VIDEO_TYPE, 1, i, 1, new byte[988]), false, i * 10L * MILLI);
    }
    assertThat(low.bitrateBps(2_999 * MILLI)).isEqualTo(800_000);
    assertThat(low.bitrateBps(3_499 * MILLI)).isEqualTo(400_000);
    assertThat(low.bitrateBps(5_000 * MILLI)).isZero();
  }

  @Test
  void a_bitrate_is_known_before_a_second_has_passed() {
    for (int i = 0; i < 20; i++) {
      low.onPacket(packet(VIDEO_TYPE, 1, i, 1, new byte[988]), false, i * 10L * MILLI);
    }
    assertThat(low.bitrateBps(199 * MILLI)).isEqualTo(800_000);
  }

  @Test
  void key_frames_are_asked_for_at_once_and_again_until_one_comes() {
    KeyframeRequests requests = low.keyframes();
    assertThat(requests.due(0)).isFalse();
    requests.want();
    assertThat(requests.due(0)).isTrue();
    for (int subscriber = 0; subscriber < 50; subscriber++) {
      requests.want();
      assertThat(requests.due(subscriber * MILLI)).isFalse();
    }
    assertThat(requests.due(500 * MILLI)).isTrue();
    TestLayers.key(low, 1, 0, 0, 0);
    assertThat(requests.isWanted()).isFalse();
    assertThat(requests.due(2_000 * MILLI)).isFalse();
    requests.want();
    assertThat(requests.due(2_000 * MILLI)).isTrue();
  }

  @Test
  void somebody_who_comes_just_after_a_key_frame_waits_for_the_throttle() {
    KeyframeRequests requests = low.keyframes();
    requests.want();
    assertThat(requests.due(0)).isTrue();
    TestLayers.key(low, 1, 0, 0, 0);
    requests.want();
    assertThat(requests.due(100 * MILLI)).isFalse();
    assertThat(requests.due(500 * MILLI)).isTrue();
  }

  @Test
  void the_publishers_clock_relates_timestamps_to_time() {
    SenderClock clock = low.clock();
    long ntp = NtpTime.ofUnixNanos(1_795_364_400_000_000_000L);
    clock.onSenderReport(0, 5, 0);
    assertThat(clock.isKnown()).isFalse();
    clock.onSenderReport(ntp, -45_000, 7_000 * MILLI);
    assertThat(clock.isKnown()).isTrue();
    assertThat(clock.ntpOf(45_000)).isEqualTo(ntp + (1L << 32));
    assertThat(clock.timestampOf(ntp + (1L << 31))).isZero();
    assertThat(clock.timestampOf(ntp - (1L << 32))).isEqualTo(-135_000);
    assertThat(clock.ntpNow(7_500 * MILLI)).isEqualTo(ntp + (1L << 31));
  }
}
