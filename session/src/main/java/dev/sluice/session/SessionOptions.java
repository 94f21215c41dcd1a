package dev.sluice.session;

import java.util.Optional;

/**
 * What an application's server asks of a new session. Recording from the start and end-to-end
 * encryption need the Media Router, so they exist in routed sessions only.
 *
 * @param location an IP address near the people who will connect
 */
public record SessionOptions(
    MediaMode mediaMode,
    ArchiveMode archiveMode,
    Optional<String> location,
    boolean endToEndEncrypted) {
  /** Routed, recorded on request, not encrypted end to end. */
  public static final SessionOptions DEFAULT =
      new SessionOptions(MediaMode.ROUTED, ArchiveMode.MANUAL, Optional.empty(), false);

  public SessionOptions {
    if (mediaMode == MediaMode.RELAYED && archiveMode == ArchiveMode.ALWAYS) {
      throw new IllegalArgumentException("archive mode always needs a routed session");
    }
    if (mediaMode == MediaMode.RELAYED && endToEndEncrypted) {
      throw new IllegalArgumentException("end-to-end encryption needs a routed session");
    }
  }
}
