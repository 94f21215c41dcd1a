package dev.sluice.router.forward;

import dev.sluice.rtp.NetworkOrder;
import dev.sluice.rtp.RtpHeaderWriter;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.extension.ExtensionIds;
import dev.sluice.rtp.extension.ExtensionValues;
import dev.sluice.rtp.extension.HeaderExtension;
import java.util.Arrays;

/**
 * Writes the outgoing packets of one stream: a header of our own and the publisher's payload.
 * Padding and CSRCs of the publisher stay behind, the audio level is copied, the dependency
 * descriptor with another frame number, and the extensions that {@link PacketStamp} fills are left
 * zero.
 */
final class PacketWriter {
  /**
   * The fixed header, the extension header and our extensions in the two-byte form, padded; the
   * dependency descriptor alone may have 255 bytes.
   */
  static final int MAX_HEADER_LENGTH = 32 + 2 + 255 + 3;

  private static final int FRAME_NUMBER_OFFSET = 1;
  private static final int MIN_DESCRIPTOR_LENGTH = 3;

  /** Bytes of the original sequence number (RFC 4588 §4). */
  static final int OSN_LENGTH = 2;

  // RFC 3550 §5.1: the last byte of the padding counts it, itself included.
  private static final int PADDING_BIT = 0x20;
  private static final int MAX_PADDING = 255;

  private final OutgoingTrack track;
  private final RtpHeaderWriter header = new RtpHeaderWriter();
  private final int audioLevelId;
  private final int absSendTimeId;
  private final int transportId;
  private final int descriptorId;
  private final byte[] descriptor = new byte[255];
  private int frameNumberOffset;

  PacketWriter(OutgoingTrack track) {
    this.track = track;
    ExtensionIds ids = track.extensionIds();
    audioLevelId = ids.id(HeaderExtension.AUDIO_LEVEL);
    absSendTimeId = ids.id(HeaderExtension.ABS_SEND_TIME);
    transportId = ids.id(HeaderExtension.TRANSPORT_WIDE_CC);
    descriptorId = ids.id(HeaderExtension.DEPENDENCY_DESCRIPTOR);
  }

  /** Whether the subscriber takes dependency descriptors. */
  boolean copiesDescriptors() {
    return descriptorId != 0;
  }

  /** What the frame numbers of dependency descriptors are moved by from now on. */
  void moveFrameNumbers(int offset) {
    frameNumberOffset = offset;
  }

  /** Writes a part of a packet with our numbers and returns the length. */
  int write(
      RtpPacket packet,
      boolean marker,
      ExtensionIds sourceIds,
      int payloadType,
      int sequenceNumber,
      int timestamp,
      int payloadOffset,
      int payloadLength,
      byte[] out,
      int offset) {
    header.begin(out, offset, payloadType, marker, sequenceNumber, timestamp, track.ssrc());
    int headerLength = finishHeader(packet, sourceIds);
    System.arraycopy(packet.buffer(), payloadOffset, out, offset + headerLength, payloadLength);
    return headerLength + payloadLength;
  }

  /**
   * Writes the retransmission of a packet (RFC 4588 §4) and returns its length; without RTX it is
   * the packet once more.
   */
  int writeRetransmission(
      RtpPacket packet,
      boolean marker,
      ExtensionIds sourceIds,
      int sequenceNumber,
      int timestamp,
      Retransmitter retransmitter,
      byte[] out,
      int offset) {
    if (track.rtxSsrc().isEmpty() || track.rtxPayloadType().isEmpty()) {
      return write(
          packet,
          marker,
          sourceIds,
          track.payloadType(),
          sequenceNumber,
          timestamp,
          packet.payloadOffset(),
          packet.payloadLength(),
          out,
          offset);
    }
    header.begin(
        out,
        offset,
        track.rtxPayloadType().getAsInt(),
        marker,
        retransmitter.nextRtxSequenceNumber(),
        timestamp,
        track.rtxSsrc().getAsInt());
    int headerLength = finishHeader(packet, sourceIds);
    NetworkOrder.putShort(out, offset + headerLength, sequenceNumber);
    headerLength += OSN_LENGTH;
    int payloadLength = packet.payloadLength();
    System.arraycopy(
        packet.buffer(), packet.payloadOffset(), out, offset + headerLength, payloadLength);
    return headerLength + payloadLength;
  }

  /**
   * Writes a packet of nothing but padding (RFC 3550 §5.1) in the place of a retransmission and
   * returns its length; 0 without RTX.
   *
   * @param maxBytes how long it may be, at least its header and a byte
   */
  int writePadding(
      int maxBytes, int timestamp, Retransmitter retransmitter, byte[] out, int offset) {
    if (track.rtxSsrc().isEmpty() || track.rtxPayloadType().isEmpty()) {
      return 0;
    }
    header.begin(
        out,
        offset,
        track.rtxPayloadType().getAsInt(),
        false,
        retransmitter.nextRtxSequenceNumber(),
        timestamp,
        track.rtxSsrc().getAsInt());
    addTransportExtensions();
    int headerLength = header.finish();
    int padding = Math.clamp(maxBytes - headerLength, 1, MAX_PADDING);
    out[offset] |= (byte) PADDING_BIT;
    Arrays.fill(out, offset + headerLength, offset + headerLength + padding - 1, (byte) 0);
    NetworkOrder.putByte(out, offset + headerLength + padding - 1, padding);
    return headerLength + padding;
  }

  private void addTransportExtensions() {
    if (absSendTimeId != 0) {
      header.add24(absSendTimeId, 0);
    }
    if (transportId != 0) {
      header.addShort(transportId, 0);
    }
  }

  private int finishHeader(RtpPacket packet, ExtensionIds sourceIds) {
    if (audioLevelId != 0) {
      int level = ExtensionValues.audioLevel(packet, sourceIds);
      if (level != ExtensionValues.ABSENT) {
        header.addByte(audioLevelId, level);
      }
    }
    addTransportExtensions();
    if (descriptorId != 0) {
      copyDescriptor(packet, sourceIds.id(HeaderExtension.DEPENDENCY_DESCRIPTOR));
    }
    return header.finish();
  }

  private void copyDescriptor(RtpPacket packet, int sourceId) {
    int length = packet.extensionLength(sourceId);
    if (length < MIN_DESCRIPTOR_LENGTH) {
      return;
    }
    int from = packet.extensionOffset(sourceId);
    byte[] buffer = packet.buffer();
    int ours = NetworkOrder.unsignedShort(buffer, from + FRAME_NUMBER_OFFSET) + frameNumberOffset;
    System.arraycopy(buffer, from, descriptor, 0, length);
    NetworkOrder.putShort(descriptor, FRAME_NUMBER_OFFSET, ours);
    header.addBytes(descriptorId, descriptor, 0, length);
  }
}
