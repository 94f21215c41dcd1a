package dev.sluice.router.track;

import dev.sluice.rtp.NetworkOrder;
import dev.sluice.rtp.RtpHeaderWriter;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.codec.VideoCodec;
import dev.sluice.rtp.extension.ExtensionIds;
import dev.sluice.rtp.extension.HeaderExtension;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The sections and packets of a made-up publisher. */
public final class TestPackets {
  public static final int AUDIO_TYPE = 111;
  public static final int RED_TYPE = 63;
  public static final int VIDEO_TYPE = 96;
  public static final int RTX_TYPE = 97;

  public static final ExtensionIds IDS =
      ExtensionIds.of(
          Map.of(
              HeaderExtension.AUDIO_LEVEL, 1,
              HeaderExtension.ABS_SEND_TIME, 2,
              HeaderExtension.TRANSPORT_WIDE_CC, 3,
              HeaderExtension.MID, 4,
              HeaderExtension.DEPENDENCY_DESCRIPTOR, 5,
              HeaderExtension.RID, 10,
              HeaderExtension.REPAIRED_RID, 11));

  private TestPackets() {}

  public static InboundSection simulcast(String mid, String... rids) {
    return simulcast(mid, VideoCodec.VP8, rids);
  }

  public static InboundSection simulcast(String mid, VideoCodec codec, String... rids) {
    return new InboundSection(
        mid,
        Optional.of(codec),
        VIDEO_TYPE,
        OptionalInt.of(RTX_TYPE),
        OptionalInt.empty(),
        90_000,
        IDS,
        List.of(rids),
        List.of(),
        Map.of());
  }

  public static InboundSection announced(String mid, int ssrc, int rtxSsrc) {
    return new InboundSection(
        mid,
        Optional.of(VideoCodec.VP8),
        VIDEO_TYPE,
        OptionalInt.of(RTX_TYPE),
        OptionalInt.empty(),
        90_000,
        IDS,
        List.of(),
        List.of(ssrc, rtxSsrc),
        Map.of(ssrc, rtxSsrc));
  }

  public static InboundSection audio(String mid, int ssrc) {
    return new InboundSection(
        mid,
        Optional.empty(),
        AUDIO_TYPE,
        OptionalInt.empty(),
        OptionalInt.of(RED_TYPE),
        48_000,
        IDS,
        List.of(),
        List.of(ssrc),
        Map.of());
  }

  /** A packet, with those text extensions that are not empty. */
  public static RtpPacket packet(
      int payloadType,
      int ssrc,
      int sequenceNumber,
      int timestamp,
      Map<HeaderExtension, String> texts,
      byte... payload) {
    byte[] bytes = new byte[200 + payload.length];
    RtpHeaderWriter writer = new RtpHeaderWriter();
    writer.begin(bytes, 0, payloadType, true, sequenceNumber, timestamp, ssrc);
    texts.forEach(
        (extension, text) -> {
          byte[] value = text.getBytes(StandardCharsets.US_ASCII);
          writer.addBytes(IDS.id(extension), value, 0, value.length);
        });
    int header = writer.finish();
    System.arraycopy(payload, 0, bytes, header, payload.length);
    return wrapped(Arrays.copyOf(bytes, header + payload.length));
  }

  public static RtpPacket packet(
      int payloadType, int ssrc, int sequenceNumber, int timestamp, byte... payload) {
    return packet(payloadType, ssrc, sequenceNumber, timestamp, Map.of(), payload);
  }

  /** The packet as a publisher repeats it on another SSRC. */
  public static RtpPacket rtx(RtpPacket packet, int rtxSsrc, int rtxSequence) {
    byte[] payload = new byte[2 + packet.payloadLength()];
    NetworkOrder.putShort(payload, 0, packet.sequenceNumber());
    System.arraycopy(packet.buffer(), packet.payloadOffset(), payload, 2, packet.payloadLength());
    return packet(RTX_TYPE, rtxSsrc, rtxSequence, packet.timestamp(), payload);
  }

  /** Bytes as hexadecimal digits, with spaces wherever they help the reader. */
  public static byte[] hex(String... digits) {
    return HexFormat.of().parseHex(String.join("", digits).replace(" ", ""));
  }

  public static RtpPacket wrapped(byte[] bytes) {
    RtpPacket packet = new RtpPacket();
    if (!packet.wrap(bytes, 0, bytes.length)) {
      throw new IllegalArgumentException("malformed: " + Arrays.toString(bytes));
    }
    return packet;
  }

  public static byte[] bytesOf(RtpPacket packet) {
    return Arrays.copyOfRange(packet.buffer(), packet.offset(), packet.offset() + packet.length());
  }
}
