package dev.sluice.gateway.signalling;

import dev.sluice.gateway.auth.TokenRefusedException;
import dev.sluice.session.ClientToken;
import dev.sluice.session.RefusedException;
import dev.sluice.session.Session;
import dev.sluice.session.SessionError;
import dev.sluice.session.live.Participant;
import dev.sluice.session.live.ParticipantListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket before it belongs to a connection: waits for {@code connect} or {@code resume}. Used by
 * the socket's own thread alone; the time comes in with each call. Calls block while the domain
 * lets the client in.
 */
final class Entrance {
  private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

  private final SignallingServices services;
  private final SignallingSettings settings;
  private final Peer peer;
  private final ParticipantListener listener;
  private final MessagePace pace;
  private final long openedNanos;
  private State state = new State.Waiting();

  /** What became of the socket. */
  sealed interface State {
    record Waiting() implements State {}

    /** The connection is there and its client has not been told yet. */
    record Joined(Conversation conversation, long id, Session session) implements State {}

    record Resuming(long id, SignallingRequest.Resume request) implements State {}

    record Ended() implements State {}
  }

  /**
   * @param listener takes the events of the session; it hands them on to {@link
   *     Conversation#onEvent}
   */
  Entrance(
      SignallingServices services,
      SignallingSettings settings,
      Peer peer,
      ParticipantListener listener,
      long nowNanos) {
    this.services = services;
    this.settings = settings;
    this.peer = peer;
    this.listener = listener;
    this.pace = new MessagePace(settings.limits(), nowNanos);
    this.openedNanos = nowNanos;
  }

  State state() {
    return state;
  }

  void onText(String text, long nowNanos) {
    Incoming incoming = services.parser().parse(text);
    boolean admitted = pace.admits(nowNanos);
    switch (incoming) {
      case Incoming.NotThisProtocol _ -> end(CloseCode.NOT_THIS_PROTOCOL);
      case Incoming.Refused refused when admitted -> fail(refused.id(), refused.error());
      case Incoming.Request request when admitted -> handle(request, nowNanos);
      case Incoming.Refused refused -> tooFast(refused.id());
      case Incoming.Request request -> tooFast(request.id());
    }
  }

  /** The socket is gone. */
  void onClosed() {
    state = new State.Ended();
  }

  /** Carries out what is due; to be called at {@link #nextDeadlineNanos} or later. */
  void onTick(long nowNanos) {
    if (nowNanos - nextDeadlineNanos() >= 0) {
      end(CloseCode.TIMEOUT);
    }
  }

  long nextDeadlineNanos() {
    return openedNanos + settings.timeouts().connect().toNanos();
  }

  /** Ends what the server has a reason to end. */
  void end(CloseCode code) {
    if (state instanceof State.Waiting) {
      state = new State.Ended();
      peer.close(code);
    }
  }

  private void handle(Incoming.Request incoming, long nowNanos) {
    switch (incoming.request()) {
      case SignallingRequest.Connect request -> connect(incoming.id(), request, nowNanos);
      case SignallingRequest.Resume request -> state = new State.Resuming(incoming.id(), request);
      case SignallingRequest.InSession _ ->
          fail(
              incoming.id(),
              new SignallingError(
                  ErrorCode.NOT_CONNECTED, "The first request has to be connect or resume"));
    }
  }

  private void connect(long id, SignallingRequest.Connect request, long nowNanos) {
    try {
      ClientToken token = services.tokens().authenticate(request.token(), request.sessionId());
      Session session =
          services
              .sessions()
              .find(token.applicationId(), token.sessionId())
              .orElseThrow(() -> new RefusedException(new SessionError.SessionNotFound()));
      Participant participant = services.live().join(token, listener);
      state =
          new State.Joined(
              new Conversation(services, settings, participant, pace, id, peer, nowNanos),
              id,
              session);
      LOG.debug(
          "{} joined session {} with {}",
          participant.connection().id(),
          session.id(),
          request.client());
    } catch (TokenRefusedException e) {
      refuse(
          id,
          new SignallingError(ErrorCode.AUTHENTICATION_FAILED, e.fault().message()),
          CloseCode.AUTHENTICATION_FAILED);
    } catch (RefusedException e) {
      refuse(id, SignallingError.of(e.error()), closeCode(e.error()));
    } catch (RuntimeException e) {
      LOG.error("Joining session {} failed", request.sessionId(), e);
      refuse(id, SignallingError.internal(), CloseCode.INTERNAL);
    }
  }

  private static CloseCode closeCode(SessionError error) {
    return switch (error) {
      case SessionError.SessionNotFound _ -> CloseCode.SESSION_NOT_FOUND;
      case SessionError.LimitReached _ -> CloseCode.TOO_MANY;
      // A join is not refused with these; should it be, there is no session to stay for.
      case SessionError.ConnectionNotFound _,
          SessionError.StreamNotFound _,
          SessionError.SubscriptionNotFound _,
          SessionError.PermissionDenied _,
          SessionError.InvalidSignalType _,
          SessionError.SignalTooLarge _,
          SessionError.InvalidSdp _,
          SessionError.UnsupportedMedia _,
          SessionError.StaleRevision _ ->
          CloseCode.INTERNAL;
    };
  }

  private void refuse(long id, SignallingError error, CloseCode code) {
    // Anybody can have as many of these as they like.
    LOG.debug("A connect was refused: {}", error.code().wireName());
    fail(id, error);
    end(code);
  }

  private void tooFast(long id) {
    fail(id, SignallingError.tooFast());
    if (pace.ignored()) {
      end(CloseCode.TOO_MANY);
    }
  }

  private void fail(long id, SignallingError error) {
    if (!peer.send(Messages.failure(id, error).toString())) {
      end(CloseCode.TOO_SLOW);
    }
  }
}
