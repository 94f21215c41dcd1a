package dev.sluice.gateway.signalling;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/**
 * Sends through the web server without waiting, and counts what the client has not yet taken. Used
 * by the socket's own thread; the counters are taken down by the web server's.
 */
final class SocketPeer implements Peer {
  private final Session session;
  private final SignallingSettings settings;
  private final AtomicInteger queuedMessages = new AtomicInteger();
  private final AtomicInteger queuedChars = new AtomicInteger();

  SocketPeer(Session session, SignallingSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  @Override
  public boolean send(String message) {
    int chars = message.length();
    if (queuedMessages.get() >= settings.limits().queuedMessages()
        || queuedChars.get() + chars > settings.limits().queuedChars()) {
      return false;
    }
    queuedMessages.incrementAndGet();
    queuedChars.addAndGet(chars);
    session.sendText(message, Callback.from(() -> sent(chars), _ -> sent(chars)));
    return true;
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
  public void close(CloseCode code) {
    session.close(code.code(), code.reason(), Callback.NOOP);
  }

  @Override
  public void limitMessages(int bytes) {
    session.setMaxTextMessageSize(bytes);
  }
}
