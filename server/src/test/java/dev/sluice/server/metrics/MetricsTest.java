package dev.sluice.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.http.HttpAnswer;
import dev.sluice.gateway.http.HttpCall;
import dev.sluice.router.WorkerSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
    try (Metrics metrics = new Metrics(() -> List.of(worker(0), worker(7)))) {
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
              "sluice_worker_faults_total{worker=\"1\"} 1.0",
              "sluice_rooms{worker=\"1\"} 7.0",
              "sluice_signalling_sockets 3.0",
              "jvm_memory_used_bytes",
              "process_files_open_files");
    }
  }

  @Test
  void each_scrape_asks_the_workers_anew() throws Exception {
    try (Metrics metrics = new Metrics(() -> List.of(worker(0)))) {
      scrape(metrics);
      received = 12;
      assertThat(scrape(metrics)).contains("{direction=\"received\",worker=\"0\"} 12.0");
    }
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
        new WorkerSnapshot.ForwardDelay(List.of(), 0));
  }
}
