package dev.sluice.gateway.signalling;

import dev.sluice.gateway.auth.ClientTokens;
import dev.sluice.session.SessionLimits;
import dev.sluice.session.live.LiveSessions;
import dev.sluice.session.registry.Sessions;

/** What every conversation needs. */
record SignallingServices(
    ClientTokens tokens,
    Sessions sessions,
    LiveSessions live,
    SessionLimits limits,
    RequestParser parser) {}
