package dev.sluice.gateway.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.testing.RunningGateway;
import dev.sluice.gateway.testing.SignallingClient;
import dev.sluice.session.ConnectionId;
import dev.sluice.session.Session;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.media.MediaKind;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StreamsTest {
  private static final Map<String, Object> CAMERA =
      Map.of(
          "name",
          "Ada's camera",
          "initials",
          "AL",
          "videoType",
          "camera",
          "hasAudio",
          true,
          "hasVideo",
          true,
          "videoDimensions",
          Map.of("width", 1280, "height", 720),
          "frameRate",
          30);

  private final RunningGateway gateway = RunningGateway.start();
  private Session session = gateway.newSession();
  private SignallingClient publisher = gateway.open();
  private SignallingClient viewer = gateway.open();
  private ConnectionId viewerConnection = new ConnectionId(new UUID(0, 0));

  @BeforeEach
  void join() {
    session = gateway.newSession();
    publisher = gateway.join(session, "publisher");
    viewer = gateway.join(session, "subscriber");
    viewerConnection =
        ConnectionId.parse(publisher.event("connectionCreated").at("/connection/id").stringValue())
            .orElseThrow();
  }

  @AfterEach
  void leave() {
    publisher.close();
    viewer.close();
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void a_stream_is_announced_when_its_media_are_negotiated() {
    String streamId = publish();
    viewer.expectNothing();

    JsonNode answer = offer(streamId, "my offer");
    assertThat(answer.get("sdp").stringValue()).isEqualTo("answer to my offer");

    JsonNode stream = viewer.event("streamCreated").get("stream");
    assertThat(stream.get("id").stringValue()).isEqualTo(streamId);
    assertThat(stream.get("connectionId").stringValue()).hasSize(36);
    assertThat(stream.get("createdAt").longValue()).isPositive();
    assertThat(stream.get("name").stringValue()).isEqualTo("Ada's camera");
    assertThat(stream.get("initials").stringValue()).isEqualTo("AL");
    assertThat(stream.get("videoType").stringValue()).isEqualTo("camera");
    assertThat(stream.get("hasAudio").booleanValue()).isTrue();
    assertThat(stream.get("hasVideo").booleanValue()).isTrue();
    assertThat(stream.get("videoDimensions").toString())
        .isEqualTo("{\"width\":1280,\"height\":720}");
    assertThat(stream.get("frameRate").intValue()).isEqualTo(30);
    publisher.expectNothing();
  }

  @Test
  void who_comes_later_finds_the_stream_in_the_reply() {
    String streamId = published();
    try (SignallingClient late = gateway.open()) {
      JsonNode reply = late.connect(session.id().value(), gateway.token(session, "subscriber"));
      assertThat(reply.get("streams").size()).isEqualTo(1);
      assertThat(reply.get("streams").get(0).get("id").stringValue()).isEqualTo(streamId);
    }
  }

  @Test
  void a_voice_alone_has_no_video_type() {
    String streamId =
        publisher
            .ask("publish", Map.of("hasAudio", true, "hasVideo", false))
            .get("streamId")
            .stringValue();
    offer(streamId, "sdp");
    JsonNode stream = viewer.event("streamCreated").get("stream");
    assertThat(stream.has("videoType")).isFalse();
    assertThat(stream.has("initials")).isFalse();
    assertThat(stream.has("frameRate")).isFalse();
    assertThat(stream.get("name").stringValue()).isEmpty();
    assertThat(stream.get("videoDimensions").toString()).isEqualTo("{\"width\":0,\"height\":0}");
  }

  @Test
  void a_changed_property_is_told_to_everyone_with_both_values() {
    String streamId = published();
    publisher.ask(
        "updateStream",
        Map.of(
            "streamId",
            streamId,
            "hasVideo",
            false,
            "videoDimensions",
            Map.of("width", 640, "height", 480)));
    for (SignallingClient each : List.of(publisher, viewer)) {
      JsonNode video = each.event("streamPropertyChanged");
      assertThat(video.get("streamId").stringValue()).isEqualTo(streamId);
      assertThat(video.get("property").stringValue()).isEqualTo("hasVideo");
      assertThat(video.get("oldValue").booleanValue()).isTrue();
      assertThat(video.get("newValue").booleanValue()).isFalse();
      JsonNode size = each.event("streamPropertyChanged");
      assertThat(size.get("property").stringValue()).isEqualTo("videoDimensions");
      assertThat(size.get("oldValue").get("width").intValue()).isEqualTo(1280);
      assertThat(size.get("newValue").get("height").intValue()).isEqualTo(480);
    }
    publisher.ask("updateStream", Map.of("streamId", streamId, "hasAudio", false));
    assertThat(viewer.event("streamPropertyChanged").get("property").stringValue())
        .isEqualTo("hasAudio");
  }

  @Test
  void an_unpublished_stream_is_destroyed_for_the_others() {
    String streamId = published();
    assertThat(publisher.ask("unpublish", Map.of("streamId", streamId)).has("error")).isFalse();
    JsonNode destroyed = viewer.event("streamDestroyed");
    assertThat(destroyed.get("streamId").stringValue()).isEqualTo(streamId);
    assertThat(destroyed.get("reason").stringValue()).isEqualTo("clientDisconnected");
    publisher.expectNothing();
  }

  @Test
  void the_offer_of_a_subscription_comes_after_its_reply() {
    String streamId = published();
    String subscriptionId = subscribe(viewer, streamId);

    JsonNode offer = viewer.event("subscribeOffer");
    assertThat(offer.get("revision").intValue()).isEqualTo(1);
    assertThat(offer.get("peer").intValue()).isEqualTo(1);
    assertThat(offer.get("sdp").stringValue()).isEqualTo("offer 1");
    assertThat(offer.get("tracks").get(0).toString())
        .isEqualTo(
            "{\"mid\":\"0\",\"kind\":\"audio\",\"subscriptionId\":\"%s\",\"streamId\":\"%s\"}"
                .formatted(subscriptionId, streamId));
    assertThat(offer.get("tracks").get(1).get("kind").stringValue()).isEqualTo("video");

    assertThat(viewer.errorOf("subscribeAnswer", Map.of("revision", 1, "sdp", "x")))
        .isEqualTo("no error");
    assertThat(viewer.errorOf("subscribeAnswer", Map.of("revision", 7, "sdp", "x")))
        .isEqualTo("stale_revision");
    assertThat(
            viewer.errorOf(
                "updateSubscription", Map.of("subscriptionId", subscriptionId, "video", false)))
        .isEqualTo("no error");
    assertThat(viewer.errorOf("unsubscribe", Map.of("subscriptionId", subscriptionId)))
        .isEqualTo("no error");
    assertThat(viewer.errorOf("unsubscribe", Map.of("subscriptionId", subscriptionId)))
        .isEqualTo("subscription_not_found");
  }

  @Test
  void a_subscription_may_prefer_a_layer_and_take_that_back() {
    String subscriptionId =
        viewer
            .ask(
                "subscribe",
                Map.of(
                    "streamId",
                    published(),
                    "audio",
                    true,
                    "video",
                    true,
                    "preferredResolution",
                    Map.of("width", 320, "height", 180),
                    "preferredFrameRate",
                    15))
            .get("subscriptionId")
            .stringValue();
    assertThat(
            viewer.errorOf(
                "updateSubscription",
                Map.of("subscriptionId", subscriptionId, "preferredResolution", "none")))
        .isEqualTo("no error");
    assertThat(
            viewer.errorOf(
                "updateSubscription",
                Map.of("subscriptionId", subscriptionId, "preferredFrameRate", "fast")))
        .isEqualTo("bad_request");
  }

  @Test
  void a_restarted_subscribe_peer_connection_gets_its_offer_after_the_reply() {
    viewer.ask("restartSubscribe", Map.of());
    assertThat(viewer.event("subscribeOffer").get("peer").intValue()).isEqualTo(1);
    viewer.ask("restartSubscribe", Map.of("renew", true));
    assertThat(viewer.event("subscribeOffer").get("peer").intValue()).isEqualTo(2);
  }

  @Test
  void an_interrupted_stream_and_its_return_are_told_to_the_others() {
    StreamId stream = StreamId.parse(published()).orElseThrow();
    gateway.media().listener().onStreamInterrupted(stream);
    assertThat(viewer.event("streamInterrupted").get("streamId").stringValue())
        .isEqualTo(stream.toString());
    gateway.media().listener().onStreamRestored(stream);
    assertThat(viewer.event("streamRestored").get("streamId").stringValue())
        .isEqualTo(stream.toString());
    publisher.expectNothing();
  }

  @Test
  void a_refused_medium_is_told_to_its_subscriber() {
    String streamId = published();
    String subscriptionId = subscribe(viewer, streamId);
    viewer.event("subscribeOffer");
    gateway
        .media()
        .listener()
        .onSubscriptionRefused(
            viewerConnection,
            new SubscriptionId(subscriptionId),
            StreamId.parse(streamId).orElseThrow(),
            MediaKind.VIDEO,
            "AV1");
    JsonNode refused = viewer.event("subscriptionRefused");
    assertThat(refused.get("subscriptionId").stringValue()).isEqualTo(subscriptionId);
    assertThat(refused.get("streamId").stringValue()).isEqualTo(streamId);
    assertThat(refused.get("kind").stringValue()).isEqualTo("video");
    assertThat(refused.get("codec").stringValue()).isEqualTo("AV1");
  }

  @Test
  void a_subscriber_may_not_publish() {
    assertThat(viewer.errorOf("publish", CAMERA)).isEqualTo("permission_denied");
  }

  @Test
  void a_publisher_only_may_neither_subscribe_nor_signal() {
    String streamId = published();
    try (SignallingClient only = gateway.join(session, "publisheronly")) {
      assertThat(
              only.errorOf("subscribe", Map.of("streamId", streamId, "audio", true, "video", true)))
          .isEqualTo("permission_denied");
      assertThat(only.errorOf("signal", Map.of())).isEqualTo("permission_denied");
      assertThat(only.errorOf("publish", CAMERA)).isEqualTo("no error");
    }
  }

  @Test
  void what_is_not_there_is_named_by_its_error() {
    String nowhere = UUID.randomUUID().toString();
    Map<String, Object> subscribe = Map.of("streamId", nowhere, "audio", true, "video", true);
    assertThat(viewer.errorOf("subscribe", subscribe)).isEqualTo("stream_not_found");
    assertThat(publisher.errorOf("unpublish", Map.of("streamId", nowhere)))
        .isEqualTo("stream_not_found");
    assertThat(publisher.errorOf("updateStream", Map.of("streamId", nowhere, "hasAudio", true)))
        .isEqualTo("stream_not_found");
    assertThat(viewer.errorOf("unsubscribe", Map.of("subscriptionId", "x")))
        .isEqualTo("subscription_not_found");
    assertThat(offer(nowhere, "sdp").get("error").get("code").stringValue())
        .isEqualTo("stream_not_found");
  }

  @Test
  void the_limits_of_a_connection_hold() {
    String streamId = published();
    publish();
    assertThat(publisher.errorOf("publish", CAMERA)).isEqualTo("stream_limit");
    for (int i = 0; i < RunningGateway.LIMITS.subscriptionsPerConnection(); i++) {
      subscribe(viewer, streamId);
    }
    assertThat(
            viewer.errorOf("subscribe", Map.of("streamId", streamId, "audio", true, "video", true)))
        .isEqualTo("subscription_limit");
  }

  @Test
  void an_offer_that_cannot_be_used_is_refused_and_the_socket_stays() {
    String streamId = publish();
    JsonNode bad = offer(streamId, "bad").get("error");
    assertThat(bad.get("code").stringValue()).isEqualTo("invalid_sdp");
    assertThat(bad.get("message").stringValue()).isEqualTo("no ICE password");
    assertThat(offer(streamId, "alien").get("error").get("code").stringValue())
        .isEqualTo("unsupported_media");
    JsonNode fault = offer(streamId, "boom").get("error");
    assertThat(fault.get("code").stringValue()).isEqualTo("internal");
    assertThat(fault.get("message").stringValue()).doesNotContain("secret internals");
    assertThat(offer(streamId, "good").has("error")).isFalse();
  }

  private String publish() {
    return publisher.ask("publish", CAMERA).get("streamId").stringValue();
  }

  private JsonNode offer(String streamId, String sdp) {
    return publisher.ask(
        "publishOffer",
        Map.of("sdp", sdp, "tracks", List.of(Map.of("mid", "0", "streamId", streamId))));
  }

  private String published() {
    String streamId = publish();
    offer(streamId, "sdp");
    viewer.event("streamCreated");
    return streamId;
  }

  private static String subscribe(SignallingClient client, String streamId) {
    return client
        .ask("subscribe", Map.of("streamId", streamId, "audio", true, "video", true))
        .get("subscriptionId")
        .stringValue();
  }
}
