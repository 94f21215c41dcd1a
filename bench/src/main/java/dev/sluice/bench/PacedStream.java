package dev.sluice.bench;

import dev.sluice.rtp.RtpHeaderWriter;
import dev.sluice.transport.srtp.SrtpSession;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends Opus at 50 packets a second and VP8 at 30 pictures a second, each picture as a burst of
 * packets, as a browser's pacer nearly does. The pictures' content is noise; their descriptors and
 * headers are those of VP8 (RFC 7741), with a key frame every second.
 */
final class PacedStream implements Runnable {
  private static final long AUDIO_NANOS = 20_000_000;
  private static final long PICTURE_NANOS = 33_333_333;
  private static final int PICTURES_PER_KEY_FRAME = 30;
  private static final int AUDIO_BYTES = 80;
  private static final int PACKET_BYTES = 1100;
  private static final int AUDIO_TICKS = 960;
  private static final int PICTURE_TICKS = 3000;
  private static final int DESCRIPTOR_BYTES = 4;

  private final MediaPeer peer;
  private final int packetsPerPicture;
  private final byte[] packet = new byte[PACKET_BYTES + 64 + SrtpSession.MAX_OVERHEAD];
  private final RtpHeaderWriter header = new RtpHeaderWriter();
  private volatile boolean stopped;
  private int audioSequence;
  private int videoSequence;
  private int transportSequence;
  private int pictures;

  /**
   * @param bitrateBps of the video
   */
  PacedStream(MediaPeer peer, int bitrateBps) {
    this.peer = peer;
    packetsPerPicture = Math.max(1, Math.round(bitrateBps / 8f / 30 / PACKET_BYTES));
  }

  /** RTP packets a second, sound and picture. */
  int packetsPerSecond() {
    return 50 + 30 * packetsPerPicture;
  }

  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    long audioAt = System.nanoTime();
    long pictureAt = audioAt;
    while (!stopped) {
      if (audioAt - pictureAt <= 0) {
        waitUntil(audioAt);
        sound();
        audioAt += AUDIO_NANOS;
      } else {
        waitUntil(pictureAt);
        picture();
        pictureAt += PICTURE_NANOS;
      }
    }
  }

  private static void waitUntil(long atNanos) {
    long leftNanos = atNanos - System.nanoTime();
    while (leftNanos > 0) {
      LockSupport.parkNanos(leftNanos);
      leftNanos = atNanos - System.nanoTime();
    }
  }

  private void sound() {
    int start = begin(Sdp.OPUS, false, audioSequence, audioSequence * AUDIO_TICKS, Sdp.AUDIO_SSRC);
    audioSequence++;
    peer.sendRtp(packet, start + AUDIO_BYTES);
  }

  private void picture() {
    boolean key = pictures % PICTURES_PER_KEY_FRAME == 0;
    for (int i = 0; i < packetsPerPicture; i++) {
      boolean last = i == packetsPerPicture - 1;
      int start = begin(Sdp.VP8, last, videoSequence, pictures * PICTURE_TICKS, Sdp.VIDEO_SSRC);
      videoSequence++;
      describe(start, i == 0, key);
      peer.sendRtp(packet, start + PACKET_BYTES);
    }
    pictures++;
  }

  private int begin(int payloadType, boolean marker, int sequence, int timestamp, int ssrc) {
    header.begin(packet, 0, payloadType, marker, sequence & 0xffff, timestamp, ssrc);
    header.addShort(Sdp.TRANSPORT_SEQUENCE_EXTENSION, transportSequence++ & 0xffff);
    return header.finish();
  }

  private void describe(int start, boolean first, boolean key) {
    // RFC 7741 §4.2: X set, S on the first packet; I with a picture id of 15 bits.
    packet[start] = (byte) (first ? 0x90 : 0x80);
    packet[start + 1] = (byte) 0x80;
    packet[start + 2] = (byte) (0x80 | ((pictures >> 8) & 0x7f));
    packet[start + 3] = (byte) pictures;
    if (!first) {
      return;
    }
    // RFC 6386 §9.1: frame tag with P in its lowest bit, start code, 1280 by 720.
    int frame = start + DESCRIPTOR_BYTES;
    packet[frame] = (byte) (key ? 0x10 : 0x11);
    if (key) {
      byte[] size = {(byte) 0x9d, 0x01, 0x2a, 0x00, 0x05, (byte) 0xd0, 0x02};
      System.arraycopy(size, 0, packet, frame + 3, size.length);
    }
  }
}
