package dev.sluice.rtp.extension;

import java.util.EnumMap;
import java.util.Map;

/**
 * Which id each header extension has in one m-section ({@code a=extmap}). Ids are 1 to 14 in the
 * one-byte form and up to 255 in the two-byte form; browsers give different ids to different
 * m-sections. Immutable.
 */
public final class ExtensionIds {
  private static final ExtensionIds NONE = new ExtensionIds(Map.of());

  private final EnumMap<HeaderExtension, Integer> ids = new EnumMap<>(HeaderExtension.class);

  private ExtensionIds(Map<HeaderExtension, Integer> given) {
    boolean[] taken = new boolean[256];
    given.forEach(
        (extension, id) -> {
          // RFC 8285 §4.2: 15 is reserved in the one-byte form and would end parsing there
          if (id < 1 || id > 255 || id == 15) {
            throw new IllegalArgumentException("id " + id + " of " + extension);
          }
          if (taken[id]) {
            throw new IllegalArgumentException("id " + id + " is used twice: " + given);
          }
          taken[id] = true;
          ids.put(extension, id);
        });
  }

  /** No extension at all. */
  public static ExtensionIds none() {
    return NONE;
  }

  /**
   * The given ids.
   *
   * @throws IllegalArgumentException when an id is 0, 15, above 255 or used twice
   */
  public static ExtensionIds of(Map<HeaderExtension, Integer> ids) {
    return new ExtensionIds(ids);
  }

  /** The id of an extension, or 0 when it was not negotiated. */
  public int id(HeaderExtension extension) {
    return ids.getOrDefault(extension, 0);
  }

  /** Whether an extension was negotiated. */
  public boolean has(HeaderExtension extension) {
    return id(extension) != 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExtensionIds that && ids.equals(that.ids);
  }

  @Override
  public int hashCode() {
    return ids.hashCode();
  }

  @Override
  public String toString() {
    return "ExtensionIds" + ids;
  }
}
