package dev.sluice.gateway.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.testing.RunningGateway;
import dev.sluice.gateway.testing.SignallingClient;
import dev.sluice.session.ConnectionId;
import dev.sluice.session.Session;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.media.LayerPreference;
import dev.sluice.session.media.MediaChoice;
import dev.sluice.session.media.VideoQuality;
import dev.sluice.session.media.VideoTerms;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the media plane decides for the networks of clients reaches them, and what they ask, it. */
final class AdaptationTest {
  private final RunningGateway gateway = RunningGateway.start();
  private final Session session = gateway.newSession();
  private final SignallingClient publisher = gateway.join(session, "publisher");
  private final SignallingClient viewer = gateway.open();
  private final ConnectionId viewerConnection = joined();
  private StreamId stream = new StreamId(viewerConnection.value());
  private SubscriptionId subscription = new SubscriptionId("");

  private ConnectionId joined() {
    JsonNode reply = viewer.connect(session.id().value(), gateway.token(session, "subscriber"));
    return ConnectionId.parse(reply.at("/connection/id").stringValue()).orElseThrow();
  }

  @BeforeEach
  void publishAndSubscribe() {
    publisher.event("connectionCreated");
    stream = published(Map.of("videoType", "camera", "hasAudio", true, "hasVideo", true));
    subscription =
        new SubscriptionId(
            viewer
                .ask(
                    "subscribe",
                    Map.of("streamId", stream.toString(), "audio", true, "video", true))
                .get("subscriptionId")
                .stringValue());
    viewer.event("subscribeOffer");
  }

  @AfterEach
  void stop() {
    publisher.close();
    viewer.close();
    gateway.close();
  }

  @Test
  void each_quality_of_a_video_is_told_to_its_subscriber_alone() {
    for (VideoQuality quality :
        List.of(VideoQuality.WARNING, VideoQuality.OFF, VideoQuality.GOOD)) {
      gateway.media().listener().onVideoQuality(viewerConnection, subscription, quality);
    }
    for (String quality : List.of("warning", "off", "good")) {
      assertThat(viewer.event("videoQuality").toString())
          .contains(
              "\"subscriptionId\":\"%s\",\"quality\":\"%s\"".formatted(subscription, quality));
    }
    publisher.expectNothing();
  }

  @Test
  void who_speaks_is_told_to_everyone_and_after_the_reply_to_who_comes_later() {
    gateway.media().listener().onActiveSpeaker(stream);
    for (SignallingClient each : List.of(publisher, viewer)) {
      assertThat(each.event("activeSpeaker").get("streamId").stringValue())
          .isEqualTo(stream.toString());
    }
    try (SignallingClient late = gateway.join(session, "subscriber")) {
      assertThat(late.event("activeSpeaker").get("streamId").stringValue())
          .isEqualTo(stream.toString());
    }
  }

  @Test
  void a_publisher_is_told_which_of_its_layers_are_wanted() {
    gateway.media().listener().onWantedLayers(stream, List.of("q", "h"));

    JsonNode wanted = publisher.event("wantedLayers");
    assertThat(wanted.get("streamId").stringValue()).isEqualTo(stream.toString());
    assertThat(wanted.get("rids").toString()).isEqualTo("[\"q\",\"h\"]");
    viewer.expectNothing();
  }

  @Test
  void that_a_video_went_for_quality_is_told_with_it() {
    publisher.ask(
        "updateStream",
        Map.of("streamId", stream.toString(), "hasVideo", false, "reason", "quality"));
    assertThat(viewer.event("streamPropertyChanged").get("reason").stringValue())
        .isEqualTo("quality");

    publisher.ask("updateStream", Map.of("streamId", stream.toString(), "hasVideo", true));
    assertThat(viewer.event("streamPropertyChanged").has("reason")).isFalse();
  }

  @Test
  void a_hidden_video_is_held_back_until_it_is_visible() {
    assertThat(chosen()).isEqualTo(choice(true, true));
    viewer.ask(
        "updateSubscription", Map.of("subscriptionId", subscription.value(), "visible", false));
    assertThat(chosen()).isEqualTo(choice(false, true));
    viewer.ask(
        "updateSubscription", Map.of("subscriptionId", subscription.value(), "visible", true));
    assertThat(chosen()).isEqualTo(choice(true, true));
  }

  @Test
  void a_publisher_may_refuse_audio_fallback() {
    StreamId own =
        published(
            Map.of(
                "videoType", "camera", "hasAudio", true, "hasVideo", true, "audioFallback", false));
    subscription =
        new SubscriptionId(
            viewer
                .ask("subscribe", Map.of("streamId", own.toString(), "audio", true, "video", true))
                .get("subscriptionId")
                .stringValue());
    assertThat(chosen()).isEqualTo(choice(true, false));
  }

  @Test
  void who_toggles_a_video_without_end_is_slowed_down_and_nobody_else_is() {
    int toggles = SignallingLimits.DEFAULT.messagesAtOnce() + 80;
    for (int i = 0; i < toggles; i++) {
      viewer.request(
          "updateSubscription",
          Map.of("subscriptionId", subscription.value(), "video", i % 2 == 0));
    }
    for (int i = 0; i < 20; i++) {
      assertThat(
              publisher.errorOf(
                  "updateStream", Map.of("streamId", stream.toString(), "hasAudio", i % 2 == 0)))
          .isEqualTo("no error");
    }
    int refused = 0;
    for (int i = 0; i < toggles; i++) {
      JsonNode error = viewer.reply().get("error");
      if (error != null) {
        assertThat(error.get("code").stringValue()).isEqualTo("rate_limited");
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  private StreamId published(Map<String, Object> description) {
    String id = publisher.ask("publish", description).get("streamId").stringValue();
    publisher.ask(
        "publishOffer",
        Map.of("sdp", "sdp", "tracks", List.of(Map.of("mid", "0", "streamId", id))));
    viewer.event("streamCreated");
    return StreamId.parse(id).orElseThrow();
  }

  private MediaChoice chosen() {
    return gateway.media().choices().getOrDefault(subscription, choice(false, false));
  }

  private static MediaChoice choice(boolean video, boolean mayFallBack) {
    return new MediaChoice(true, video, LayerPreference.NONE, new VideoTerms(mayFallBack, false));
  }
}
