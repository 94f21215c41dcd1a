package dev.sluice.session;

import java.security.interfaces.RSAPublicKey;
import java.time.Instant;

/**
 * A tenant: owner of sessions. Only the public half of its key pair is kept; the private half stays
 * with the application's server.
 */
public record Application(
    ApplicationId id, String name, RSAPublicKey publicKey, Instant createdAt) {}
