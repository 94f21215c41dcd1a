package dev.sluice.router.worker;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

final class Stun {
  private Stun() {}

  static boolean isStun(byte[] b, int o, int l) {
    return l >= 20 && (b[o] & 0xC0) == 0 && b[o + 4] == 0x21 && b[o + 5] == 0x12;
  }

  static Optional<String> localUfrag(byte[] b, int o, int l) {
    int p = o + 20;
    while (p + 4 <= o + l) {
      int t = (b[p] & 255) << 8 | (b[p + 1] & 255);
      int n = (b[p + 2] & 255) << 8 | (b[p + 3] & 255);
      if (p + 4 + n > o + l) {
        return Optional.empty();
      }
      if (t == 6) {
        String s = new String(b, p + 4, n, StandardCharsets.UTF_8);
        int c = s.indexOf(':');
        return c > 0 ? Optional.of(s.substring(0, c)) : Optional.empty();
      }
      p += 4 + (n + 3) / 4 * 4;
    }
    return Optional.empty();
  }
}
