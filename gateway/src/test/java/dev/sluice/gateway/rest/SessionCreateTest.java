package dev.sluice.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.testing.RawHttp;
import dev.sluice.gateway.testing.RunningGateway;
import dev.sluice.session.ArchiveMode;
import dev.sluice.session.MediaMode;
import dev.sluice.session.Session;
import dev.sluice.session.SessionId;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SessionCreateTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final RunningGateway gateway = RunningGateway.start();

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void the_answer_is_an_array_of_one_with_every_name_that_sdks_read() {
    HttpResponse<String> answer = create("");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    JsonNode session = only(answer);
    String applicationId = gateway.tenant().id();
    assertThat(session.get("session_id").stringValue()).startsWith("2_");
    assertThat(session.get("application_id").stringValue()).isEqualTo(applicationId);
    assertThat(session.get("project_id").stringValue()).isEqualTo(applicationId);
    assertThat(session.get("partner_id").stringValue()).isEqualTo(applicationId);
    assertThat(session.get("create_dt").stringValue())
        .matches("[A-Z][a-z]{2} [A-Z][a-z]{2} \\d\\d \\d\\d:\\d\\d:\\d\\d UTC \\d{4}");
    assertThat(session.get("media_server_url").stringValue()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "disabled,ROUTED",
    "routed,ROUTED",
    "ROUTED,ROUTED",
    "'',ROUTED",
    "null,ROUTED",
    "undefined,ROUTED",
    "banana,ROUTED",
    "enabled,RELAYED",
    "Enabled,RELAYED",
    "always,RELAYED",
    "relayed,RELAYED",
    "RELAYED,RELAYED"
  })
  void the_preference_for_peer_to_peer_is_read_as_sdks_write_it(String value, MediaMode mode) {
    assertThat(created("p2p.preference=" + value).mediaMode()).isEqualTo(mode);
  }

  @Test
  void options_are_stored() {
    Session archived = created("archiveMode=always&location=10.1.2.3&unknown=1&archiveName=x");
    assertThat(archived.archiveMode()).isEqualTo(ArchiveMode.ALWAYS);
    assertThat(archived.location()).contains("10.1.2.3");
    assertThat(created("e2ee=true").endToEndEncrypted()).isTrue();
    assertThat(created("archiveMode=manual&location=null&e2ee=false").location()).isEmpty();
    assertThat(created("location=").location()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "archiveMode=sometimes",
        "archiveMode=always&p2p.preference=enabled",
        "e2ee=maybe",
        "e2ee=true&p2p.preference=relayed",
        "e2ee=true&archiveMode=always",
        "location=here",
        "location=256.1.1.1",
        "location=1.2.3",
        "location=1.2.3.4.5",
        "location=%zz"
      })
  void what_makes_no_sense_is_a_bad_request(String form) {
    HttpResponse<String> answer = create(form);
    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode error = new JsonMapper().readTree(answer.body());
    assertThat(error.get("code").intValue()).isEqualTo(400);
    assertThat(error.get("title").stringValue()).isEqualTo("Bad Request");
    for (String field : new String[] {"message", "description", "detail"}) {
      assertThat(error.get(field).stringValue()).isNotEmpty();
    }
  }

  @Test
  void a_body_that_is_no_form_is_refused_rather_than_ignored() {
    HttpResponse<String> answer =
        gateway.send(
            gateway
                .authorized("/session/create")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"archiveMode\":\"always\"}")));
    assertThat(answer.statusCode()).isEqualTo(415);
  }

  @Test
  void json_without_a_body_is_as_no_body() {
    HttpResponse<String> answer =
        gateway.send(
            gateway
                .authorized("/session/create")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"//session/create", "/session/create/", "///session//create/"})
  void stray_slashes_are_tolerated(String path) {
    assertThat(raw("POST " + path, "", "").status()).isEqualTo(200);
  }

  @Test
  void a_chunked_form_is_read() {
    RawHttp.Answer answer =
        raw(
            "POST /session/create",
            "Content-Type: " + FORM + "\r\nTransfer-Encoding: chunked\r\n",
            "16\r\np2p.preference=relayed\r\n0\r\n\r\n");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("\"session_id\":\"1_");
  }

  @Test
  void a_body_over_the_limit_is_refused_with_and_without_its_length() {
    assertThat(create("x=" + "y".repeat(64 * 1024)).statusCode()).isEqualTo(413);
    RawHttp.Answer chunked =
        raw(
            "POST /session/create",
            "Content-Type: " + FORM + "\r\nTransfer-Encoding: chunked\r\n",
            "11000\r\n" + "y".repeat(0x11000) + "\r\n0\r\n\r\n");
    assertThat(chunked.status()).isEqualTo(413);
    assertThat(chunked.body()).contains("\"code\":413");
  }

  private Session created(String form) {
    String id = only(create(form)).get("session_id").stringValue();
    return gateway.repository().find(new SessionId(id)).orElseThrow();
  }

  private HttpResponse<String> create(String form) {
    return gateway.send(
        gateway
            .authorized("/session/create")
            .header("Content-Type", FORM)
            .POST(BodyPublishers.ofString(form)));
  }

  private RawHttp.Answer raw(String methodAndPath, String headers, String body) {
    return RawHttp.exchange(
        gateway.port(),
        methodAndPath
            + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + gateway.tenant().restToken(Instant.now())
            + "\r\n"
            + headers
            + "\r\n"
            + body);
  }

  private static JsonNode only(HttpResponse<String> answer) {
    JsonNode json = new JsonMapper().readTree(answer.body());
    assertThat(json.size()).as(answer.body()).isEqualTo(1);
    return json.get(0);
  }
}
