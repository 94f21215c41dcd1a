package dev.sluice.server.metrics;

import dev.sluice.router.estimate.Estimate;
import dev.sluice.router.fallback.VideoQuality;
import dev.sluice.router.live.RoomSnapshot.AdaptationSnapshot;
import dev.sluice.router.live.RoomSnapshot.TrackSnapshot;
import dev.sluice.router.live.RoomSnapshot.TransportSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How what subscribers are sent is adapted to their networks, gathered for one scrape. */
final class AdaptationMetrics {
  private final Map<VideoQuality, Integer> videos = counts(VideoQuality.class);
  private final Map<Estimate.Reason, Integer> estimates = counts(Estimate.Reason.class);
  private final GaugeSnapshot.Builder estimateBps =
      gauge("sluice_transport_estimate_bps", "What a client's network is judged to carry");
  private final GaugeSnapshot.Builder sendingBps =
      gauge("sluice_transport_sending_bps", "What a client is sent, headers included");
  private final GaugeSnapshot.Builder networkDelay =
      gauge(
          "sluice_transport_network_delay_seconds",
          "How much longer than at best packets to a client take");
  private final GaugeSnapshot.Builder pacerDelay =
      gauge("sluice_transport_pacer_delay_seconds", "How long video waits before it is sent");
  private final Counters switchedOff =
      new Counters(
          "sluice_transport_videos_switched_off", "Videos that audio fallback switched off");
  private final Counters probes =
      new Counters("sluice_transport_probes", "Tries whether a network carries more");

  private static <E extends Enum<E>> Map<E, Integer> counts(Class<E> type) {
    Map<E, Integer> counts = new EnumMap<>(type);
    Arrays.stream(type.getEnumConstants()).forEach(each -> counts.put(each, 0));
    return counts;
  }

  private static GaugeSnapshot.Builder gauge(String name, String help) {
    return GaugeSnapshot.builder().name(name).help(help);
  }

  /** Counts a transport and its videos. */
  void count(TransportSnapshot transport) {
    transport
        .adaptation()
        .ifPresent(now -> estimates.merge(now.estimate().reason(), 1, Integer::sum));
    for (TrackSnapshot track : transport.tracks()) {
      track.quality().ifPresent(quality -> videos.merge(quality, 1, Integer::sum));
    }
  }

  /**
   * Gives a transport series of its own.
   *
   * @param labels of no other transport of this scrape
   */
  void add(Labels labels, AdaptationSnapshot now) {
    point(estimateBps, labels, (double) now.estimate().bitrateBps());
    point(sendingBps, labels, (double) now.sendingBps());
    point(networkDelay, labels, seconds(now.estimate().queueDelayNanos()));
    point(pacerDelay, labels, seconds(now.queueDelayNanos()));
    switchedOff.add(labels, now.videosSwitchedOff());
    probes.add(labels, now.probes());
  }

  List<MetricSnapshot> snapshots() {
    return List.of(
        sum(
            "sluice_videos",
            "Subscribed videos by how well networks carry them",
            "quality",
            videos),
        sum("sluice_estimates", "Estimates by what changed them last", "reason", estimates),
        estimateBps.build(),
        sendingBps.build(),
        networkDelay.build(),
        pacerDelay.build(),
        switchedOff.snapshot(),
        probes.snapshot());
  }

  private static <E extends Enum<E>> GaugeSnapshot sum(
      String name, String help, String label, Map<E, Integer> counts) {
    GaugeSnapshot.Builder gauge = gauge(name, help);
    counts.forEach(
        (value, count) ->
            point(gauge, Labels.of(label, value.name().toLowerCase(Locale.ROOT)), count));
    return gauge.build();
  }

  private static void point(GaugeSnapshot.Builder gauge, Labels labels, double value) {
    gauge.dataPoint(GaugeDataPointSnapshot.builder().labels(labels).value(value).build());
  }

  private static double seconds(long nanos) {
    return (double) nanos / TimeUnit.SECONDS.toNanos(1);
  }
}
