package dev.sluice.rtp;

import java.util.HexFormat;

/** Packets written down in tests: hexadecimal digits with spaces wherever they help the reader. */
public final class HexBytes {
  private HexBytes() {}

  public static byte[] of(String... hex) {
    return HexFormat.of().parseHex(String.join("", hex).replace(" ", ""));
  }
}
