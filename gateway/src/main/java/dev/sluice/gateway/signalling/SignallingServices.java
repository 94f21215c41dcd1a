package dev.sluice.gateway.signalling;

import dev.sluice.gateway.auth.ClientTokens;
import dev.sluice.session.SessionLimits;
import dev.sluice.session.live.LiveSessions;
import dev.sluice.session.registry.Sessions;
import java.security.SecureRandom;
import java.util.concurrent.Semaphore;

/**
 * What every conversation needs.
 *
 * @param absences a permit for each connection that waits for its client
 */
record SignallingServices(
    ClientTokens tokens,
    Sessions sessions,
    LiveSessions live,
    SessionLimits limits,
    RequestParser parser,
    SecureRandom random,
    Semaphore absences) {}
