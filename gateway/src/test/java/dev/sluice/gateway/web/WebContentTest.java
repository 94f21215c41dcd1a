package dev.sluice.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.testing.RunningGateway;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WebContentTest {
  private final RunningGateway gateway = RunningGateway.start();

  @AfterAll
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/client/sluice.js, text/javascript;charset=utf-8",
    "/client/sluice.mjs, text/javascript;charset=utf-8",
    "/client/index.d.ts, text/plain;charset=utf-8"
  })
  void pages_of_any_origin_may_import_the_library(String path, String contentType) {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "content-type")).isEqualTo(contentType);
    assertThat(header(answer, "access-control-allow-origin")).isEqualTo("*");
    assertThat(header(answer, "cross-origin-resource-policy")).isEqualTo("cross-origin");
    assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
    assertThat(answer.body()).isNotEmpty();
  }

  @Test
  void the_meeting_page_is_guarded_by_its_headers() {
    HttpResponse<String> answer = get("/");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "content-type")).isEqualTo("text/html;charset=utf-8");
    assertThat(answer.body()).contains("<title>Sluice</title>");
    assertThat(header(answer, "content-security-policy"))
        .contains("default-src 'self'")
        .contains("frame-ancestors 'none'");
    assertThat(header(answer, "permissions-policy")).contains("camera=(self)");
    assertThat(header(answer, "referrer-policy")).isEqualTo("no-referrer");
    assertThat(answer.headers().firstValue("access-control-allow-origin")).isEmpty();
    assertThat(answer.headers().firstValue("server")).isEmpty();
    assertThat(header(get("/assets/app-1a2b.js"), "content-type"))
        .isEqualTo("text/javascript;charset=utf-8");
  }

  @Test
  void a_copy_that_is_still_good_is_not_sent_again() {
    HttpResponse<String> first = get("/client/sluice.js");
    assertThat(header(first, "cache-control")).isEqualTo("no-cache");
    HttpResponse<String> second =
        gateway.send(
            gateway.request("/client/sluice.js").header("If-None-Match", header(first, "etag")));
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    assertThat(second.headers().firstValue("content-type")).isEmpty();
  }

  @Test
  void head_is_answered_like_get_without_the_body() {
    HttpResponse<String> answer =
        gateway.send(gateway.request("/client/sluice.js").method("HEAD", BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/client/",
        "/client",
        "/client/none.js",
        "/assets",
        "/assets/",
        "/META-INF/MANIFEST.MF",
        "/client/.hidden",
        "/web/client/sluice.js",
        "/client/sluice.js/",
        "/client/x/../sluice.js",
        "/client/..",
        "/index.html%20"
      })
  void what_is_no_file_is_not_found(String path) {
    HttpRequest.Builder request = gateway.request(path);
    assertThat(gateway.send(request).statusCode()).as(path).isEqualTo(404);
  }

  private HttpResponse<String> get(String path) {
    return gateway.send(gateway.request(path));
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
