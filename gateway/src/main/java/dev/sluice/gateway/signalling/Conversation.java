package dev.sluice.gateway.signalling;

import dev.sluice.gateway.auth.TokenRefusedException;
import dev.sluice.session.ClientToken;
import dev.sluice.session.RefusedException;
import dev.sluice.session.Session;
import dev.sluice.session.SessionError;
import dev.sluice.session.live.LeaveReason;
import dev.sluice.session.live.MediaFaultException;
import dev.sluice.session.live.Participant;
import dev.sluice.session.live.ParticipantListener;
import dev.sluice.session.live.SessionEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The server's side of one socket: from the opening, through {@code connect}, to the end. Used by
 * the socket's own thread alone; the time comes in with each call. Calls block while the domain
 * carries a request out, so events of that time follow the reply.
 */
final class Conversation {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  private final SignallingServices services;
  private final SignallingSettings settings;
  private final Peer peer;
  private final ParticipantListener listener;
  private final TokenBucket messages;
  private final long openedNanos;
  private State state = new State.Waiting();
  private int refusedInARow;
  private long heardNanos;
  private long pingedNanos;

  /** Before, in and after the session. */
  private sealed interface State {
    record Waiting() implements State {}

    record Joined(Participant participant) implements State {}

    record Ended() implements State {}
  }

  /**
   * @param listener takes the events of the session; it hands them on to {@link #onEvent}
   */
  Conversation(
      SignallingServices services,
      SignallingSettings settings,
      Peer peer,
      ParticipantListener listener,
      long nowNanos) {
    this.services = services;
    this.settings = settings;
    this.peer = peer;
    this.listener = listener;
    this.messages =
        new TokenBucket(
            settings.limits().messagesPerSecond(), settings.limits().messagesAtOnce(), nowNanos);
    this.openedNanos = nowNanos;
    this.heardNanos = nowNanos;
    this.pingedNanos = nowNanos;
  }

  boolean joined() {
    return state instanceof State.Joined;
  }

  boolean ended() {
    return state instanceof State.Ended;
  }

  void onText(String text, long nowNanos) {
    Incoming incoming = services.parser().parse(text);
    if (messages.tryTake(nowNanos)) {
      refusedInARow = 0;
      handle(incoming);
      return;
    }
    refusedInARow++;
    switch (incoming) {
      case Incoming.NotThisProtocol _ -> end(CloseCode.NOT_THIS_PROTOCOL);
      case Incoming.Request request -> tooFast(request.id());
      case Incoming.Refused refused -> tooFast(refused.id());
    }
  }

  void onBinary() {
    end(CloseCode.NOT_THIS_PROTOCOL);
  }

  /**
   * The client has shown that it is alive. To be called when its frame has been handled: while a
   * request is carried out nothing is read from it, and that is not its silence.
   */
  void heard(long nowNanos) {
    heardNanos = nowNanos;
  }

  void onEvent(SessionEvent event) {
    if (!joined()) {
      return;
    }
    send(EventMessages.of(event));
    if (event instanceof SessionEvent.Disconnected && joined()) {
      end(CloseCode.NORMAL, LeaveReason.CLIENT_DISCONNECTED);
    }
  }

  /** The socket is gone. */
  void onClosed(int code) {
    boolean left = code == CloseCode.NORMAL.code() || code == CloseCode.STOPPING.code();
    leave(left ? LeaveReason.CLIENT_DISCONNECTED : LeaveReason.NETWORK_DISCONNECTED);
    state = new State.Ended();
  }

  /** Ends what the server has a reason to end. */
  void end(CloseCode code) {
    end(code, LeaveReason.NETWORK_DISCONNECTED);
  }

  /** Carries out what is due; to be called at {@link #nextDeadlineNanos} or later. */
  void onTick(long nowNanos) {
    switch (state) {
      case State.Waiting _ -> {
        if (nowNanos - openedNanos >= settings.timeouts().connect().toNanos()) {
          end(CloseCode.TIMEOUT);
        }
      }
      case State.Joined _ -> {
        if (nowNanos - heardNanos >= settings.timeouts().pingTimeout().toNanos()) {
          end(CloseCode.TIMEOUT);
        } else if (nowNanos - pingedNanos >= settings.timeouts().pingInterval().toNanos()) {
          pingedNanos = nowNanos;
          peer.ping();
        }
      }
      case State.Ended _ -> {}
    }
  }

  long nextDeadlineNanos() {
    if (!joined()) {
      return openedNanos + settings.timeouts().connect().toNanos();
    }
    long silence = heardNanos + settings.timeouts().pingTimeout().toNanos();
    long ping = pingedNanos + settings.timeouts().pingInterval().toNanos();
    return silence - ping < 0 ? silence : ping;
  }

  private void handle(Incoming incoming) {
    switch (incoming) {
      case Incoming.NotThisProtocol _ -> end(CloseCode.NOT_THIS_PROTOCOL);
      case Incoming.Refused refused -> send(Messages.failure(refused.id(), refused.error()));
      case Incoming.Request(long id, SignallingRequest.Connect connect) -> connect(id, connect);
      case Incoming.Request(long id, SignallingRequest.InSession request) -> carryOut(id, request);
    }
  }

  private void connect(long id, SignallingRequest.Connect request) {
    if (joined()) {
      fail(id, ErrorCode.ALREADY_CONNECTED, "This socket has joined its session before");
      return;
    }
    try {
      ClientToken token = services.tokens().authenticate(request.token(), request.sessionId());
      Session session =
          services
              .sessions()
              .find(token.applicationId(), token.sessionId())
              .orElseThrow(() -> new RefusedException(new SessionError.SessionNotFound()));
      Participant participant = services.live().join(token, listener);
      state = new State.Joined(participant);
      peer.limitMessages(settings.limits().messageBytes());
      LOG.debug(
          "{} joined session {} with {}",
          participant.connection().id(),
          session.id(),
          request.client());
      send(Messages.connected(id, participant, session, settings, services.limits()));
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
    LOG.info("A connect was refused: {}", error.code().wireName());
    send(Messages.failure(id, error));
    end(code);
  }

  private void carryOut(long id, SignallingRequest.InSession request) {
    if (!(state instanceof State.Joined(Participant participant))) {
      fail(id, ErrorCode.NOT_CONNECTED, "The first request has to be connect");
      return;
    }
    ObjectNode reply;
    try {
      reply = RequestHandler.handle(participant, id, request);
    } catch (RefusedException e) {
      reply = Messages.failure(id, SignallingError.of(e.error()));
    } catch (MediaFaultException _) {
      reply = Messages.failure(id, SignallingError.internal());
    } catch (RuntimeException e) {
      LOG.error(
          "A {} of connection {} failed",
          request.getClass().getSimpleName(),
          participant.connection().id(),
          e);
      reply = Messages.failure(id, SignallingError.internal());
    }
    send(reply);
    if (request instanceof SignallingRequest.Disconnect) {
      end(CloseCode.NORMAL, LeaveReason.CLIENT_DISCONNECTED);
    }
  }

  private void tooFast(long id) {
    fail(id, ErrorCode.RATE_LIMITED, "Too many messages");
    if (refusedInARow > settings.limits().refusedMessages()) {
      end(CloseCode.TOO_MANY);
    }
  }

  private void fail(long id, ErrorCode code, String message) {
    send(Messages.failure(id, new SignallingError(code, message)));
  }

  private void send(ObjectNode message) {
    if (!ended() && !peer.send(message.toString())) {
      end(CloseCode.TOO_SLOW);
    }
  }

  private void end(CloseCode code, LeaveReason reason) {
    if (ended()) {
      return;
    }
    leave(reason);
    state = new State.Ended();
    peer.close(code);
  }

  private void leave(LeaveReason reason) {
    if (!(state instanceof State.Joined(Participant participant))) {
      return;
    }
    try {
      participant.leave(reason);
    } catch (MediaFaultException _) {
      LOG.debug("The media of connection {} failed to end", participant.connection().id());
    } catch (RuntimeException e) {
      LOG.error("Leaving of connection {} failed", participant.connection().id(), e);
    }
  }
}
