package dev.sluice.session;

import java.time.Instant;
import java.util.Optional;

/**
 * The room, as created over REST. It never expires and has no media until somebody connects.
 *
 * @param location the representative IP address that the creator gave
 */
public record Session(
    SessionId id,
    ApplicationId applicationId,
    MediaMode mediaMode,
    ArchiveMode archiveMode,
    Optional<String> location,
    boolean endToEndEncrypted,
    Instant createdAt) {}
