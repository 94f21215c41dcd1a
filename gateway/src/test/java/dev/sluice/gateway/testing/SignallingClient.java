package dev.sluice.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the protocol that asks and then looks at what came, in order. */
public final class SignallingClient implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;
  private static final JsonMapper JSON = new JsonMapper();

  private final Received received;
  private final WebSocket socket;
  private final Deque<JsonNode> events = new ArrayDeque<>();
  private final Deque<JsonNode> replies = new ArrayDeque<>();
  private long lastId;

  private SignallingClient(Received received, WebSocket socket) {
    this.received = received;
    this.socket = socket;
  }

  public static SignallingClient open(HttpClient http, int port) {
    Received received = new Received();
    WebSocket socket =
        http.newWebSocketBuilder()
            .subprotocols("sluice.v1")
            .buildAsync(URI.create("ws://127.0.0.1:" + port + "/v1/signalling"), received)
            .join();
    return new SignallingClient(received, socket);
  }

  public JsonNode connect(String sessionId, String token) {
    return ask("connect", Map.of("sessionId", sessionId, "token", token, "client", "test 1"));
  }

  /**
   * Goes on with the connection of a lost socket; its request ids go on too.
   *
   * @param seq of the last frame handled
   */
  public JsonNode resume(SignallingClient lost, String connectionId, String token, long seq) {
    lastId = lost.lastId;
    return ask("resume", Map.of("connectionId", connectionId, "token", token, "seq", seq));
  }

  /** Sends a request and takes its reply; events that came before it stay for {@link #event}. */
  public JsonNode ask(String type, Map<String, ?> fields) {
    long id = request(type, fields);
    JsonNode reply = reply();
    assertThat(reply.get("reply").longValue()).as("reply to %s", type).isEqualTo(id);
    return reply;
  }

  /** The code of the error that a request is answered with, or of the reply when it has none. */
  public String errorOf(String type, Map<String, ?> fields) {
    JsonNode error = ask(type, fields).get("error");
    return error == null ? "no error" : error.get("code").stringValue();
  }

  public long request(String type, Map<String, ?> fields) {
    long id = ++lastId;
    var message = JSON.createObjectNode().put("id", id).put("type", type);
    fields.forEach((name, value) -> message.set(name, JSON.valueToTree(value)));
    sendText(message.toString());
    return id;
  }

  public void sendText(String text) {
    sent(socket.sendText(text, true));
  }

  public void sendBinary(byte[] bytes) {
    sent(socket.sendBinary(ByteBuffer.wrap(bytes), true));
  }

  /** The server may close before it has all of it; then no reply comes, or the close code tells. */
  private static void sent(CompletableFuture<WebSocket> sending) {
    sending.handle((_, _) -> true).join();
  }

  /** The next event, whatever it is. */
  public JsonNode event() {
    while (events.isEmpty()) {
      take();
    }
    return events.removeFirst();
  }

  /** The next event, which has to be of this type. */
  public JsonNode event(String type) {
    JsonNode event = event();
    assertThat(event.get("event").stringValue()).as("event %s", event).isEqualTo(type);
    return event;
  }

  public JsonNode reply() {
    while (replies.isEmpty()) {
      take();
    }
    return replies.removeFirst();
  }

  /** Asserts that nothing has come up to now: a ping's reply is the very next message. */
  public void expectNothing() {
    ask("ping", Map.of());
    assertThat(events).isEmpty();
  }

  public int closeCode() {
    try {
      return received.closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the socket was not closed", e);
    }
  }

  /** Leaves by closing the socket. */
  public void close(int code) {
    socket.sendClose(code, "").join();
  }

  /** Drops the connection without a word. */
  public void abort() {
    socket.abort();
  }

  /** From now on nothing is read, pings are not answered. */
  public void stopReading() {
    received.reading = false;
  }

  @Override
  public void close() {
    socket.abort();
  }

  private void take() {
    Optional<String> text = received.next();
    JsonNode message = JSON.readTree(text.orElseThrow(() -> new AssertionError("nothing came")));
    if (message.has("event")) {
      events.add(message);
    } else {
      replies.add(message);
    }
  }

  private static final class Received implements WebSocket.Listener {
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private volatile boolean reading = true;

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence text, boolean last) {
      partial.append(text);
      if (last) {
        messages.add(partial.toString());
        partial.setLength(0);
      }
      if (reading) {
        webSocket.request(1);
      }
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
      if (reading) {
        webSocket.request(1);
      }
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
      closed.complete(code);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      closed.completeExceptionally(error);
    }

    Optional<String> next() {
      try {
        return Optional.ofNullable(messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }
  }
}
