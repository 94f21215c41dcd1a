package dev.sluice.simulation.media;

import dev.sluice.rtp.NetworkOrder;

/**
 * What a decoder would know of the picture that a packet is part of.
 *
 * @param encoding the simulcast encoding, the lowest first
 * @param temporal the temporal layer, 0 to 2
 * @param frame counts the pictures of the encoding
 * @param packet the place of the packet in its picture
 * @param packets how many the picture has
 * @param first a picture that it refers to; {@link #NO_FRAME} in a key frame
 * @param second another; {@link #NO_FRAME} when there is none
 * @param capturedNanos when it was taken
 */
public record FrameNote(
    int encoding,
    int temporal,
    int frame,
    int packet,
    int packets,
    int first,
    int second,
    long capturedNanos) {
  /** Refers to nothing. */
  public static final int NO_FRAME = -1;

  /** What a packet has at most of a picture, which is in as few as that allows. */
  public static final int MOST_PACKET_BYTES = 1100;

  /** Bytes of a note in a payload, behind {@link #OFFSET}. */
  public static final int BYTES = 26;

  // VP8's descriptor of 6 bytes with 10 of a key frame's header (RFC 7741 §4.2, RFC 6386 §9.1).
  public static final int OFFSET = 16;

  /** Writes it into a payload. */
  public void write(byte[] buffer, int payloadOffset) {
    int at = payloadOffset + OFFSET;
    NetworkOrder.putByte(buffer, at, encoding);
    NetworkOrder.putByte(buffer, at + 1, temporal);
    NetworkOrder.putInt(buffer, at + 2, frame);
    NetworkOrder.putShort(buffer, at + 6, packet);
    NetworkOrder.putShort(buffer, at + 8, packets);
    NetworkOrder.putInt(buffer, at + 10, first);
    NetworkOrder.putInt(buffer, at + 14, second);
    NetworkOrder.putLong(buffer, at + 18, capturedNanos);
  }

  /** Reads that of a payload. */
  public static FrameNote read(byte[] buffer, int payloadOffset) {
    int at = payloadOffset + OFFSET;
    return new FrameNote(
        NetworkOrder.unsignedByte(buffer, at),
        NetworkOrder.unsignedByte(buffer, at + 1),
        NetworkOrder.int32(buffer, at + 2),
        NetworkOrder.unsignedShort(buffer, at + 6),
        NetworkOrder.unsignedShort(buffer, at + 8),
        NetworkOrder.int32(buffer, at + 10),
        NetworkOrder.int32(buffer, at + 14),
        NetworkOrder.int64(buffer, at + 18));
  }

  /** How large the picture is at least, of payload. */
  public long leastBytes() {
    return (packets - 1L) * MOST_PACKET_BYTES;
  }

  public boolean isKey() {
    return first == NO_FRAME;
  }
}
