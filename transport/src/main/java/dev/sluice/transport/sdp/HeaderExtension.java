package dev.sluice.transport.sdp;

import java.util.Optional;

/**
 * An extmap line (RFC 8285 §5).
 *
 * @param id 1 to 255; 1 to 14 fit the one-byte form
 * @param direction who uses it, as in {@code a=extmap:9/sendonly}; empty when both may
 * @param uri names the extension
 */
public record HeaderExtension(int id, Optional<Direction> direction, String uri) {
  public HeaderExtension {
    if (id < 1 || id > 255) {
      throw new IllegalArgumentException("header extension id %d".formatted(id));
    }
  }
}
