package dev.sluice.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One client's signalling socket ({@code docs/signalling.md}). Requests are made one at a time. */
final class Signalling implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long PATIENCE_SECONDS = 20;

  private final Map<Long, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
  private final Consumer<JsonNode> events;
  private final WebSocket socket;
  private long lastId;

  /**
   * @param server the address of its HTTP port
   * @param events gets every event, on the socket's thread; must not wait for a request
   */
  Signalling(HttpClient http, URI server, Consumer<JsonNode> events) {
    this.events = events;
    String address = server.resolve("/v1/signalling").toString().replaceFirst("^http", "ws");
    socket =
        http.newWebSocketBuilder()
            .subprotocols("sluice.v1")
            .buildAsync(URI.create(address), new Listener())
            .join();
  }

  ObjectNode request(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  /** Sends a request and waits for its reply. */
  synchronized JsonNode ask(ObjectNode request) throws IOException, InterruptedException {
    long id = ++lastId;
    CompletableFuture<JsonNode> reply = new CompletableFuture<>();
    open.put(id, reply);
    try {
      socket.sendText(request.put("id", id).toString(), true).join();
      JsonNode answer = reply.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (answer.has("error")) {
        throw new IOException(request.get("type").asString() + " was refused: " + answer);
      }
      return answer;
    } catch (ExecutionException | CompletionException | TimeoutException e) {
      throw new IOException("no reply to " + request.get("type").asString(), e);
    }
  }

  @Override
  public void close() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        JsonNode message = JSON.readTree(text.toString());
        text.setLength(0);
        if (message.has("event")) {
          events.accept(message);
        } else {
          CompletableFuture<JsonNode> waiting = open.remove(message.path("reply").asLong());
          if (waiting != null) {
            waiting.complete(message);
          }
        }
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      fail(new IOException("the server closed the socket with %d %s".formatted(code, reason)));
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      fail(error);
    }

    private void fail(Throwable error) {
      open.values().forEach(reply -> reply.completeExceptionally(error));
    }
  }
}
