package dev.sluice.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.http.HttpAnswer;
import dev.sluice.gateway.http.HttpCall;
import dev.sluice.router.WorkerSnapshot;
import dev.sluice.router.estimate.Estimate;
import dev.sluice.router.fallback.VideoQuality;
import dev.sluice.router.live.MediaKind;
import dev.sluice.router.live.RoomSnapshot;
import dev.sluice.router.live.TransportSide;
import dev.sluice.transport.TransportState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final HttpCall CALL =
      new HttpCall() {
        @Override
        public String pathParameter(String name) {
          throw new IllegalArgumentException(name);
        }

        @Override
        public Optional<String> queryParameter(String name) {
          return Optional.empty();
        }

        @Override
        public Optional<String> header(String name) {
          return Optional.empty();
        }

        @Override
        public String clientAddress() {
          return "127.0.0.1";
        }

        @Override
        public byte[] body() {
          return new byte[0];
        }
      };

  private long received = 10;

  @Test
  void a_scrape_has_the_counters_of_each_worker_and_the_jvm() throws Exception {
    try (Metrics metrics = new Metrics(() -> List.of(worker(0), worker(7)), List::of, 0)) {
      metrics.countSockets(() -> 3);

      assertThat(scrape(metrics))
          .contains(
              "sluice_udp_datagrams_total{direction=\"received\",worker=\"0\"} 10.0",
              "sluice_udp_datagrams_total{direction=\"received\",worker=\"1\"} 10.0",
              "sluice_udp_bytes_total{direction=\"sent\",worker=\"0\"} 4.0",
              "sluice_udp_errors_total{kind=\"send_buffer_full\",worker=\"0\"} 7.0",
              "sluice_datagrams_dropped_total{reason=\"unknown_source\",worker=\"0\"} 11.0",
              "sluice_datagrams_dropped_total{reason=\"unsealed\",worker=\"0\"} 16.0",
              "sluice_media_packets_total{kind=\"forwarded\",worker=\"0\"} 22.0",
              "sluice_media_packets_total{kind=\"reported_lost\",worker=\"0\"} 29.0",
              "sluice_media_requests_total{kind=\"keyframe_sent\",worker=\"0\"} 27.0",
              "sluice_video_quality_changes_total{quality=\"good\",worker=\"0\"} 31.0",
              "sluice_video_quality_changes_total{quality=\"warning\",worker=\"0\"} 32.0",
              "sluice_video_quality_changes_total{quality=\"off\",worker=\"0\"} 33.0",
              "sluice_worker_faults_total{worker=\"1\"} 1.0",
              "sluice_rooms{worker=\"1\"} 7.0",
              "sluice_forward_delay_seconds_bucket{worker=\"0\",le=\"2.5E-5\"} 5",
              "sluice_forward_delay_seconds_bucket{worker=\"0\",le=\"5.0E-5\"} 12",
              "sluice_forward_delay_seconds_bucket{worker=\"0\",le=\"0.25\"} 12",
              "sluice_forward_delay_seconds_bucket{worker=\"0\",le=\"+Inf\"} 13",
              "sluice_forward_delay_seconds_count{worker=\"0\"} 13",
              "sluice_forward_delay_seconds_sum{worker=\"0\"} 2.0",
              "sluice_signalling_sockets 3.0",
              "jvm_memory_used_bytes",
              "process_files_open_files");
    }
  }

  @Test
  void each_scrape_asks_the_workers_anew() throws Exception {
    try (Metrics metrics = new Metrics(() -> List.of(worker(0)), List::of, 0)) {
      scrape(metrics);
      received = 12;
      assertThat(scrape(metrics)).contains("{direction=\"received\",worker=\"0\"} 12.0");
    }
  }

  @Test
  void tracks_have_series_of_their_own_up_to_a_number_and_all_are_counted() throws Exception {
    List<RoomSnapshot> rooms =
        List.of(
            room("2_A", track("s1", "", 5), track("s2", "", 6)), room("2_B", track("s3", "u", 7)));
    try (Metrics metrics = new Metrics(List::of, () -> rooms, 2)) {
      assertThat(scrape(metrics))
          .contains(
              "sluice_tracks 3.0",
              "sluice_transports 2.0",
              "sluice_track_packets_total{codec=\"VP8\",connection=\"c\",kind=\"video\",session=\"2_A\",side=\"publish\",stream=\"s1\",subscription=\"\"}"
                  + " 5.0",
              "sluice_track_dropped_total{codec=\"VP8\",connection=\"c\",kind=\"video\",reason=\"late\",session=\"2_A\",side=\"publish\",stream=\"s2\",subscription=\"\"}"
                  + " 3.0",
              "sluice_transport_bytes_total{connection=\"c\",direction=\"sent\",session=\"2_B\",side=\"publish\"}"
                  + " 4.0",
              "sluice_transport_dropped_total{connection=\"c\",reason=\"replayed\",session=\"2_B\",side=\"publish\"}"
                  + " 9.0")
          .doesNotContain("stream=\"s3\"");
    }
  }

  @Test
  void how_videos_are_adapted_is_counted_for_all_and_told_of_each_measured_transport()
      throws Exception {
    List<RoomSnapshot> rooms = List.of(room("2_A", track("s1", "u", 5)), room("2_B"));
    try (Metrics metrics = new Metrics(List::of, () -> rooms, 1)) {
      assertThat(scrape(metrics))
          .contains(
              "sluice_videos{quality=\"good\"} 0.0",
              "sluice_videos{quality=\"off\"} 1.0",
              "sluice_estimates{reason=\"delay\"} 2.0",
              "sluice_estimates{reason=\"remb\"} 0.0",
              "sluice_transport_estimate_bps{connection=\"c\",session=\"2_A\",side=\"publish\"} 90000.0",
              "sluice_transport_sending_bps{connection=\"c\",session=\"2_A\",side=\"publish\"} 88000.0",
              "sluice_transport_network_delay_seconds{connection=\"c\",session=\"2_A\",side=\"publish\"} 0.25",
              "sluice_transport_pacer_delay_seconds{connection=\"c\",session=\"2_A\",side=\"publish\"} 0.005",
              "sluice_transport_videos_switched_off_total{connection=\"c\",session=\"2_A\",side=\"publish\"} 2.0",
              "sluice_transport_probes_total{connection=\"c\",session=\"2_A\",side=\"publish\"} 6.0")
          .doesNotContain("estimate_bps{connection=\"c\",session=\"2_B\"");
    }
  }

  @Test
  void a_transport_that_is_being_renewed_is_added_up_and_a_negative_loss_is_none()
      throws Exception {
    RoomSnapshot room = room("2_A", track("s1", "", 5));
    RoomSnapshot twice =
        new RoomSnapshot(
            "2_A", List.of(room.transports().getFirst(), room.transports().getFirst()));
    try (Metrics metrics = new Metrics(List::of, () -> List.of(twice), 10)) {
      assertThat(scrape(metrics))
          .contains(
              "stream=\"s1\",subscription=\"\"} 10.0",
              "sluice_transport_estimate_bps{connection=\"c\",session=\"2_A\",side=\"publish\"} 90000.0")
          .containsPattern("sluice_track_lost_total\\{[^}]*} 0\\.0");
    }
  }

  private static RoomSnapshot room(String name, RoomSnapshot.TrackSnapshot... tracks) {
    return new RoomSnapshot(
        name,
        List.of(
            new RoomSnapshot.TransportSnapshot(
                "c",
                TransportSide.PUBLISH,
                TransportState.CONNECTED,
                Optional.empty(),
                new RoomSnapshot.Traffic(1, 2),
                new RoomSnapshot.Traffic(3, 4),
                Map.of("replayed", 9L),
                Optional.of(
                    new RoomSnapshot.AdaptationSnapshot(
                        new Estimate(
                            90_000,
                            95_000,
                            Estimate.Reason.DELAY,
                            Estimate.Usage.CONGESTED,
                            Estimate.Sharing.UNKNOWN,
                            0.1,
                            250_000_000,
                            80_000,
                            false),
                        88_000,
                        5_000_000,
                        2,
                        6)),
                List.of(tracks))));
  }

  private static RoomSnapshot.TrackSnapshot track(
      String stream, String subscription, long packets) {
    return new RoomSnapshot.TrackSnapshot(
        stream,
        Optional.of(subscription).filter(id -> !id.isEmpty()),
        MediaKind.VIDEO,
        "VP8",
        new RoomSnapshot.Traffic(packets, 1000),
        -1,
        2,
        1,
        1,
        Map.of("late", 3L),
        Optional.of(VideoQuality.OFF),
        List.of());
  }

  private static String scrape(Metrics metrics) throws Exception {
    HttpAnswer answer = metrics.route().handler().handle(CALL);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsValue("text/plain; version=0.0.4; charset=utf-8");
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private WorkerSnapshot worker(int rooms) {
    return new WorkerSnapshot(
        rooms,
        1,
        2,
        new WorkerSnapshot.Network(received, 2, 3, 4, 5, 6, 7),
        new WorkerSnapshot.Dropped(11, 12, 13, 14, 15, 16),
        new WorkerSnapshot.Media(21, 22, 23, 24, 25, 26, 27, 28, 29),
        new WorkerSnapshot.Fallback(31, 32, 33),
        new WorkerSnapshot.ForwardDelay(
            List.of(
                new WorkerSnapshot.Bucket(25_000, 5),
                new WorkerSnapshot.Bucket(26_000, 7),
                new WorkerSnapshot.Bucket(Long.MAX_VALUE, 1)),
            2_000_000_000));
  }
}
