package dev.sluice.rtp.av1;

import dev.sluice.rtp.BitReader;

/**
 * The largest frame size in a sequence header OBU (AV1 bitstream specification §5.5.1). One thread;
 * reusable.
 */
final class SequenceHeader {
  private static final int TIER_FROM_LEVEL = 8;

  private final BitReader reader = new BitReader();
  private int width;
  private int height;

  /**
   * Takes the OBU behind its header.
   *
   * @return false when it is cut off
   */
  boolean read(byte[] buffer, int offset, int length) {
    reader.wrap(buffer, offset, length);
    // seq_profile, still_picture
    reader.skip(4);
    if (reader.flag()) {
      // reduced_still_picture_header: only seq_level_idx
      reader.skip(5);
    } else {
      operatingPoints();
    }
    int widthBits = reader.bits(4) + 1;
    int heightBits = reader.bits(4) + 1;
    width = reader.bits(widthBits) + 1;
    height = reader.bits(heightBits) + 1;
    return !reader.overrun();
  }

  /** In pixels, 1 to 65536. */
  int width() {
    return width;
  }

  /** In pixels, 1 to 65536. */
  int height() {
    return height;
  }

  private void operatingPoints() {
    int delayBits = reader.flag() ? timing() : 0;
    boolean initialDelayPresent = reader.flag();
    int points = reader.bits(5) + 1;
    for (int i = 0; i < points; i++) {
      // operating_point_idc
      reader.skip(12);
      if (reader.bits(5) >= TIER_FROM_LEVEL) {
        // seq_tier
        reader.skip(1);
      }
      if (delayBits > 0 && reader.flag()) {
        // decoder_buffer_delay, encoder_buffer_delay, low_delay_mode_flag
        reader.skip(2 * delayBits + 1);
      }
      if (initialDelayPresent && reader.flag()) {
        // initial_display_delay_minus_1
        reader.skip(4);
      }
    }
  }

  /** Bits of a buffer delay (AV1 §5.5.3, §5.5.4), or 0 when there is no decoder model. */
  private int timing() {
    // num_units_in_display_tick, time_scale
    reader.skip(64);
    if (reader.flag()) {
      // num_ticks_per_picture_minus_1, uvlc() of §4.10.3, coded like Exp-Golomb
      reader.expGolomb();
    }
    if (!reader.flag()) {
      return 0;
    }
    int delayBits = reader.bits(5) + 1;
    // num_units_in_decoding_tick, buffer_removal_time_length, frame_presentation_time_length
    reader.skip(42);
    return delayBits;
  }
}
