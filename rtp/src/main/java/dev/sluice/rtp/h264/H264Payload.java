package dev.sluice.rtp.h264;

import static dev.sluice.rtp.NetworkOrder.unsignedShort;

import dev.sluice.rtp.NetworkOrder;
import dev.sluice.rtp.video.VideoPayload;

/**
 * The payload of one H.264 packet (RFC 6184) in the single NAL unit and the non-interleaved mode:
 * single NAL units, STAP-A and FU-A. The interleaved mode's packets count as malformed, because it
 * is never negotiated.
 *
 * <p>The format tells neither layers nor picture numbers, nor which packet is the first of its
 * frame: {@link #startsFrame()} is never true.
 *
 * <p>A key frame starts with its sequence parameter set, or else with the first slice of an IDR
 * picture: publishers that sent their parameter sets once, or in the SDP, start with that. Where
 * the sets come in a packet of their own before the picture, both packets say {@link
 * #startsKeyFrame()}.
 */
public final class H264Payload implements VideoPayload {
  private static final int FORBIDDEN_BIT = 0x80;
  private static final int REFERENCE_MASK = 0x60;
  private static final int TYPE_MASK = 0x1F;

  // ITU-T H.264 table 7-1
  private static final int IDR_SLICE = 5;
  private static final int SEQUENCE_PARAMETER_SET = 7;
  private static final int LAST_SINGLE = 23;
  // RFC 6184 §5.2
  private static final int STAP_A = 24;
  private static final int FU_A = 28;

  private static final int FU_START_BIT = 0x80;
  private static final int FU_END_BIT = 0x40;
  // Indicator and FU header
  private static final int FU_HEADERS_LENGTH = 2;

  private final SequenceParameterSet parameters = new SequenceParameterSet();
  private boolean startsKeyFrame;
  private boolean discardable;
  private int width = ABSENT;
  private int height = ABSENT;

  /**
   * {@inheritDoc}
   *
   * @return false when a NAL unit is cut off or of a type that the mode doesn't have
   */
  @Override
  public boolean wrap(byte[] buffer, int offset, int length) {
    if (!NetworkOrder.isRegion(buffer, offset, length)
        || length < 1
        || (buffer[offset] & FORBIDDEN_BIT) != 0) {
      return false;
    }
    startsKeyFrame = false;
    width = ABSENT;
    height = ABSENT;
    // RFC 6184 §5.3, §5.7.1: aggregates and fragments carry the reference bits of what is in them
    discardable = (buffer[offset] & REFERENCE_MASK) == 0;
    int type = buffer[offset] & TYPE_MASK;
    return switch (type) {
      case STAP_A -> aggregate(buffer, offset + 1, offset + length);
      case FU_A -> fragment(buffer, offset, length);
      default -> single(type, buffer, offset, length);
    };
  }

  private boolean single(int type, byte[] buffer, int offset, int length) {
    if (type == 0 || type > LAST_SINGLE) {
      return false;
    }
    unit(type, buffer, offset + 1, length - 1);
    return true;
  }

  private boolean aggregate(byte[] buffer, int start, int end) {
    int position = start;
    while (position < end) {
      int size = position + 2 <= end ? unsignedShort(buffer, position) : 0;
      position += 2;
      if (size == 0 || position + size > end) {
        return false;
      }
      unit(buffer[position] & TYPE_MASK, buffer, position + 1, size - 1);
      position += size;
    }
    return end > start;
  }

  private boolean fragment(byte[] buffer, int offset, int length) {
    if (length <= FU_HEADERS_LENGTH) {
      return false;
    }
    int header = buffer[offset + 1];
    // RFC 6184 §5.8: a NAL unit in one fragment is forbidden
    if ((header & FU_START_BIT) != 0 && (header & FU_END_BIT) != 0) {
      return false;
    }
    if ((header & FU_START_BIT) != 0) {
      int body = offset + FU_HEADERS_LENGTH;
      unit(header & TYPE_MASK, buffer, body, length - FU_HEADERS_LENGTH);
    }
    return true;
  }

  /** Takes the body of a NAL unit, or the first fragment of it, behind its header byte. */
  private void unit(int type, byte[] buffer, int body, int length) {
    if (type == SEQUENCE_PARAMETER_SET) {
      startsKeyFrame = true;
      if (parameters.read(buffer, body, length)) {
        width = parameters.width();
        height = parameters.height();
      }
    } else if (type == IDR_SLICE && length > 0) {
      // first_mb_in_slice is ue(v): zero, the first slice, is a single 1
      startsKeyFrame |= buffer[body] < 0;
    }
  }

  @Override
  public boolean startsFrame() {
    return false;
  }

  @Override
  public boolean startsKeyFrame() {
    return startsKeyFrame;
  }

  /** nal_ref_idc is 0: parameter sets and reference pictures have another. */
  @Override
  public boolean discardable() {
    return discardable;
  }

  /** Of the packet's sequence parameter set, or {@link #ABSENT}. */
  @Override
  public int keyFrameWidth() {
    return width;
  }

  /** Of the packet's sequence parameter set, or {@link #ABSENT}. */
  @Override
  public int keyFrameHeight() {
    return height;
  }
}
