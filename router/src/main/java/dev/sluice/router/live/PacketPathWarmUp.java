package dev.sluice.router.live;

import dev.sluice.router.forward.Forwarder;
import dev.sluice.router.forward.OutgoingTrack;
import dev.sluice.router.forward.PacketStamp;
import dev.sluice.router.forward.VideoForwarder;
import dev.sluice.router.track.ArrivalLog;
import dev.sluice.router.track.InboundSection;
import dev.sluice.router.track.Layer;
import dev.sluice.router.track.LayerTable;
import dev.sluice.router.track.VideoPacket;
import dev.sluice.rtp.RtpHeaderWriter;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.codec.VideoCodec;
import dev.sluice.rtp.extension.ExtensionIds;
import dev.sluice.rtp.extension.ExtensionValues;
import dev.sluice.rtp.extension.HeaderExtension;
import dev.sluice.rtp.rtcp.TransportFeedbackWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Sends made-up video through the packet path until it is compiled. A cold start would smear the
 * arrival times of the first publisher's bandwidth probe, and its best layer would come seconds
 * later.
 */
public final class PacketPathWarmUp {
  private static final int PACKETS = 20_000;
  private static final long PACKET_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int PACKETS_PER_FRAME = 5;
  private static final int SSRC = 1;
  private static final int PAYLOAD_TYPE = 96;
  private static final int CLOCK_RATE_HZ = 90_000;

  private static final ExtensionIds IDS =
      ExtensionIds.of(
          Map.of(HeaderExtension.ABS_SEND_TIME, 2, HeaderExtension.TRANSPORT_WIDE_CC, 3));

  private final byte[] in = new byte[1200];
  private final byte[] out = new byte[1500];
  private final byte[] feedback = new byte[TransportFeedbackWriter.MAX_LENGTH];
  private final RtpHeaderWriter header = new RtpHeaderWriter();
  private final RtpPacket packet = new RtpPacket();
  private final VideoPacket video = new VideoPacket();
  private final LayerTable layers = new LayerTable();
  private final ArrivalLog arrivals = new ArrivalLog();
  private final PacketStamp stamp = new PacketStamp();
  private final VideoForwarder forwarder;

  private PacketPathWarmUp(RandomGenerator random) {
    layers.setSections(
        List.of(
            new InboundSection(
                "0",
                Optional.of(VideoCodec.VP8),
                PAYLOAD_TYPE,
                OptionalInt.empty(),
                OptionalInt.empty(),
                CLOCK_RATE_HZ,
                IDS,
                List.of(),
                List.of(SSRC),
                Map.of())));
    OutgoingTrack track =
        new OutgoingTrack(
            Optional.of(VideoCodec.VP8),
            SSRC,
            PAYLOAD_TYPE,
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            CLOCK_RATE_HZ,
            IDS);
    forwarder = new VideoForwarder(track, layers.layers(), random);
  }

  /**
   * Blocks for a fraction of a second.
   *
   * @throws IllegalStateException when the path does not forward what it should
   */
  public static void run(RandomGenerator random) {
    PacketPathWarmUp warmUp = new PacketPathWarmUp(random);
    int forwarded = 0;
    for (int i = 0; i < PACKETS; i++) {
      forwarded += warmUp.send(i) > 0 ? 1 : 0;
    }
    if (forwarded != PACKETS) {
      throw new IllegalStateException("%d of %d packets forwarded".formatted(forwarded, PACKETS));
    }
  }

  private int send(int index) {
    long nowNanos = index * PACKET_NANOS;
    write(index);
    if (!packet.wrap(in, 0, in.length)) {
      return 0;
    }
    Layer layer = layers.layerOf(packet, nowNanos);
    if (layer == null || !layer.onPacket(packet, false, nowNanos)) {
      return 0;
    }
    arrivals.onArrival(ExtensionValues.transportSequence(packet, IDS), nowNanos);
    if (!video.read(packet, layer, VideoCodec.VP8)) {
      return 0;
    }
    layer.onVideo(packet, video, nowNanos);
    int length = forwarder.forward(layer, packet, video, nowNanos, out, 0);
    if (length > 0) {
      stamp.stamp(out, 0, length, IDS, nowNanos);
    }
    int _ = arrivals.writeFeedback(feedback, 0, SSRC, SSRC, nowNanos);
    return length > Forwarder.maxLength(packet) ? 0 : length;
  }

  private void write(int index) {
    int frame = index / PACKETS_PER_FRAME;
    int place = index % PACKETS_PER_FRAME;
    header.begin(
        in,
        0,
        PAYLOAD_TYPE,
        place == PACKETS_PER_FRAME - 1,
        index,
        frame * CLOCK_RATE_HZ / 30,
        SSRC);
    header.add24(2, 0);
    header.addShort(3, index);
    int at = header.finish();
    // RFC 7741 §4.2: extended, the first packet starts partition 0; picture id of 15 bits.
    in[at] = (byte) (place == 0 ? 0x90 : 0x80);
    in[at + 1] = (byte) 0x80;
    in[at + 2] = (byte) (0x80 | (frame >> 8 & 0x7f));
    in[at + 3] = (byte) frame;
    in[at + 4] = (byte) (index == 0 ? 0 : 1);
  }
}
