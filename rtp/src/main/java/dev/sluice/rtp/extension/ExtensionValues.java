package dev.sluice.rtp.extension;

import dev.sluice.rtp.NetworkOrder;
import dev.sluice.rtp.RtpPacket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads the values of header extensions out of a packet. A value of the wrong length counts as
 * absent. Stateless; only {@link #text} allocates.
 */
public final class ExtensionValues {
  /** What the numeric readers return when the packet has no such value. */
  public static final int ABSENT = -1;

  // RFC 8852 §3: 1 to 255 letters and digits (RFC 8851 allows - and _ too); ours are far shorter
  private static final int MAX_TEXT_LENGTH = 64;

  private ExtensionValues() {}

  /** The transport-wide sequence number, 0 to 65535, or {@link #ABSENT}. */
  public static int transportSequence(RtpPacket packet, ExtensionIds ids) {
    int id = ids.id(HeaderExtension.TRANSPORT_WIDE_CC);
    return packet.extensionLength(id) == 2
        ? NetworkOrder.unsignedShort(packet.buffer(), packet.extensionOffset(id))
        : ABSENT;
  }

  /** The absolute send time, 24 bits of 6.18 fixed point seconds, or {@link #ABSENT}. */
  public static int absSendTime(RtpPacket packet, ExtensionIds ids) {
    int id = ids.id(HeaderExtension.ABS_SEND_TIME);
    return packet.extensionLength(id) == 3
        ? NetworkOrder.unsigned24(packet.buffer(), packet.extensionOffset(id))
        : ABSENT;
  }

  /**
   * The audio level byte (RFC 6464 §3): voice activity in bit 7 and the level in -dBov, 0 loudest
   * to 127 silent, in the rest; or {@link #ABSENT}. The one-byte and the two-byte form of RFC 6464
   * (with a byte of padding) both count.
   */
  public static int audioLevel(RtpPacket packet, ExtensionIds ids) {
    int id = ids.id(HeaderExtension.AUDIO_LEVEL);
    int length = packet.extensionLength(id);
    return length == 1 || length == 2
        ? NetworkOrder.unsignedByte(packet.buffer(), packet.extensionOffset(id))
        : ABSENT;
  }

  /** A MID, RID or repaired RID; empty when absent or not of printable ASCII without spaces. */
  public static Optional<String> text(
      RtpPacket packet, ExtensionIds ids, HeaderExtension extension) {
    int id = ids.id(extension);
    int length = packet.extensionLength(id);
    if (length <= 0 || length > MAX_TEXT_LENGTH) {
      return Optional.empty();
    }
    int offset = packet.extensionOffset(id);
    byte[] buffer = packet.buffer();
    for (int i = offset; i < offset + length; i++) {
      if (buffer[i] <= ' ' || buffer[i] == 0x7F) {
        return Optional.empty();
      }
    }
    return Optional.of(new String(buffer, offset, length, StandardCharsets.US_ASCII));
  }
}
