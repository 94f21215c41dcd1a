package dev.sluice.router.testkit;

import dev.sluice.rtp.RtpHeaderWriter;
import dev.sluice.rtp.codec.VideoCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Makes the RTP packets of one encoding as Chromium sends them for {@link Descriptions}. */
public final class MediaSource {
  private static final int MID_ID = 4;
  private static final int RID_ID = 10;
  private static final int TRANSPORT_ID = 3;

  private final Optional<VideoCodec> codec;
  private final int ssrc;
  private final int payloadType;
  private final String mid;
  private final String rid;
  private final int width;
  private int sequenceNumber;
  private int timestamp;
  private int pictureId = 100;

  private MediaSource(
      Optional<VideoCodec> codec,
      int ssrc,
      int payloadType,
      String mid,
      String rid,
      int width,
      int sequenceNumber) {
    this.codec = codec;
    this.ssrc = ssrc;
    this.payloadType = payloadType;
    this.mid = mid;
    this.rid = rid;
    this.width = width;
    this.sequenceNumber = sequenceNumber;
    this.timestamp = ssrc * 1000;
  }

  public static MediaSource opus(int ssrc, String mid) {
    return new MediaSource(Optional.empty(), ssrc, 111, mid, "", 0, 65_500);
  }

  /** A simulcast layer, or the only encoding when {@code rid} is empty. */
  public static MediaSource vp8(int ssrc, String mid, String rid, int width) {
    return video(VideoCodec.VP8, ssrc, mid, rid, width);
  }

  public static MediaSource h264(int ssrc, String mid) {
    return video(VideoCodec.H264, ssrc, mid, "", 0);
  }

  /** A layer of what an m-section sends. */
  public static MediaSource of(
      Descriptions.Sends sends, int ssrc, String mid, String rid, int width) {
    return video(sends.video(), ssrc, mid, rid, width);
  }

  private static MediaSource video(VideoCodec codec, int ssrc, String mid, String rid, int width) {
    return new MediaSource(Optional.of(codec), ssrc, 100, mid, rid, width, 1000);
  }

  public int ssrc() {
    return ssrc;
  }

  public int sequenceNumber() {
    return sequenceNumber;
  }

  /** Goes on as if a packet had been sent and lost. */
  public void lose() {
    sequenceNumber = (sequenceNumber + 1) & 0xffff;
  }

  /** 20 ms of sound. */
  public byte[] audio(int transportSequence) {
    timestamp += 960;
    return packet(false, transportSequence, new byte[60]);
  }

  /** One frame of one packet; the last byte of it is that of the SSRC. */
  public byte[] frame(boolean key, int transportSequence) {
    timestamp += 3000;
    pictureId = (pictureId + 1) & 0x7fff;
    byte[] payload =
        switch (codec.orElseThrow()) {
          case VP8 -> vp8(key);
          case VP9 -> vp9(key);
          case H264 -> h264(key);
          case AV1 -> av1(key);
        };
    payload[payload.length - 1] = (byte) ssrc;
    return packet(true, transportSequence, payload);
  }

  /** RFC 9628 §4.2: I, P, B and E; picture id of 15 bits; no layers. */
  private byte[] vp9(boolean key) {
    byte[] payload = new byte[1000];
    payload[0] = (byte) (key ? 0x8c : 0xcc);
    payload[1] = (byte) (0x80 | pictureId >> 8);
    payload[2] = (byte) pictureId;
    return payload;
  }

  /** RFC 6184 §5.6: one NAL unit, of an IDR picture or another; its first slice. */
  private static byte[] h264(boolean key) {
    byte[] payload = new byte[1000];
    payload[0] = (byte) (key ? 0x65 : 0x41);
    payload[1] = (byte) 0x88;
    return payload;
  }

  /** One OBU of a frame to the end of the packet; N says that a coded video sequence starts. */
  private static byte[] av1(boolean key) {
    byte[] payload = new byte[1000];
    payload[0] = (byte) (key ? 0x18 : 0x10);
    payload[1] = 0x30;
    return payload;
  }

  private byte[] vp8(boolean key) {
    byte[] payload = new byte[1000];
    // RFC 7741 §4.2: extended, start of partition 0; picture id of 15 bits.
    payload[0] = (byte) 0x90;
    payload[1] = (byte) 0x80;
    payload[2] = (byte) (0x80 | pictureId >> 8);
    payload[3] = (byte) pictureId;
    // RFC 6386 §9.1: frame tag, start code, width and height.
    payload[4] = (byte) (key ? 0x10 : 0x11);
    if (key) {
      payload[7] = (byte) 0x9d;
      payload[8] = 0x01;
      payload[9] = 0x2a;
      payload[10] = (byte) width;
      payload[11] = (byte) (width >> 8);
      payload[12] = (byte) width;
      payload[13] = (byte) (width >> 8);
    }
    return payload;
  }

  private byte[] packet(boolean marker, int transportSequence, byte[] payload) {
    byte[] packet = new byte[64 + payload.length + PlainTransports.TAG.length];
    RtpHeaderWriter header = new RtpHeaderWriter();
    header.begin(packet, 0, payloadType, marker, sequenceNumber, timestamp, ssrc);
    text(header, MID_ID, mid);
    if (!rid.isEmpty()) {
      text(header, RID_ID, rid);
    }
    header.addShort(TRANSPORT_ID, transportSequence);
    int headerLength = header.finish();
    System.arraycopy(payload, 0, packet, headerLength, payload.length);
    sequenceNumber = (sequenceNumber + 1) & 0xffff;
    return Arrays.copyOf(packet, headerLength + payload.length);
  }

  private static void text(RtpHeaderWriter header, int id, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
    header.addBytes(id, bytes, 0, bytes.length);
  }
}
