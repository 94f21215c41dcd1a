package dev.sluice.gateway.signalling;

import dev.sluice.gateway.auth.ClientTokens;
import dev.sluice.session.SessionLimits;
import dev.sluice.session.Sessions;
import dev.sluice.session.live.LiveSessions;

/** What every conversation needs. */
record SignallingServices(
    ClientTokens tokens,
    Sessions sessions,
    LiveSessions live,
    SessionLimits limits,
    RequestParser parser) {}
