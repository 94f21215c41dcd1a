package dev.sluice.gateway;

import dev.sluice.session.SessionLimits;
import dev.sluice.session.live.LiveSessions;
import dev.sluice.session.registry.Sessions;
import dev.sluice.session.store.ApplicationRepository;
import java.time.InstantSource;

/** What the front doors lead to. The gateway closes none of it. */
public record GatewayServices(
    ApplicationRepository applications,
    Sessions sessions,
    LiveSessions live,
    SessionLimits limits,
    InstantSource clock) {}
