package dev.sluice.router.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.allocation.Rung;
import dev.sluice.router.track.Layer;
import dev.sluice.router.track.LayerTable;
import dev.sluice.router.track.TestPackets;
import dev.sluice.router.track.VideoPacket;
import dev.sluice.rtp.RtpHeaderWriter;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.codec.VideoCodec;
import dev.sluice.rtp.extension.ExtensionIds;
import dev.sluice.rtp.extension.HeaderExtension;
import dev.sluice.testkit.fuzz.Choices;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/**
 * A publisher's simulcast in any codec, with whatever payloads, descriptors and gaps, and a
 * subscriber who asks for anything: what leaves is RTP with our numbers around the publisher's
 * payload, and never larger than promised.
 */
public final class VideoForwarderFuzz {
  private static final int OFFSET = 3;
  private static final int SSRC = 77;
  private static final int RTX_SSRC = 78;
  private static final int MAX_STEPS = 400;
  private static final List<VideoCodec> CODECS = List.of(VideoCodec.values());
  private static final ExtensionIds OUT_IDS =
      ExtensionIds.of(
          Map.of(
              HeaderExtension.ABS_SEND_TIME, 8,
              HeaderExtension.TRANSPORT_WIDE_CC, 7,
              HeaderExtension.DEPENDENCY_DESCRIPTOR, 6));

  private final Choices choices;
  private final VideoCodec codec;
  private final List<Layer> layers;
  private final int[] sequenceNumbers;
  private final VideoForwarder forwarder;
  private final VideoPacket video = new VideoPacket();
  private long nowNanos;
  private int lastSent = -1;

  private VideoForwarderFuzz(Choices choices) {
    this.choices = choices;
    codec = CODECS.get(choices.unsignedByte() % CODECS.size());
    LayerTable table = new LayerTable();
    table.setSections(List.of(TestPackets.simulcast("1", codec, "q", "f")));
    layers = table.layersOf("1");
    sequenceNumbers = new int[layers.size()];
    Arrays.fill(sequenceNumbers, 65_500);
    OutgoingTrack track =
        new OutgoingTrack(
            Optional.of(codec),
            SSRC,
            100,
            OptionalInt.of(RTX_SSRC),
            OptionalInt.of(101),
            OptionalInt.empty(),
            90_000,
            OUT_IDS);
    forwarder = new VideoForwarder(track, layers, new Random(1));
    for (Layer layer : layers) {
      hear(table, layer);
    }
  }

  public static void fuzzerTestOneInput(byte[] input) {
    VideoForwarderFuzz run = new VideoForwarderFuzz(new Choices(input));
    for (int step = 0; step < MAX_STEPS && run.choices.hasMore(); step++) {
      run.step();
    }
  }

  private static int ssrc(Layer layer) {
    return 1000 + layer.index();
  }

  /** Lets the table learn the layer's SSRC. */
  private static void hear(LayerTable table, Layer layer) {
    RtpPacket packet =
        TestPackets.packet(
            TestPackets.VIDEO_TYPE,
            ssrc(layer),
            65_499,
            1,
            Map.of(HeaderExtension.MID, "1", HeaderExtension.RID, layer.rid()));
    assertThat(table.layerOf(packet, 0)).isSameAs(layer);
  }

  private void step() {
    int choice = choices.unsignedByte();
    nowNanos += (choice & 0x0F) * 3_000_000L;
    switch (choice >> 4) {
      case 0 -> forwarder.setEnabled((choice & 1) == 0, nowNanos);
      case 1 -> choose(choice & 7);
      case 2 ->
          forwarder.setPreference(
              new LayerPreference(8 * choice, choices.unsignedByte(), choices.unsignedByte() % 60),
              nowNanos);
      case 3 -> forwarder.onTick(nowNanos);
      case 4 -> forwarder.onPictureLoss();
      case 5 -> retransmit();
      default -> packet(layers.get(choice & 1), choices.unsignedByte());
    }
  }

  private void choose(int step) {
    List<Rung> ladder = forwarder.ladder(nowNanos);
    Optional<Rung> rung = step < ladder.size() ? Optional.of(ladder.get(step)) : Optional.empty();
    forwarder.choose(rung, nowNanos);
  }

  private void packet(Layer layer, int choice) {
    int gap = (choice & 0x07) == 7 ? choices.unsignedShort() - 600 : 1 + (choice & 0x03) / 3;
    int sequenceNumber = (sequenceNumbers[layer.index()] + gap) & 0xFFFF;
    sequenceNumbers[layer.index()] = sequenceNumber;
    RtpPacket packet = made(layer, sequenceNumber, choice);
    if (!layer.onPacket(packet, (choice & 0x08) != 0, nowNanos)) {
      return;
    }
    boolean valid = packet.payloadLength() > 0 && video.read(packet, layer, codec);
    if (valid) {
      layer.onVideo(packet, video, nowNanos);
    }
    byte[] before = packet.buffer().clone();
    byte[] out = new byte[OFFSET + Forwarder.maxLength(packet)];
    int length = forwarder.forward(layer, packet, valid ? video : null, nowNanos, out, OFFSET);
    assertThat(packet.buffer()).isEqualTo(before);
    if (length > 0) {
      RtpPacket sent = checkSent(out, length, SSRC, 100);
      lastSent = sent.sequenceNumber();
      assertThat(sent.marker() || !packet.marker()).isTrue();
      assertThat(sent.payloadLength()).isEqualTo(packet.payloadLength());
      checkPayload(packet, sent);
    }
  }

  private RtpPacket made(Layer layer, int sequenceNumber, int choice) {
    byte[] descriptor = choices.bytes((choice & 0x10) == 0 ? 0 : choices.unsignedByte());
    byte[] payload = choices.bytes(choices.unsignedByte() % 64);
    byte[] bytes = new byte[64 + 260 + payload.length];
    RtpHeaderWriter writer = new RtpHeaderWriter();
    int timestamp = (int) (nowNanos / 1_000_000 * 90) + (choice >> 6) * 3_000;
    boolean marker = (choice & 0x20) != 0;
    writer.begin(bytes, 0, TestPackets.VIDEO_TYPE, marker, sequenceNumber, timestamp, ssrc(layer));
    if (descriptor.length > 0) {
      int id = TestPackets.IDS.id(HeaderExtension.DEPENDENCY_DESCRIPTOR);
      writer.addBytes(id, descriptor, 0, descriptor.length);
    }
    int header = writer.finish();
    System.arraycopy(payload, 0, bytes, header, payload.length);
    return TestPackets.wrapped(Arrays.copyOf(bytes, header + payload.length));
  }

  /** Only H.264 and AV1 have no numbers of ours in their payload. */
  private void checkPayload(RtpPacket packet, RtpPacket sent) {
    int same =
        switch (codec) {
          case VP8, VP9 -> Math.max(0, packet.payloadLength() - 8);
          case H264, AV1 -> packet.payloadLength();
        };
    int end = packet.payloadOffset() + packet.payloadLength();
    int sentEnd = sent.payloadOffset() + sent.payloadLength();
    assertThat(Arrays.copyOfRange(sent.buffer(), sentEnd - same, sentEnd))
        .isEqualTo(Arrays.copyOfRange(packet.buffer(), end - same, end));
  }

  private void retransmit() {
    int back = choices.unsignedByte();
    int sequenceNumber = lastSent < 0 ? back : (lastSent - back) & 0xFFFF;
    byte[] out = new byte[2048];
    int length = forwarder.retransmit(sequenceNumber, nowNanos, 0, out, OFFSET);
    if (length > 0) {
      RtpPacket sent = checkSent(out, length, RTX_SSRC, 101);
      int at = sent.payloadOffset();
      assertThat((out[at] & 0xFF) << 8 | (out[at + 1] & 0xFF)).isEqualTo(sequenceNumber);
    }
  }

  private static RtpPacket checkSent(byte[] out, int length, int ssrc, int payloadType) {
    RtpPacket sent = new RtpPacket();
    assertThat(sent.wrap(out, OFFSET, length)).isTrue();
    assertThat(sent.ssrc()).isEqualTo(ssrc);
    assertThat(sent.payloadType()).isEqualTo(payloadType);
    assertThat(sent.paddingLength()).isZero();
    assertThat(sent.extensionLength(OUT_IDS.id(HeaderExtension.TRANSPORT_WIDE_CC))).isEqualTo(2);
    assertThat(sent.extensionLength(OUT_IDS.id(HeaderExtension.ABS_SEND_TIME))).isEqualTo(3);
    return sent;
  }
}
