package dev.sluice.simulation.media;

import dev.sluice.rtp.extension.ExtensionIds;
import dev.sluice.rtp.extension.HeaderExtension;
import java.util.Map;

/** Payload types and header extensions, the same for everybody. */
public final class Formats {
  public static final int OPUS = 111;
  public static final int RED = 63;
  public static final int VP8 = 96;
  public static final int RTX = 97;

  public static final int AUDIO_CLOCK_HZ = 48_000;
  public static final int VIDEO_CLOCK_HZ = 90_000;

  public static final String AUDIO_MID = "0";
  public static final String VIDEO_MID = "1";

  /** In a publisher's packets. */
  public static final ExtensionIds PUBLISHED =
      ExtensionIds.of(
          Map.of(
              HeaderExtension.AUDIO_LEVEL, 1,
              HeaderExtension.TRANSPORT_WIDE_CC, 3,
              HeaderExtension.MID, 4,
              HeaderExtension.RID, 10,
              HeaderExtension.REPAIRED_RID, 11));

  /** In what a subscriber gets. */
  public static final ExtensionIds SUBSCRIBED =
      ExtensionIds.of(
          Map.of(HeaderExtension.ABS_SEND_TIME, 2, HeaderExtension.TRANSPORT_WIDE_CC, 3));

  private Formats() {}
}
