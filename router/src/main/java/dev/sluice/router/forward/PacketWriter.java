package dev.sluice.router.forward;

import dev.sluice.rtp.RtpHeaderWriter;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.extension.ExtensionIds;
import dev.sluice.rtp.extension.ExtensionValues;
import dev.sluice.rtp.extension.HeaderExtension;

/** Writes the outgoing packets of one stream: a header of our own and the publisher's payload. */
final class PacketWriter {
  /** The fixed header, the extension header and our extensions in the two-byte form, padded. */
  static final int MAX_HEADER_LENGTH = 32;

  private final OutgoingTrack track;
  private final RtpHeaderWriter header = new RtpHeaderWriter();
  private final int audioLevelId;
  private final int absSendTimeId;
  private final int transportId;

  PacketWriter(OutgoingTrack track) {
    this.track = track;
    ExtensionIds ids = track.extensionIds();
    audioLevelId = ids.id(HeaderExtension.AUDIO_LEVEL);
    absSendTimeId = ids.id(HeaderExtension.ABS_SEND_TIME);
    transportId = ids.id(HeaderExtension.TRANSPORT_WIDE_CC);
  }

  /**
   * Writes a packet: padding and CSRCs of the publisher stay behind, the audio level is copied, the
   * extensions that {@link PacketStamp} fills are left zero.
   *
   * @return its length
   */
  int write(RtpPacket packet, ExtensionIds sourceIds, Rewriter numbers, byte[] out, int offset) {
    header.begin(
        out,
        offset,
        track.payloadType(),
        packet.marker(),
        numbers.sequenceNumber(),
        numbers.timestamp(),
        track.ssrc());
    if (audioLevelId != 0) {
      int level = ExtensionValues.audioLevel(packet, sourceIds);
      if (level != ExtensionValues.ABSENT) {
        header.addByte(audioLevelId, level);
      }
    }
    if (absSendTimeId != 0) {
      header.add24(absSendTimeId, 0);
    }
    if (transportId != 0) {
      header.addShort(transportId, 0);
    }
    int headerLength = header.finish();
    System.arraycopy(
        packet.buffer(),
        packet.payloadOffset(),
        out,
        offset + headerLength,
        packet.payloadLength());
    return headerLength + packet.payloadLength();
  }
}
