package dev.sluice.server.metrics;

import dev.sluice.router.WorkerSnapshot;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The counters of the media workers, all of one moment per scrape. They are the router's own
 * numbers, so they are handed over as they are instead of being counted a second time.
 */
final class WorkerCollector implements MultiCollector {
  private final Supplier<List<WorkerSnapshot>> workers;

  WorkerCollector(Supplier<List<WorkerSnapshot>> workers) {
    this.workers = workers;
  }

  /** A value of a label, with where the number is. */
  private record Part(String value, ToLongFunction<WorkerSnapshot> number) {}

  @Override
  public MetricSnapshots collect() {
    List<WorkerSnapshot> now = workers.get();
    return MetricSnapshots.of(
        rooms(now),
        ForwardDelays.of(now),
        counter(
            now,
            "sluice_worker_faults",
            "Mishaps of the server's own",
            null,
            new Part("", WorkerSnapshot::faults)),
        counter(
            now,
            "sluice_worker_late_ticks",
            "Timers that ran late",
            null,
            new Part("", WorkerSnapshot::lateTicks)),
        counter(
            now,
            "sluice_udp_datagrams",
            "Datagrams",
            "direction",
            new Part("received", worker -> worker.network().receivedDatagrams()),
            new Part("sent", worker -> worker.network().sentDatagrams())),
        counter(
            now,
            "sluice_udp_bytes",
            "Bytes of datagrams",
            "direction",
            new Part("received", worker -> worker.network().receivedBytes()),
            new Part("sent", worker -> worker.network().sentBytes())),
        counter(
            now,
            "sluice_udp_errors",
            "Datagrams that the system did not give or take",
            "kind",
            new Part("receive", worker -> worker.network().receiveErrors()),
            new Part("send", worker -> worker.network().sendErrors()),
            new Part("send_buffer_full", worker -> worker.network().sendBufferFull())),
        counter(
            now,
            "sluice_datagrams_dropped",
            "Datagrams and packets that were not handled",
            "reason",
            new Part("unknown_source", worker -> worker.dropped().unknownSource()),
            new Part("unknown_ufrag", worker -> worker.dropped().unknownUfrag()),
            new Part("oversized", worker -> worker.dropped().oversized()),
            new Part("malformed", worker -> worker.dropped().malformed()),
            new Part("unknown_rtp", worker -> worker.dropped().unknownRtp()),
            new Part("unsealed", worker -> worker.dropped().unsealed())),
        counter(
            now,
            "sluice_media_packets",
            "Media packets by what was done with them",
            "kind",
            new Part("received", worker -> worker.media().received()),
            new Part("forwarded", worker -> worker.media().forwarded()),
            new Part("retransmitted", worker -> worker.media().retransmitted()),
            new Part("reported", worker -> worker.media().feedbackReceived()),
            new Part("reported_lost", worker -> worker.media().feedbackLost())),
        counter(
            now,
            "sluice_media_requests",
            "Requests for packets and key frames",
            "kind",
            new Part("nack_received", worker -> worker.media().nacksReceived()),
            new Part("nack_sent", worker -> worker.media().nacksSent()),
            new Part("keyframe_received", worker -> worker.media().keyframeRequestsReceived()),
            new Part("keyframe_sent", worker -> worker.media().keyframeRequestsSent())),
        counter(
            now,
            "sluice_video_quality_changes",
            "Videos that audio fallback judged anew for a subscriber, by what they were then",
            "quality",
            new Part("good", worker -> worker.fallback().good()),
            new Part("warning", worker -> worker.fallback().warning()),
            new Part("off", worker -> worker.fallback().off())));
  }

  private static GaugeSnapshot rooms(List<WorkerSnapshot> workers) {
    GaugeSnapshot.Builder gauge =
        GaugeSnapshot.builder().name("sluice_rooms").help("Sessions that have media now");
    for (int i = 0; i < workers.size(); i++) {
      gauge.dataPoint(
          GaugeDataPointSnapshot.builder().labels(worker(i)).value(workers.get(i).rooms()).build());
    }
    return gauge.build();
  }

  private static CounterSnapshot counter(
      List<WorkerSnapshot> workers,
      String name,
      String help,
      @Nullable String label,
      Part... parts) {
    Counters counters = new Counters(name, help);
    for (int i = 0; i < workers.size(); i++) {
      for (Part part : parts) {
        Labels worker = worker(i);
        counters.add(
            label == null ? worker : worker.add(label, part.value()),
            part.number().applyAsLong(workers.get(i)));
      }
    }
    return counters.snapshot();
  }

  static Labels worker(int index) {
    return Labels.of("worker", Integer.toString(index));
  }
}
