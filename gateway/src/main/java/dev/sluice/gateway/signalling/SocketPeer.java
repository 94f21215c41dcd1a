package dev.sluice.gateway.signalling;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/**
 * Sends through the web server without waiting, and counts what the client has not yet taken. Used
 * by one line at a time; the counters are taken down by the web server's threads.
 */
final class SocketPeer implements Peer {
  private final Session session;
  private final SignallingSettings settings;
  private final Consumer<SocketPeer> onAdmitted;
  private final AtomicInteger queuedMessages = new AtomicInteger();
  private final AtomicInteger queuedChars = new AtomicInteger();
  private final CountDownLatch gone = new CountDownLatch(1);
  private volatile int maxMessageBytes;

  /**
   * @param onAdmitted told when the client has joined a session
   */
  SocketPeer(Session session, SignallingSettings settings, Consumer<SocketPeer> onAdmitted) {
    this.session = session;
    this.settings = settings;
    this.onAdmitted = onAdmitted;
    this.maxMessageBytes = settings.limits().firstMessageBytes();
  }

  /** The largest message that this client may send now, in bytes of UTF-8. */
  int maxMessageBytes() {
    return maxMessageBytes;
  }

  @Override
  public boolean send(String message) {
    if (queuedMessages.get() >= settings.limits().queuedMessages()
        || queuedChars.get() + message.length() > settings.limits().queuedChars()) {
      return false;
    }
    queue(message);
    return true;
  }

  @Override
  public void sendKept(List<String> messages) {
    messages.forEach(this::queue);
  }

  private void queue(String message) {
    int chars = message.length();
    queuedMessages.incrementAndGet();
    queuedChars.addAndGet(chars);
    session.sendText(message, Callback.from(() -> sent(chars), _ -> sent(chars)));
  }

  private void sent(int chars) {
    queuedMessages.decrementAndGet();
    queuedChars.addAndGet(-chars);
  }

  @Override
  public void ping() {
    // The pong is what tells; a ping that cannot be sent ends in silence.
    session.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
  }

  @Override
  public void demand() {
    session.demand();
  }

  @Override
  public void admit() {
    maxMessageBytes = settings.limits().messageBytes();
    onAdmitted.accept(this);
  }

  @Override
  public void close(CloseCode code) {
    session.close(code.code(), code.reason(), Callback.NOOP);
    // A client that is out of reach never does its half of the closing handshake.
    Thread.ofVirtual().name("signalling-close").start(this::disconnectUnlessGone);
  }

  /** The socket is closed; on a thread of the web server. */
  void gone() {
    gone.countDown();
  }

  /** Waits for the end of the socket; false when it did not come in time. */
  boolean awaitGone(Duration patience) throws InterruptedException {
    return gone.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void disconnectUnlessGone() {
    try {
      if (!awaitGone(settings.timeouts().close())) {
        session.disconnect();
      }
    } catch (InterruptedException e) {
      session.disconnect();
      Thread.currentThread().interrupt();
    }
  }
}
