package dev.sluice.rtp.h264;

import dev.sluice.rtp.BitReader;

/**
 * The size of the picture in a sequence parameter set (ITU-T H.264 §7.3.2.1.1). Reads a bounded
 * number of bytes; a set that is longer, cut off or contradicts itself has no size. One thread;
 * reusable.
 */
final class SequenceParameterSet {
  // Far more than browsers send before the sizes, even with scaling lists
  private static final int MAX_LENGTH = 256;
  private static final int MAX_REFERENCE_CYCLE = 255;
  private static final int MAX_DIMENSION = 16384;
  private static final int MAX_MACROBLOCKS = MAX_DIMENSION / 16;
  private static final int CHROMA_400 = 0;
  private static final int CHROMA_420 = 1;
  private static final int CHROMA_444 = 3;

  private final byte[] unescaped = new byte[MAX_LENGTH];
  private final BitReader reader = new BitReader();
  private int width;
  private int height;

  /**
   * Takes a set behind its NAL unit header.
   *
   * @return false when there is no size to be had
   */
  boolean read(byte[] buffer, int offset, int length) {
    reader.wrap(unescaped, 0, unescape(buffer, offset, length));
    int profile = reader.bits(8);
    // constraint flags and level
    reader.skip(16);
    // seq_parameter_set_id
    reader.expGolomb();
    int chroma = hasChromaFields(profile) ? chromaFields() : CHROMA_420;
    // log2_max_frame_num_minus4
    reader.expGolomb();
    pictureOrder();
    // max_num_ref_frames, gaps_in_frame_num_value_allowed_flag
    reader.expGolomb();
    reader.skip(1);
    int macroblocksAcross = reader.expGolomb();
    int mapUnitsDown = reader.expGolomb();
    boolean framesOnly = reader.flag();
    if (!framesOnly) {
      // mb_adaptive_frame_field_flag
      reader.skip(1);
    }
    // direct_8x8_inference_flag
    reader.skip(1);
    if (!isBelow(macroblocksAcross, MAX_MACROBLOCKS) || !isBelow(mapUnitsDown, MAX_MACROBLOCKS)) {
      return false;
    }
    width = 16 * (macroblocksAcross + 1);
    height = 16 * (mapUnitsDown + 1) * (framesOnly ? 1 : 2);
    return crop(chroma, framesOnly)
        && !reader.overrun()
        && width <= MAX_DIMENSION
        && height <= MAX_DIMENSION;
  }

  /** In pixels, 1 to 16384. */
  int width() {
    return width;
  }

  /** In pixels, 1 to 16384. */
  int height() {
    return height;
  }

  /** Leaves the emulation prevention bytes out (ITU-T H.264 §7.4.1): 00 00 03 stands for 00 00. */
  private int unescape(byte[] buffer, int offset, int length) {
    int written = 0;
    int zeros = 0;
    for (int i = offset; i < offset + length && written < MAX_LENGTH; i++) {
      byte value = buffer[i];
      if (zeros >= 2 && value == 3) {
        zeros = 0;
        continue;
      }
      zeros = value == 0 ? zeros + 1 : 0;
      unescaped[written++] = value;
    }
    return written;
  }

  private static boolean hasChromaFields(int profile) {
    return switch (profile) {
      case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
      default -> false;
    };
  }

  private int chromaFields() {
    int chroma = reader.expGolomb();
    if (chroma == CHROMA_444) {
      // separate_colour_plane_flag
      reader.skip(1);
    }
    // bit_depth_luma_minus8, bit_depth_chroma_minus8, qpprime_y_zero_transform_bypass_flag
    reader.expGolomb();
    reader.expGolomb();
    reader.skip(1);
    if (reader.flag()) {
      int lists = chroma == CHROMA_444 ? 12 : 8;
      for (int list = 0; list < lists; list++) {
        if (reader.flag()) {
          scalingList(list < 6 ? 16 : 64);
        }
      }
    }
    return chroma;
  }

  private void scalingList(int size) {
    int last = 8;
    int next = 8;
    for (int i = 0; i < size && next != 0; i++) {
      next = (last + reader.signedExpGolomb()) & 0xFF;
      last = next == 0 ? last : next;
    }
  }

  private void pictureOrder() {
    int type = reader.expGolomb();
    if (type == 0) {
      // log2_max_pic_order_cnt_lsb_minus4
      reader.expGolomb();
    } else if (type == 1) {
      // delta_pic_order_always_zero_flag and two offsets
      reader.skip(1);
      reader.expGolomb();
      reader.expGolomb();
      int cycle = reader.expGolomb();
      if (!isBelow(cycle, MAX_REFERENCE_CYCLE + 1)) {
        reader.skip(Integer.MAX_VALUE);
        return;
      }
      for (int i = 0; i < cycle; i++) {
        reader.expGolomb();
      }
    }
  }

  /** Takes the cropping off the size (ITU-T H.264 §7.4.2.1.1). */
  private boolean crop(int chroma, boolean framesOnly) {
    if (!reader.flag()) {
      return true;
    }
    int left = reader.expGolomb();
    int right = reader.expGolomb();
    int top = reader.expGolomb();
    int bottom = reader.expGolomb();
    if (!isBelow(left, MAX_DIMENSION)
        || !isBelow(right, MAX_DIMENSION)
        || !isBelow(top, MAX_DIMENSION)
        || !isBelow(bottom, MAX_DIMENSION)) {
      return false;
    }
    boolean halfWidth = chroma != CHROMA_400 && chroma != CHROMA_444;
    int unitAcross = halfWidth ? 2 : 1;
    int unitDown = (chroma == CHROMA_420 ? 2 : 1) * (framesOnly ? 1 : 2);
    width -= unitAcross * (left + right);
    height -= unitDown * (top + bottom);
    return width > 0 && height > 0;
  }

  private static boolean isBelow(int unsigned, int limit) {
    return Integer.compareUnsigned(unsigned, limit) < 0;
  }
}
