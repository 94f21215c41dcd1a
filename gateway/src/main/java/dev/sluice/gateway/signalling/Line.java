package dev.sluice.gateway.signalling;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An inbox and the virtual thread that empties it: first into the {@link Entrance} of a socket,
 * then into the {@link Conversation} of the connection that was made there, also after that socket
 * is gone. The line of a socket that resumes ends when it has handed the socket over.
 */
final class Line {
  private static final Logger LOG = LoggerFactory.getLogger(Line.class);

  private final SignallingServices services;
  private final SignallingSettings settings;
  private final Lines lines;
  private final LongSupplier nanoClock;
  private final Inbox inbox;

  Line(
      SignallingServices services,
      SignallingSettings settings,
      Lines lines,
      LongSupplier nanoClock) {
    this.services = services;
    this.settings = settings;
    this.lines = lines;
    this.nanoClock = nanoClock;
    this.inbox = new Inbox(settings.limits().queuedMessages());
  }

  /** A socket that moves from one line to another. */
  interface MovingSocket {
    /** Puts the request and what follows it into the other inbox; false when that is closed. */
    boolean moveTo(Inbox other, Input.Resume request);
  }

  Inbox inbox() {
    return inbox;
  }

  /** Runs until the connection has ended, or the socket without one. */
  void run(Peer peer, MovingSocket socket) {
    Entrance entrance =
        new Entrance(services, settings, peer, inbox::addEvent, nanoClock.getAsLong());
    try {
      enter(entrance);
      switch (entrance.state()) {
        case Entrance.State.Joined joined -> converse(joined);
        case Entrance.State.Resuming(long id, SignallingRequest.Resume request) ->
            handOver(socket, new Input.Resume(peer, id, request));
        case Entrance.State.Waiting _, Entrance.State.Ended _ -> {}
      }
    } catch (InterruptedException e) {
      LOG.warn("A signalling line's thread was interrupted");
    } catch (RuntimeException e) {
      LOG.error("A signalling line's thread failed", e);
    } finally {
      // Whatever went wrong, an Error too: nobody must stay behind.
      entrance.end(CloseCode.INTERNAL);
      if (entrance.state() instanceof Entrance.State.Joined joined) {
        joined.conversation().end(CloseCode.INTERNAL);
        lines.left(joined.conversation().id());
      }
      inbox.close().forEach(Line::leftOver);
      lines.ended(this);
    }
  }

  private void enter(Entrance entrance) throws InterruptedException {
    while (entrance.state() instanceof Entrance.State.Waiting) {
      long nowNanos = nanoClock.getAsLong();
      Input input = inbox.poll(entrance.nextDeadlineNanos() - nowNanos);
      if (input != null) {
        handle(entrance, input);
      }
      // A client that keeps talking must not keep the ticks away.
      entrance.onTick(nanoClock.getAsLong());
    }
  }

  private void handle(Entrance entrance, Input input) {
    switch (input) {
      case Input.Text(Peer _, String text) -> entrance.onText(text, nanoClock.getAsLong());
      case Input.Binary _ -> entrance.end(CloseCode.NOT_THIS_PROTOCOL);
      case Input.TooLarge _ -> entrance.end(CloseCode.TOO_LARGE);
      case Input.Closed _ -> entrance.onClosed();
      case Input.Stop _ -> entrance.end(CloseCode.STOPPING);
      case Input.Pong _, Input.Resume _, Input.Event _, Input.TooManyEvents _ -> {}
    }
    // The frame that resumes has not been handled yet.
    if (input instanceof Input.Frame frame
        && !(entrance.state() instanceof Entrance.State.Resuming)) {
      frame.from().demand();
    }
  }

  private void converse(Entrance.State.Joined joined) throws InterruptedException {
    Conversation conversation = joined.conversation();
    // Before the client has the token that it may resume with.
    lines.joined(conversation.id(), this);
    conversation.welcome(joined.id(), joined.session());
    while (!conversation.ended()) {
      long nowNanos = nanoClock.getAsLong();
      Input input = inbox.poll(conversation.nextDeadlineNanos() - nowNanos);
      if (input != null) {
        handle(conversation, input, nanoClock.getAsLong());
      }
      if (input instanceof Input.Frame frame) {
        conversation.heard(frame.from(), nanoClock.getAsLong());
        frame.from().demand();
      }
      conversation.onTick(nanoClock.getAsLong());
    }
  }

  private static void handle(Conversation conversation, Input input, long nowNanos) {
    switch (input) {
      case Input.Text(Peer from, String text) -> conversation.onText(from, text, nowNanos);
      case Input.Binary(Peer from) -> conversation.onOffence(from, CloseCode.NOT_THIS_PROTOCOL);
      case Input.TooLarge(Peer from) -> conversation.onOffence(from, CloseCode.TOO_LARGE);
      case Input.Pong _ -> {} // The loop notes that the client was heard.
      case Input.Resume(Peer from, long id, SignallingRequest.Resume request) ->
          conversation.onResume(from, id, request, nowNanos);
      case Input.Closed(Peer from, int code) -> conversation.onClosed(from, code, nowNanos);
      case Input.Event(var event) -> conversation.onEvent(event);
      case Input.TooManyEvents _ -> conversation.end(CloseCode.TOO_SLOW);
      case Input.Stop _ -> conversation.end(CloseCode.STOPPING);
    }
  }

  private void handOver(MovingSocket socket, Input.Resume request) {
    boolean moved =
        lines
            .find(request.request().connectionId())
            .filter(other -> socket.moveTo(other.inbox(), request))
            .isPresent();
    if (!moved) {
      leftOver(request);
    }
  }

  // What came too late for this line: the sockets have to be able to close.
  private static void leftOver(Input input) {
    if (input instanceof Input.Resume(Peer from, long id, var _)) {
      Conversation.refuseResume(from, id);
    }
    if (input instanceof Input.Frame frame) {
      frame.from().demand();
    }
  }
}
