package dev.sluice.server;

import dev.sluice.gateway.http.HttpAnswer;
import dev.sluice.gateway.http.HttpMethod;
import dev.sluice.gateway.http.HttpRoute;
import dev.sluice.router.MediaRouter;
import dev.sluice.router.WorkerSnapshot;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Answers {@code GET /health}: 200 while the server takes calls, 503 while it waits for the last
 * ones to end, so that a load balancer sends no new ones. Any thread.
 */
final class Health {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final MediaRouter router;
  private volatile boolean stopping;

  Health(MediaRouter router) {
    this.router = router;
  }

  void stopping() {
    stopping = true;
  }

  /** For everybody: nothing but the state. */
  HttpRoute brief() {
    return route(() -> Map.of("status", status()));
  }

  /** For operators: what each media worker has carried and dropped since the start, too. */
  HttpRoute detailed() {
    return route(() -> new Details(status(), ProcessHandle.current().pid(), router.snapshot()));
  }

  private HttpRoute route(Supplier<Object> body) {
    return new HttpRoute(
        HttpMethod.GET, "/health", _ -> HttpAnswer.json(stopping ? UNAVAILABLE : OK, body.get()));
  }

  private String status() {
    return stopping ? "stopping" : "ok";
  }

  private record Details(String status, long processId, List<WorkerSnapshot> workers) {}
}
