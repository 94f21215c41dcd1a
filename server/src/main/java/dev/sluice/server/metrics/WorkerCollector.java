package dev.sluice.server.metrics;

import dev.sluice.router.WorkerSnapshot;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * The counters of the media workers, all of one moment per scrape. They are the router's own
 * numbers, so they are handed over as they are instead of being counted a second time.
 */
final class WorkerCollector implements MultiCollector {
  private final Supplier<List<WorkerSnapshot>> workers;

  WorkerCollector(Supplier<List<WorkerSnapshot>> workers) {
    this.workers = workers;
  }

  @Override
  public MetricSnapshots collect() {
    List<WorkerSnapshot> snapshots = workers.get();
    List<MetricSnapshot> metrics = new ArrayList<>();
    metrics.add(rooms(snapshots));
    metrics.add(
        counter("sluice_worker_faults", "Mishaps of the server's own", snapshots, w -> w.faults()));
    metrics.add(
        counter("sluice_worker_late_ticks", "Timers that ran late", snapshots, w -> w.lateTicks()));
    metrics.add(
        network("sluice_udp_datagrams", "Datagrams", snapshots, WorkerCollector::datagrams));
    metrics.add(
        network("sluice_udp_bytes", "Bytes of datagrams", snapshots, WorkerCollector::bytes));
    metrics.add(
        labelled(
            "sluice_udp_errors",
            "Datagrams that the system did not take or give",
            "kind",
            snapshots,
            WorkerCollector::errors));
    metrics.add(
        labelled(
            "sluice_datagrams_dropped",
            "Datagrams and packets that were not handled",
            "reason",
            snapshots,
            WorkerCollector::dropped));
    metrics.add(
        labelled(
            "sluice_media_packets",
            "Media packets by what was done with them",
            "kind",
            snapshots,
            WorkerCollector::packets));
    metrics.add(
        labelled(
            "sluice_media_requests",
            "Requests for packets and key frames",
            "kind",
            snapshots,
            WorkerCollector::requests));
    return new MetricSnapshots(metrics);
  }

  private static Map<String, Long> datagrams(WorkerSnapshot worker) {
    return pairs(
        "received", worker.network().receivedDatagrams(), "sent", worker.network().sentDatagrams());
  }

  private static Map<String, Long> bytes(WorkerSnapshot worker) {
    return pairs(
        "received", worker.network().receivedBytes(), "sent", worker.network().sentBytes());
  }

  private static Map<String, Long> errors(WorkerSnapshot worker) {
    Map<String, Long> errors =
        pairs("receive", worker.network().receiveErrors(), "send", worker.network().sendErrors());
    errors.put("send_buffer_full", worker.network().sendBufferFull());
    return errors;
  }

  private static Map<String, Long> dropped(WorkerSnapshot worker) {
    WorkerSnapshot.Dropped dropped = worker.dropped();
    Map<String, Long> reasons =
        pairs("unknown_source", dropped.unknownSource(), "unknown_ufrag", dropped.unknownUfrag());
    reasons.put("oversized", dropped.oversized());
    reasons.put("malformed", dropped.malformed());
    reasons.put("unknown_rtp", dropped.unknownRtp());
    reasons.put("unsealed", dropped.unsealed());
    return reasons;
  }

  private static Map<String, Long> packets(WorkerSnapshot worker) {
    Map<String, Long> packets =
        pairs("received", worker.media().received(), "forwarded", worker.media().forwarded());
    packets.put("retransmitted", worker.media().retransmitted());
    packets.put("reported", worker.media().feedbackReceived());
    packets.put("reported_lost", worker.media().feedbackLost());
    return packets;
  }

  private static Map<String, Long> requests(WorkerSnapshot worker) {
    Map<String, Long> requests =
        pairs(
            "nack_received",
            worker.media().nacksReceived(),
            "nack_sent",
            worker.media().nacksSent());
    requests.put("keyframe_received", worker.media().keyframeRequestsReceived());
    requests.put("keyframe_sent", worker.media().keyframeRequestsSent());
    return requests;
  }

  private static Map<String, Long> pairs(String first, long one, String second, long other) {
    Map<String, Long> values = new LinkedHashMap<>();
    values.put(first, one);
    values.put(second, other);
    return values;
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
      String name,
      String help,
      List<WorkerSnapshot> workers,
      ToLongFunction<WorkerSnapshot> value) {
    CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
    for (int i = 0; i < workers.size(); i++) {
      counter.dataPoint(point(worker(i), value.applyAsLong(workers.get(i))));
    }
    return counter.build();
  }

  private static CounterSnapshot network(
      String name,
      String help,
      List<WorkerSnapshot> workers,
      Function<WorkerSnapshot, Map<String, Long>> values) {
    return labelled(name, help, "direction", workers, values);
  }

  private static CounterSnapshot labelled(
      String name,
      String help,
      String label,
      List<WorkerSnapshot> workers,
      Function<WorkerSnapshot, Map<String, Long>> values) {
    CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
    for (int i = 0; i < workers.size(); i++) {
      Labels worker = worker(i);
      values
          .apply(workers.get(i))
          .forEach((kind, value) -> counter.dataPoint(point(worker.add(label, kind), value)));
    }
    return counter.build();
  }

  /** Prometheus has floating point only: exact up to 2^53. */
  private static CounterDataPointSnapshot point(Labels labels, long value) {
    return CounterDataPointSnapshot.builder().labels(labels).value((double) value).build();
  }

  private static Labels worker(int index) {
    return Labels.of("worker", Integer.toString(index));
  }
}
