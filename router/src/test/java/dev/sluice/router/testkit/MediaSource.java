package dev.sluice.router.testkit;

import dev.sluice.rtp.RtpHeaderWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Makes the RTP packets of one encoding as Chromium sends them for {@link Descriptions}. */
public final class MediaSource {
  private static final int MID_ID = 4;
  private static final int RID_ID = 10;
  private static final int TRANSPORT_ID = 3;

  private final int ssrc;
  private final int payloadType;
  private final String mid;
  private final String rid;
  private final int width;
  private int sequenceNumber;
  private int timestamp;
  private int pictureId = 100;

  private MediaSource(
      int ssrc, int payloadType, String mid, String rid, int width, int sequenceNumber) {
    this.ssrc = ssrc;
    this.payloadType = payloadType;
    this.mid = mid;
    this.rid = rid;
    this.width = width;
    this.sequenceNumber = sequenceNumber;
    this.timestamp = ssrc * 1000;
  }

  public static MediaSource opus(int ssrc, String mid) {
    return new MediaSource(ssrc, 111, mid, "", 0, 65_500);
  }

  /** A simulcast layer, or the only encoding when {@code rid} is empty. */
  public static MediaSource vp8(int ssrc, String mid, String rid, int width) {
    return new MediaSource(ssrc, 100, mid, rid, width, 1000);
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

  /** One frame of one packet. */
  public byte[] frame(boolean key, int transportSequence) {
    timestamp += 3000;
    pictureId = (pictureId + 1) & 0x7fff;
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
    return packet(true, transportSequence, payload);
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
