package dev.sluice.transport.negotiation;

import java.util.Optional;

/** The profiles of H.264 in use: both sides must have the same one (RFC 6184 §8.2.2). */
enum H264Profile {
  CONSTRAINED_BASELINE,
  BASELINE,
  MAIN,
  CONSTRAINED_HIGH,
  HIGH;

  private static final int IDC_BASELINE = 0x42;
  private static final int IDC_MAIN = 0x4D;
  private static final int IDC_EXTENDED = 0x58;
  private static final int IDC_HIGH = 0x64;

  /**
   * RFC 6184 table 5, and constrained high as in H.264 §A.2.4.2. A profile has several spellings,
   * because one that is a subset of another may be written as the other with a constraint.
   *
   * @param idc the first byte of profile-level-id
   * @param iop the second one: constraint flags
   */
  static Optional<H264Profile> of(int idc, int iop) {
    return switch (idc) {
      case IDC_BASELINE -> flags(iop, 0x0F, 0) ? Optional.of(baseline(iop)) : Optional.empty();
      case IDC_EXTENDED -> flags(iop, 0x8F, 0x80) ? Optional.of(baseline(iop)) : Optional.empty();
      case IDC_MAIN -> {
        if (flags(iop, 0x8F, 0x80)) {
          yield Optional.of(CONSTRAINED_BASELINE);
        }
        yield flags(iop, 0xAF, 0) ? Optional.of(MAIN) : Optional.empty();
      }
      case IDC_HIGH -> {
        if (iop == 0x0C) {
          yield Optional.of(CONSTRAINED_HIGH);
        }
        yield iop == 0 ? Optional.of(HIGH) : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private static H264Profile baseline(int iop) {
    return flags(iop, 0x40, 0x40) ? CONSTRAINED_BASELINE : BASELINE;
  }

  private static boolean flags(int iop, int mask, int expected) {
    return (iop & mask) == expected;
  }
}
