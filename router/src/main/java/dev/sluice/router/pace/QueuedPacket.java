package dev.sluice.router.pace;

import dev.sluice.rtp.RtpPacket;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A copy of a packet that waits, before it is stamped and encrypted; used again and again. */
final class QueuedPacket {
  // What fits through an Ethernet; the few that are longer make room for themselves.
  private static final int USUAL_BYTES = 1500;

  private byte[] bytes = new byte[USUAL_BYTES];
  private int length;
  private int sequenceNumber;
  private int payloadLength;
  private SendClass sendClass = SendClass.PADDING;
  private long sinceNanos;
  @Nullable QueuedPacket next;

  void set(RtpPacket packet, SendClass newSendClass, long nowNanos) {
    length = packet.length();
    if (length > bytes.length) {
      bytes = Arrays.copyOfRange(packet.buffer(), packet.offset(), packet.offset() + length);
    } else {
      System.arraycopy(packet.buffer(), packet.offset(), bytes, 0, length);
    }
    sequenceNumber = packet.sequenceNumber();
    payloadLength = packet.payloadLength();
    sendClass = newSendClass;
    sinceNanos = nowNanos;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  int sequenceNumber() {
    return sequenceNumber;
  }

  int payloadLength() {
    return payloadLength;
  }

  SendClass sendClass() {
    return sendClass;
  }

  /** When it began to wait. */
  long sinceNanos() {
    return sinceNanos;
  }
}
