package dev.sluice.gateway.signalling;

import dev.sluice.session.ConnectionId;
import dev.sluice.session.Session;
import dev.sluice.session.live.LeaveReason;
import dev.sluice.session.live.MediaFaultException;
import dev.sluice.session.live.Participant;
import dev.sluice.session.live.SessionEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The server's side of one connection, from its {@code connect} to its end; it outlives a lost
 * socket and goes on with the one that resumes it. Used by the connection's own thread alone; the
 * time comes in with each call. Calls block while the domain carries a request out, so events of
 * that time follow the reply.
 */
final class Conversation {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  private final SignallingServices services;
  private final SignallingSettings settings;
  private final Participant participant;
  private final MessagePace pace;
  private final Outbox outbox;
  private final ResumeTokens tokens;
  private State state;
  private long receivedId;
  private long heardNanos;
  private long pingedNanos;

  /** With a socket, without one for now, and over. */
  private sealed interface State {
    record Attached(Peer peer) implements State {}

    record Absent(long sinceNanos) implements State {}

    record Ended() implements State {}
  }

  /**
   * @param pace goes on from before the connection, and over its sockets
   * @param connectId the {@code id} of the connect request
   */
  Conversation(
      SignallingServices services,
      SignallingSettings settings,
      Participant participant,
      MessagePace pace,
      long connectId,
      Peer peer,
      long nowNanos) {
    this.services = services;
    this.settings = settings;
    this.participant = participant;
    this.pace = pace;
    this.outbox = new Outbox(settings.limits());
    this.tokens = new ResumeTokens(services.random());
    this.receivedId = connectId;
    this.state = new State.Attached(peer);
    this.heardNanos = nowNanos;
    this.pingedNanos = nowNanos;
  }

  ConnectionId id() {
    return participant.connection().id();
  }

  boolean ended() {
    return state instanceof State.Ended;
  }

  /** Replies to {@code connect}; the first message of all. */
  void welcome(long id, Session session) {
    if (!(state instanceof State.Attached(Peer peer))) {
      return;
    }
    peer.admit();
    ObjectNode reply =
        Messages.connected(
            id,
            participant,
            session,
            services.live().videoCodecs(),
            tokens.current(),
            settings,
            services.limits());
    if (!peer.send(reply.toString())) {
      end(CloseCode.TOO_SLOW);
    }
  }

  void onText(Peer from, String text, long nowNanos) {
    if (!isCurrent(from)) {
      return;
    }
    switch (services.parser().parse(text)) {
      case Incoming.NotThisProtocol _ -> end(CloseCode.NOT_THIS_PROTOCOL);
      case Incoming.Refused refused -> {
        if (takes(refused.id(), nowNanos)) {
          send(Messages.failure(refused.id(), refused.error()));
        }
      }
      case Incoming.Request(long id, SignallingRequest request) -> {
        if (takes(id, nowNanos)) {
          handle(id, request);
        }
      }
    }
  }

  /** The client has sent what no client may send; a resume would not make it better. */
  void onOffence(Peer from, CloseCode code) {
    if (isCurrent(from)) {
      end(code);
    }
  }

  /**
   * The client has shown that it is alive. To be called when its frame has been handled: while a
   * request is carried out nothing is read from it, and that is not its silence.
   */
  void heard(Peer from, long nowNanos) {
    if (isCurrent(from)) {
      heardNanos = nowNanos;
    }
  }

  /** Another socket wants to go on with this connection. */
  void onResume(Peer by, long id, SignallingRequest.Resume request, long nowNanos) {
    if (!tokens.accepts(request.token())) {
      refuseResume(by, id);
      return;
    }
    if (!outbox.canContinueAfter(request.seq())) {
      refuseResume(by, id);
      end(CloseCode.RESUME_FAILED);
      return;
    }
    switch (state) {
      case State.Attached(Peer old) -> old.close(CloseCode.TAKEN_OVER);
      case State.Absent _ -> services.absences().release();
      case State.Ended _ -> throw new IllegalStateException("resumed after its end");
    }
    state = new State.Attached(by);
    heardNanos = nowNanos;
    pingedNanos = nowNanos;
    tokens.use(request.token());
    outbox.handled(request.seq());
    by.admit();
    if (by.send(Messages.resumed(id, tokens.current(), settings, receivedId).toString())) {
      by.sendKept(outbox.resend());
    } else {
      end(CloseCode.TOO_SLOW);
    }
    LOG.debug("{} resumed", id());
  }

  /** Answers a resume that names a connection that is not there, or shows nothing for it. */
  static void refuseResume(Peer by, long id) {
    // Whatever the client reads of it, the close code says the same.
    boolean told = by.send(Messages.failure(id, SignallingError.resumeFailed()).toString());
    LOG.debug("A resume was refused{}", told ? "" : ", unheard");
    by.close(CloseCode.RESUME_FAILED);
  }

  void onEvent(SessionEvent event) {
    send(EventMessages.of(event));
    if (event instanceof SessionEvent.Disconnected) {
      end(CloseCode.NORMAL, LeaveReason.CLIENT_DISCONNECTED);
    }
  }

  /** A socket is gone. */
  void onClosed(Peer from, int code, long nowNanos) {
    if (!isCurrent(from)) {
      return;
    }
    if (code == CloseCode.NORMAL.code() || code == CloseCode.STOPPING.code()) {
      leave(LeaveReason.CLIENT_DISCONNECTED);
    } else if (code == CloseCode.TOO_LARGE.code()) {
      // It would come again after a resume.
      leave(LeaveReason.NETWORK_DISCONNECTED);
    } else {
      lost(nowNanos);
    }
  }

  /** Ends what the server has a reason to end. */
  void end(CloseCode code) {
    end(code, LeaveReason.NETWORK_DISCONNECTED);
  }

  /** Carries out what is due; to be called at {@link #nextDeadlineNanos} or later. */
  void onTick(long nowNanos) {
    switch (state) {
      case State.Attached(Peer peer) -> {
        if (nowNanos - heardNanos >= settings.timeouts().pingTimeout().toNanos()) {
          peer.close(CloseCode.TIMEOUT);
          lost(nowNanos);
        } else if (nowNanos - pingedNanos >= settings.timeouts().pingInterval().toNanos()) {
          pingedNanos = nowNanos;
          peer.ping();
        }
      }
      case State.Absent(long sinceNanos) -> {
        if (nowNanos - sinceNanos >= settings.timeouts().resume().toNanos()) {
          end(CloseCode.TIMEOUT);
        }
      }
      case State.Ended _ -> {}
    }
  }

  /** Of a conversation that has not ended. */
  long nextDeadlineNanos() {
    if (state instanceof State.Absent(long sinceNanos)) {
      return sinceNanos + settings.timeouts().resume().toNanos();
    }
    long silence = heardNanos + settings.timeouts().pingTimeout().toNanos();
    long ping = pingedNanos + settings.timeouts().pingInterval().toNanos();
    return silence - ping < 0 ? silence : ping;
  }

  private boolean isCurrent(Peer from) {
    return state instanceof State.Attached(Peer peer) && peer.equals(from);
  }

  /** False when the message is not to be carried out; then it has been replied to. */
  private boolean takes(long id, long nowNanos) {
    tokens.arrived();
    if (!pace.admits(nowNanos)) {
      receivedId = Math.max(receivedId, id);
      send(Messages.failure(id, SignallingError.tooFast()));
      if (pace.ignored()) {
        end(CloseCode.TOO_MANY);
      }
      return false;
    }
    if (id <= receivedId) {
      fail(id, ErrorCode.BAD_REQUEST, "The id must be larger than the last one, " + receivedId);
      return false;
    }
    receivedId = id;
    return true;
  }

  private void handle(long id, SignallingRequest request) {
    switch (request) {
      case SignallingRequest.Connect _, SignallingRequest.Resume _ ->
          fail(id, ErrorCode.ALREADY_CONNECTED, "This socket has joined its session before");
      case SignallingRequest.InSession inSession -> carryOut(id, inSession);
    }
  }

  private void carryOut(long id, SignallingRequest.InSession request) {
    if (request instanceof SignallingRequest.Ping ping) {
      ping.seq().ifPresent(outbox::handled);
    }
    send(RequestHandler.answer(participant, id, request));
    if (request instanceof SignallingRequest.Disconnect) {
      end(CloseCode.NORMAL, LeaveReason.CLIENT_DISCONNECTED);
    }
  }

  private void fail(long id, ErrorCode code, String message) {
    send(Messages.failure(id, new SignallingError(code, message)));
  }

  private void send(ObjectNode message) {
    switch (state) {
      case State.Attached(Peer peer) -> {
        if (!peer.send(outbox.send(message))) {
          end(CloseCode.TOO_SLOW);
        }
      }
      case State.Absent _ -> {
        if (!outbox.keep(message)) {
          LOG.debug("{} was away for too many frames", id());
          end(CloseCode.TOO_SLOW);
        }
      }
      case State.Ended _ -> {}
    }
  }

  /** The socket is lost: the connection waits for its client, if it may. */
  private void lost(long nowNanos) {
    if (!settings.timeouts().resume().isPositive() || !services.absences().tryAcquire()) {
      leave(LeaveReason.NETWORK_DISCONNECTED);
      return;
    }
    state = new State.Absent(nowNanos);
    LOG.debug("{} lost its socket", id());
  }

  private void end(CloseCode code, LeaveReason reason) {
    State before = state;
    if (before instanceof State.Ended) {
      return;
    }
    leave(reason);
    switch (before) {
      case State.Attached(Peer peer) -> peer.close(code);
      case State.Absent _ -> services.absences().release();
      case State.Ended _ -> {}
    }
  }

  private void leave(LeaveReason reason) {
    state = new State.Ended();
    try {
      participant.leave(reason);
    } catch (MediaFaultException _) {
      LOG.debug("The media of connection {} failed to end", id());
    } catch (RuntimeException e) {
      LOG.error("Leaving of connection {} failed", id(), e);
    }
  }
}
