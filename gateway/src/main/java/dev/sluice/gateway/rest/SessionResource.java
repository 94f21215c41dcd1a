package dev.sluice.gateway.rest;

import dev.sluice.gateway.http.ApiErrorException;
import dev.sluice.gateway.http.HttpAnswer;
import dev.sluice.gateway.http.HttpCall;
import dev.sluice.session.ApplicationId;
import dev.sluice.session.Session;
import dev.sluice.session.registry.Sessions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code POST /session/create}. */
final class SessionResource {
  /** As the Vonage Video API writes it: {@code Sun Sep 15 21:56:28 UTC 2024}. */
  private static final DateTimeFormatter CREATED =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' uuuu", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Caller caller;
  private final Sessions sessions;

  SessionResource(Caller caller, Sessions sessions) {
    this.caller = caller;
    this.sessions = sessions;
  }

  HttpAnswer create(HttpCall call) throws ApiErrorException {
    ApplicationId application = caller.identify(call);
    Session session = sessions.create(application, SessionForm.read(call));
    String applicationId = application.toString();
    // An array of one, and the same id under each of the names that SDKs read.
    return HttpAnswer.json(
        200,
        List.of(
            Map.of(
                "session_id",
                session.id().value(),
                "application_id",
                applicationId,
                "project_id",
                applicationId,
                "partner_id",
                applicationId,
                "create_dt",
                CREATED.format(session.createdAt()),
                "media_server_url",
                "")));
  }
}
