package dev.sluice.server.metrics;

import dev.sluice.gateway.http.HttpAnswer;
import dev.sluice.gateway.http.HttpMethod;
import dev.sluice.gateway.http.HttpRoute;
import dev.sluice.router.WorkerSnapshot;
import dev.sluice.router.live.RoomSnapshot;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Answers {@code GET /metrics} in Prometheus' text format. Names begin with {@code sluice_}, {@code
 * jvm_}, {@code process_} or {@code system_}; docs/operations.md lists ours. Any thread.
 */
public final class Metrics implements AutoCloseable {
  private static final int OK = 200;

  /** prometheus.io/docs/instrumenting/exposition_formats. */
  private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collector = new JvmGcMetrics();

  /**
   * @param workers asked once a scrape
   * @param rooms asked once a scrape, when tracks are to be measured
   * @param measuredTracks how many transports and how many tracks have series of their own at most;
   *     0 for none
   */
  public Metrics(
      Supplier<List<WorkerSnapshot>> workers,
      Supplier<List<RoomSnapshot>> rooms,
      int measuredTracks) {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collector.bindTo(registry);
    registry.getPrometheusRegistry().register(new WorkerCollector(workers));
    if (measuredTracks > 0) {
      registry.getPrometheusRegistry().register(new RoomCollector(rooms, measuredTracks));
    }
  }

  /** Adds how many signalling sockets are open. */
  public void countSockets(IntSupplier sockets) {
    Gauge.builder("sluice.signalling.sockets", sockets::getAsInt)
        .description("Open signalling sockets")
        .register(registry);
  }

  /** Where it is asked for. */
  public HttpRoute route() {
    return new HttpRoute(
        HttpMethod.GET,
        "/metrics",
        _ -> HttpAnswer.of(OK, CONTENT_TYPE, registry.scrape().getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    collector.close();
    registry.close();
  }
}
