package dev.sluice.router.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sluice.router.track.ArrivalLog;
import dev.sluice.router.track.Layer;
import dev.sluice.router.track.LayerTable;
import dev.sluice.router.track.TestPackets;
import dev.sluice.router.track.VideoPacket;
import dev.sluice.rtp.NetworkOrder;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.codec.VideoCodec;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The steps of a packet in the order of the package descriptions, counting what they allocate. */
class WarmPathTest {
  private static final long MILLI = 1_000_000;
  private static final int PACKETS = 20_000;
  private static final int KEY_FRAME_EVERY = 500;

  private final LayerTable table = new LayerTable();
  private final ArrivalLog arrivals = new ArrivalLog();
  private final PacketStamp stamp = new PacketStamp();
  private final VideoPacket payload = new VideoPacket();
  private final byte[] out = new byte[1500];
  private final int[] lost = new int[64];
  private final RtpPacket packet =
      TestPackets.packet(
          TestPackets.VIDEO_TYPE, 70, 0, 0, TestPackets.hex("90e08123450011" + "00".repeat(1_000)));
  private final RtpPacket outgoing = new RtpPacket();
  private final VideoForwarder forwarder = forwarder();
  private int sequence;
  private long forwarded;
  private long feedbacks;

  private VideoForwarder forwarder() {
    table.setSections(List.of(TestPackets.announced("1", 70, 71)));
    return new VideoForwarder(
        new OutgoingTrack(
            Optional.of(VideoCodec.VP8),
            77,
            100,
            OptionalInt.of(78),
            OptionalInt.of(101),
            OptionalInt.empty(),
            90_000,
            TestPackets.IDS),
        table.layersOf("1"),
        new Random(1));
  }

  private void run() {
    for (int i = 0; i < PACKETS; i++) {
      sequence += i % 97 == 0 ? 2 : 1;
      long now = sequence * 3L * MILLI;
      byte[] buffer = packet.buffer();
      NetworkOrder.putShort(buffer, 2, sequence);
      NetworkOrder.putInt(buffer, 4, sequence * 270);
      buffer[packet.payloadOffset() + 6] = (byte) (i % KEY_FRAME_EVERY == 0 ? 0x10 : 0x11);
      onPacket(now);
      if (i % 5 == 0) {
        onTick(now);
      }
    }
  }

  private void onPacket(long now) {
    arrivals.onArrival(sequence & 0xFFFF, now);
    Layer layer = table.layerOf(packet, now);
    if (layer == null || !layer.onPacket(packet, false, now)) {
      return;
    }
    if (payload.read(packet, layer, VideoCodec.VP8)) {
      layer.onVideo(packet, payload, now);
    }
    int length = forwarder.forward(layer, packet, payload, now, out, 0);
    if (length > 0) {
      forwarded++;
      stamp.stamp(out, 0, length, TestPackets.IDS, now);
      if (outgoing.wrap(out, 0, length) && forwarded % 11 == 0) {
        forwarder.retransmit(outgoing.sequenceNumber(), now, 0, out, 0);
      }
    }
  }

  private void onTick(long now) {
    forwarder.onTick(now);
    forwarder.writeSenderReport(now, out, 0);
    Layer layer = table.layerOf(70);
    if (layer != null) {
      layer.losses().due(now, lost);
      layer.keyframes().due(now);
      layer.bitrateBps(now);
    }
    while (arrivals.writeFeedback(out, 0, 1, 70, now) > 0) {
      feedbacks++;
    }
  }

  @Test
  void a_packet_allocates_nothing_once_the_path_is_warm() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    run();
    long before = threads.getCurrentThreadAllocatedBytes();
    run();
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(forwarded).isGreaterThan(PACKETS);
    assertThat(feedbacks).isGreaterThan(100);
    // The compiler and the measurement take a little now and then; a byte per packet would show
    assertThat(allocated).isLessThan(PACKETS);
  }
}
