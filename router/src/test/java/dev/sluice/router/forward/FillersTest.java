package dev.sluice.router.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.pace.Unsent;
import dev.sluice.router.track.Layer;
import dev.sluice.router.track.Rtx;
import dev.sluice.router.track.TestLayers;
import dev.sluice.router.track.TestPackets;
import dev.sluice.router.track.VideoPacket;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.codec.VideoCodec;
import dev.sluice.rtp.extension.ExtensionValues;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What fills up probes, and numbers that are taken back. */
class FillersTest {
  private static final long MILLI = 1_000_000;
  private static final int HEADER_BYTES = 12 + 4 + 8;

  private final Layer layer = TestLayers.simulcast("f").getFirst();
  private final VideoForwarder forwarder = forwarder(OptionalInt.of(78), OptionalInt.of(101));
  private final VideoPacket video = new VideoPacket();
  private final byte[] out = new byte[2_400];
  private final RtpPacket written = new RtpPacket();
  private int lastSequence;

  private VideoForwarder forwarder(OptionalInt rtxSsrc, OptionalInt rtxPayloadType) {
    return new VideoForwarder(
        new OutgoingTrack(
            Optional.of(VideoCodec.VP8),
            77,
            100,
            rtxSsrc,
            rtxPayloadType,
            OptionalInt.empty(),
            90_000,
            TestPackets.IDS),
        List.of(layer),
        new Random(1));
  }

  private int padding(int maxBytes) {
    return wrapped(forwarder.writePadding(maxBytes, out, 10));
  }

  private int repeat(int maxBytes, long nowNanos) {
    return wrapped(forwarder.writeRepeat(maxBytes, nowNanos, out, 10));
  }

  private int wrapped(int length) {
    assertThat(length == 0 || written.wrap(out, 10, length)).isTrue();
    return length;
  }

  /** Sends packets through, the first of them a key frame. */
  private void forward(int packets, int firstSequence, long nowNanos) {
    for (int i = 0; i < packets; i++) {
      int sequence = firstSequence + i;
      RtpPacket packet =
          i == 0
              ? TestLayers.keyFrame(layer, sequence, 640, 360)
              : TestPackets.packet(
                  TestPackets.VIDEO_TYPE,
                  layer.ssrc(),
                  sequence,
                  sequence,
                  Arrays.copyOf(TestPackets.hex("90e0 8123 45 00 11"), 500 + i));
      layer.onPacket(packet, false, nowNanos);
      assertThat(video.read(packet, layer, VideoCodec.VP8)).isTrue();
      assertThat(wrapped(forwarder.forward(layer, packet, video, nowNanos, out, 10))).isPositive();
      lastSequence = written.sequenceNumber();
    }
  }

  @Test
  void padding_is_a_retransmission_of_nothing() {
    Arrays.fill(out, (byte) 0x55);
    assertThat(padding(1_000)).isEqualTo(HEADER_BYTES + 255);
    assertThat(written.ssrc()).isEqualTo(78);
    assertThat(written.payloadType()).isEqualTo(101);
    assertThat(written.paddingLength()).isEqualTo(255);
    assertThat(written.payloadLength()).isZero();
    assertThat(written.marker()).isFalse();
    assertThat(ExtensionValues.transportSequence(written, TestPackets.IDS)).isZero();
    assertThat(ExtensionValues.absSendTime(written, TestPackets.IDS)).isZero();
    int end = 10 + written.length();
    assertThat(Arrays.copyOfRange(out, written.payloadOffset(), end - 1)).containsOnly(0);
    assertThat(out[end]).as("behind it").isEqualTo((byte) 0x55);
    assertThat(Rtx.restore(written, 77, 100)).isFalse();
  }

  @Test
  void padding_is_as_long_as_it_may_be() {
    assertThat(padding(100)).isEqualTo(100);
    assertThat(padding(HEADER_BYTES + 1)).isEqualTo(HEADER_BYTES + 1);
    assertThat(written.paddingLength()).isEqualTo(1);
  }

  @Test
  void padding_and_retransmissions_share_their_numbers() {
    forward(2, 10, 0);
    padding(100);
    int first = written.sequenceNumber();
    assertThat(wrapped(forwarder.retransmit(lastSequence, 0, 0, out, 10))).isPositive();
    assertThat(written.sequenceNumber()).isEqualTo((first + 1) & 0xFFFF);
    repeat(1_000, MILLI);
    assertThat(written.sequenceNumber()).isEqualTo((first + 2) & 0xFFFF);
    padding(100);
    assertThat(written.sequenceNumber()).isEqualTo((first + 3) & 0xFFFF);
  }

  @Test
  void without_rtx_there_is_nothing_to_fill_up_with() {
    VideoForwarder plain = forwarder(OptionalInt.empty(), OptionalInt.empty());
    assertThat(plain.writePadding(1_000, out, 0)).isZero();
    assertThat(plain.writeRepeat(1_000, 0, out, 0)).isZero();
  }

  @Test
  void the_latest_packets_are_repeated_once_in_a_round_trip_the_newest_first() {
    forward(5, 10, 0);
    for (int i = 0; i < 5; i++) {
      assertThat(repeat(1_000, MILLI)).isPositive();
      assertThat(written.ssrc()).isEqualTo(78);
      assertThat(Rtx.restore(written, 77, 100)).isTrue();
      assertThat(written.sequenceNumber()).isEqualTo((lastSequence - i) & 0xFFFF);
    }
    assertThat(repeat(1_000, 2 * MILLI)).isZero();
    assertThat(repeat(1_000, 101 * MILLI)).isPositive();
  }

  @Test
  void a_packet_whose_copy_still_waits_is_not_repeated() {
    forward(1, 10, 0);
    assertThat(wrapped(forwarder.retransmit(lastSequence, MILLI, 300 * MILLI, out, 10)))
        .isPositive();
    assertThat(repeat(1_000, 200 * MILLI)).isZero();
    assertThat(repeat(1_000, 400 * MILLI)).isZero();
    assertThat(repeat(1_000, 401 * MILLI)).isPositive();
  }

  @Test
  void only_packets_that_fit_are_repeated() {
    forward(3, 10, 0);
    assertThat(repeat(536, MILLI)).isBetween(1, 536);
    assertThat(Rtx.restore(written, 77, 100)).isTrue();
    assertThat(written.sequenceNumber()).isEqualTo((lastSequence - 2) & 0xFFFF);
    assertThat(repeat(40, MILLI)).isZero();
  }

  @Test
  void no_more_than_the_latest_packets_are_repeated() {
    forward(60, 10, 0);
    Set<Integer> repeated = new HashSet<>();
    while (repeat(2_000, MILLI) > 0) {
      assertThat(Rtx.restore(written, 77, 100)).isTrue();
      repeated.add(written.sequenceNumber());
    }
    assertThat(repeated).hasSize(32);
  }

  @Test
  void a_video_that_is_switched_off_pads_but_repeats_nothing() {
    assertThat(repeat(1_000, 0)).isZero();
    forward(5, 10, 0);
    forwarder.setEnabled(false, MILLI);
    assertThat(repeat(1_000, MILLI)).isZero();
    assertThat(padding(200)).isEqualTo(200);
  }

  @Test
  void numbers_that_are_taken_back_are_given_to_the_next_key_frame() {
    forward(10, 10, 0);
    int lastSent = (lastSequence - 4) & 0xFFFF;
    int unsent = lastSequence;
    assertThat(forwarder.isFlowing()).isTrue();
    forwarder.takeBack(new Unsent(lastSent, 4, 2_000));
    assertThat(forwarder.isFlowing()).isFalse();
    RtpPacket delta =
        TestPackets.packet(
            TestPackets.VIDEO_TYPE, layer.ssrc(), 20, 20, TestPackets.hex("90e0 8123 45 00 11"));
    layer.onPacket(delta, false, MILLI);
    assertThat(video.read(delta, layer, VideoCodec.VP8)).isTrue();
    assertThat(forwarder.forward(layer, delta, video, MILLI, out, 0)).isZero();
    forwarder.onTick(MILLI);
    assertThat(layer.keyframes().isWanted()).isTrue();
    assertThat(forwarder.retransmit(unsent, MILLI, 0, out, 0)).isZero();
    forward(1, 21, 2 * MILLI);
    assertThat(lastSequence).isEqualTo((lastSent + 1) & 0xFFFF);
  }

  @Test
  void what_was_never_sent_is_not_in_the_sender_reports() {
    SenderReports counted = new SenderReports(1);
    Rewriter rewriter = new Rewriter(90_000, 1, 1);
    layer.clock().onSenderReport(1L << 40, 5, 0);
    rewriter.start(layer.ssrc(), layer.clock(), 1, 1, 0);
    counted.onSent(100);
    counted.onSent(200);
    counted.onUnsent(1, 200);
    assertThat(counted.write(rewriter, 0, out, 0)).isPositive();
    // RFC 3550 §6.4.1: the packet count, then the octet count
    assertThat(Arrays.copyOfRange(out, 20, 28)).containsExactly(0, 0, 0, 1, 0, 0, 0, 100);
  }
}
