package dev.sluice.gateway.signalling;

import dev.sluice.session.live.SessionEvent;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket: an inbox and a virtual thread that empties it into a {@link Conversation}. A frame
 * is demanded from the web server only when the last one has been handled, so what a client can
 * make us hold is one message; the events of its session are counted. Public for the web server,
 * which calls it by method handles.
 */
public final class SignallingSocket implements Session.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(SignallingSocket.class);

  private final SignallingServices services;
  private final SignallingSettings settings;
  private final SignallingSockets sockets;
  private final LongSupplier nanoClock;
  private final BlockingQueue<Input> inbox = new LinkedBlockingQueue<>();
  private final AtomicInteger waitingEvents = new AtomicInteger();

  private sealed interface Input {
    record Text(String text) implements Input {}

    record Binary() implements Input {}

    record Pong() implements Input {}

    record Event(SessionEvent event) implements Input {}

    record TooManyEvents() implements Input {}

    record Stop() implements Input {}

    record Closed(int code) implements Input {}
  }

  SignallingSocket(
      SignallingServices services,
      SignallingSettings settings,
      SignallingSockets sockets,
      LongSupplier nanoClock) {
    this.services = services;
    this.settings = settings;
    this.sockets = sockets;
    this.nanoClock = nanoClock;
  }

  @Override
  public void onWebSocketOpen(Session session) {
    Thread thread = Thread.ofVirtual().name("signalling").unstarted(() -> run(session));
    sockets.opened(this, thread);
    thread.start();
    session.demand();
  }

  @Override
  public void onWebSocketText(String text) {
    inbox.add(new Input.Text(text));
  }

  @Override
  public void onWebSocketPartialBinary(ByteBuffer payload, boolean last, Callback callback) {
    callback.succeed();
    inbox.add(new Input.Binary());
  }

  @Override
  public void onWebSocketPong(ByteBuffer payload) {
    inbox.add(new Input.Pong());
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    // The close that follows is what matters; the cause is mostly a client that went away.
    LOG.debug("A signalling socket failed: {}", cause.toString());
  }

  @Override
  public void onWebSocketClose(int code, String reason, Callback callback) {
    callback.succeed();
    inbox.add(new Input.Closed(code));
  }

  /** Closes the socket because the server stops; any thread. */
  void stop() {
    inbox.add(new Input.Stop());
  }

  private void enqueue(SessionEvent event) {
    int waiting = waitingEvents.incrementAndGet();
    if (waiting <= settings.limits().queuedMessages()) {
      inbox.add(new Input.Event(event));
    } else if (waiting == settings.limits().queuedMessages() + 1) {
      inbox.add(new Input.TooManyEvents());
    }
  }

  private void run(Session session) {
    Conversation conversation =
        new Conversation(
            services,
            settings,
            new SocketPeer(session, settings),
            this::enqueue,
            nanoClock.getAsLong());
    boolean closed = false;
    try {
      closed = converse(session, conversation);
    } catch (InterruptedException e) {
      LOG.warn("A signalling socket's thread was interrupted");
    } catch (RuntimeException e) {
      LOG.error("A signalling socket's thread failed", e);
    } finally {
      // Whatever went wrong, an Error too: its participant must not stay behind.
      conversation.end(CloseCode.INTERNAL);
      sockets.closed(this);
      if (!closed) {
        session.disconnect();
      }
    }
  }

  /** True when the socket is closed, false when that did not happen in time. */
  private boolean converse(Session session, Conversation conversation) throws InterruptedException {
    while (!conversation.ended()) {
      long nowNanos = nanoClock.getAsLong();
      Input input = inbox.poll(conversation.nextDeadlineNanos() - nowNanos, TimeUnit.NANOSECONDS);
      nowNanos = nanoClock.getAsLong();
      if (input == null) {
        conversation.onTick(nowNanos);
      } else if (handle(conversation, input, nowNanos)) {
        return true;
      } else {
        if (isFrame(input)) {
          conversation.heard(nanoClock.getAsLong());
          session.demand();
        }
        // A client that keeps talking must not keep the ticks away.
        conversation.onTick(nanoClock.getAsLong());
      }
      if (conversation.joined()) {
        sockets.joined(this);
      }
    }
    return awaitClose(session);
  }

  /** True when the socket is gone. */
  private boolean handle(Conversation conversation, Input input, long nowNanos) {
    switch (input) {
      case Input.Text(String text) -> conversation.onText(text, nowNanos);
      case Input.Binary _ -> conversation.onBinary();
      case Input.Pong _ -> {} // The loop notes that the client was heard.
      case Input.Event(SessionEvent event) -> {
        waitingEvents.decrementAndGet();
        conversation.onEvent(event);
      }
      case Input.TooManyEvents _ -> conversation.end(CloseCode.TOO_SLOW);
      case Input.Stop _ -> conversation.end(CloseCode.STOPPING);
      case Input.Closed(int code) -> {
        conversation.onClosed(code);
        return true;
      }
    }
    return false;
  }

  private boolean awaitClose(Session session) throws InterruptedException {
    long endNanos = nanoClock.getAsLong() + settings.timeouts().close().toNanos();
    while (true) {
      Input input = inbox.poll(endNanos - nanoClock.getAsLong(), TimeUnit.NANOSECONDS);
      if (input == null || input instanceof Input.Closed) {
        return input != null;
      }
      if (isFrame(input)) {
        session.demand();
      }
    }
  }

  private static boolean isFrame(Input input) {
    return switch (input) {
      case Input.Text _, Input.Binary _, Input.Pong _ -> true;
      case Input.Event _, Input.TooManyEvents _, Input.Stop _, Input.Closed _ -> false;
    };
  }
}
