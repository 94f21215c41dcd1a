package dev.sluice.router.forward;

import dev.sluice.rtp.NetworkOrder;
import dev.sluice.rtp.RtpHeaderWriter;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.extension.ExtensionIds;
import dev.sluice.rtp.extension.ExtensionValues;
import dev.sluice.rtp.extension.HeaderExtension;

/**
 * Writes the outgoing packets of one stream: a header of our own and the publisher's payload.
 * Padding and CSRCs of the publisher stay behind, the audio level is copied, and the extensions
 * that {@link PacketStamp} fills are left zero.
 */
final class PacketWriter {
  /** The fixed header, the extension header and our extensions in the two-byte form, padded. */
  static final int MAX_HEADER_LENGTH = 32;

  /** Bytes of the original sequence number (RFC 4588 §4). */
  static final int OSN_LENGTH = 2;

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

  /** Writes a packet with our numbers and returns its length. */
  int write(
      RtpPacket packet,
      ExtensionIds sourceIds,
      int sequenceNumber,
      int timestamp,
      byte[] out,
      int offset) {
    header.begin(
        out, offset, track.payloadType(), packet.marker(), sequenceNumber, timestamp, track.ssrc());
    int headerLength = finishHeader(packet, sourceIds);
    return headerLength + copyPayload(packet, out, offset + headerLength);
  }

  /**
   * Writes the retransmission of a packet (RFC 4588 §4) and returns its length; without RTX it is
   * the packet once more.
   */
  int writeRetransmission(
      RtpPacket packet,
      ExtensionIds sourceIds,
      int sequenceNumber,
      int timestamp,
      Retransmitter retransmitter,
      byte[] out,
      int offset) {
    if (track.rtxSsrc().isEmpty() || track.rtxPayloadType().isEmpty()) {
      return write(packet, sourceIds, sequenceNumber, timestamp, out, offset);
    }
    header.begin(
        out,
        offset,
        track.rtxPayloadType().getAsInt(),
        packet.marker(),
        retransmitter.nextRtxSequenceNumber(),
        timestamp,
        track.rtxSsrc().getAsInt());
    int headerLength = finishHeader(packet, sourceIds);
    NetworkOrder.putShort(out, offset + headerLength, sequenceNumber);
    headerLength += OSN_LENGTH;
    return headerLength + copyPayload(packet, out, offset + headerLength);
  }

  private int finishHeader(RtpPacket packet, ExtensionIds sourceIds) {
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
    return header.finish();
  }

  private static int copyPayload(RtpPacket packet, byte[] out, int offset) {
    int length = packet.payloadLength();
    System.arraycopy(packet.buffer(), packet.payloadOffset(), out, offset, length);
    return length;
  }
}
