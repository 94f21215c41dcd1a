package dev.sluice.gateway.signalling;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket: it puts what comes in into the inbox of its {@link Line}, after a resume into that
 * of another one. A frame is demanded from the web server only when the last one has been handled,
 * so what a client can make us hold is one message. Public for the web server, which calls it by
 * method handles.
 */
public final class SignallingSocket implements Session.Listener, Line.MovingSocket {
  private static final Logger LOG = LoggerFactory.getLogger(SignallingSocket.class);

  private final Line line;
  private final Lines lines;
  private final SignallingSettings settings;
  private final SignallingSockets sockets;
  private final SourceAddress source;
  private final ReentrantLock moving = new ReentrantLock();
  private final MessageParts parts = new MessageParts();
  private Inbox inbox;
  private @Nullable SocketPeer peer;

  SignallingSocket(
      Line line,
      Lines lines,
      SignallingSettings settings,
      SignallingSockets sockets,
      SourceAddress source) {
    this.line = line;
    this.lines = lines;
    this.settings = settings;
    this.sockets = sockets;
    this.source = source;
    this.inbox = line.inbox();
  }

  @Override
  public void onWebSocketOpen(Session session) {
    SocketPeer opened = new SocketPeer(session, settings, sockets::doneWaiting);
    peer = opened;
    sockets.opened(opened, source);
    Thread thread = Thread.ofVirtual().name("signalling").unstarted(() -> line.run(opened, this));
    lines.started(line, thread);
    thread.start();
    session.demand();
  }

  // In parts, because the web server's own limit cuts the connection while the client still sends,
  // and the reset that follows overtakes the close code. An endless message ends by the timeouts.
  @Override
  public void onWebSocketPartialText(String part, boolean last) {
    switch (parts.add(part, last, peer().maxMessageBytes())) {
      case MessageParts.Progress.Whole(String text) -> deliver(new Input.Text(peer(), text));
      case MessageParts.Progress.TooLarge _ -> deliver(new Input.TooLarge(peer()));
      case MessageParts.Progress.More _ -> peer().demand();
    }
  }

  @Override
  public void onWebSocketPartialBinary(ByteBuffer payload, boolean last, Callback callback) {
    callback.succeed();
    deliver(new Input.Binary(peer()));
  }

  @Override
  public void onWebSocketPong(ByteBuffer payload) {
    deliver(new Input.Pong(peer()));
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    // The close that follows is what matters; the cause is mostly a client that went away.
    LOG.debug("A signalling socket failed: {}", cause.toString());
  }

  @Override
  public void onWebSocketClose(int code, String reason, Callback callback) {
    callback.succeed();
    peer().gone();
    sockets.closed(peer());
    deliver(new Input.Closed(peer(), code));
  }

  @Override
  public boolean moveTo(Inbox other, Input.Resume request) {
    moving.lock();
    try {
      if (!other.add(request)) {
        return false;
      }
      // What came after the request follows it. Should the other line just have closed, the
      // request's refusal has closed the socket, and nothing of this matters any more.
      inbox.drain().forEach(other::add);
      inbox = other;
      return true;
    } finally {
      moving.unlock();
    }
  }

  private void deliver(Input input) {
    moving.lock();
    try {
      if (!inbox.add(input) && input instanceof Input.Frame frame) {
        // Nobody listens any more; reading on finds the client's half of the closing handshake.
        frame.from().demand();
      }
    } finally {
      moving.unlock();
    }
  }

  private SocketPeer peer() {
    return Objects.requireNonNull(peer, "an event of a socket before its opening");
  }
}
