package dev.sluice.gateway.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.session.StreamDescription;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.VideoDimensions;
import dev.sluice.session.live.Preference;
import dev.sluice.session.live.SubscriptionUpdate;
import dev.sluice.session.live.SubscriptionWish;
import dev.sluice.session.media.LayerPreference;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestParserTest {
  private static final String STREAM = "\"streamId\":\"6f1f3c1e-6f0e-4c55-9f0a-0a9d2f6d2a11\"";

  private final RequestParser parser = new RequestParser(64 * 1024);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "7",
        "\"connect\"",
        "[]",
        "[{\"id\":1}]",
        "{",
        "{}",
        "{\"id\":1",
        "{\"id\":1}x",
        "{\"id\":1}{\"id\":2}",
        "{'id':1}",
        "{\"id\":\"1\",\"type\":\"ping\"}",
        "{\"id\":1.5,\"type\":\"ping\"}",
        "{\"id\":null,\"type\":\"ping\"}",
        "{\"id\":99999999999999999999,\"type\":\"ping\"}",
        "{\"type\":\"ping\"}",
        "{\"id\":NaN,\"type\":\"ping\"}"
      })
  void what_has_no_integer_id_is_not_this_protocol(String text) {
    assertThat(parser.parse(text)).isEqualTo(new Incoming.NotThisProtocol());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\":1}                                                        | type",
        "{\"id\":1,\"type\":3}                                             | type",
        "{\"id\":1,\"type\":\"connect\",\"token\":\"t\"}                   | sessionId",
        "{\"id\":1,\"type\":\"connect\",\"sessionId\":\"s\"}               | token",
        "{\"id\":1,\"type\":\"connect\",\"sessionId\":\"s\",\"token\":{}}  | token",
        "{\"id\":1,\"type\":\"publish\",\"hasAudio\":true}                 | hasVideo",
        "{\"id\":1,\"type\":\"publish\",\"hasAudio\":1,\"hasVideo\":true}  | hasAudio",
        "{\"id\":1,\"type\":\"publishOffer\",\"tracks\":[]}                | sdp",
        "{\"id\":1,\"type\":\"publishOffer\",\"sdp\":\"x\"}                | tracks",
        "{\"id\":1,\"type\":\"publishOffer\",\"sdp\":\"x\",\"tracks\":{}}  | tracks",
        "{\"id\":1,\"type\":\"publishOffer\",\"sdp\":\"x\",\"tracks\":[1]} | tracks",
        "{\"id\":1,\"type\":\"unpublish\",\"streamId\":\"7\"}              | streamId",
        "{\"id\":1,\"type\":\"subscribeAnswer\",\"sdp\":\"\"}              | revision",
        "{\"id\":1,\"type\":\"subscribeAnswer\",\"sdp\":\"\",\"revision\":-1}  | revision",
        "{\"id\":1,\"type\":\"subscribeAnswer\",\"sdp\":\"\",\"revision\":1.5} | revision",
        "{\"id\":1,\"type\":\"unsubscribe\"}                               | subscriptionId",
        "{\"id\":1,\"type\":\"ping\",\"seq\":-1}                           | seq",
        "{\"id\":1,\"type\":\"ping\",\"seq\":1.5}                          | seq",
        "{\"id\":1,\"type\":\"resume\",\"token\":\"t\",\"seq\":0}            | connectionId",
        "{\"id\":1,\"type\":\"resume\",\"connectionId\":\"c\"}             | seq",
        "{\"id\":1,\"type\":\"restartSubscribe\",\"renew\":1}              | renew",
        "{\"id\":1,\"type\":\"updateSubscription\",\"subscriptionId\":\"s\",\"visible\":0} | visible",
        "{\"id\":1,\"type\":\"updateStream\",\"streamId\":\"6f1f3c1e-6f0e-4c55-9f0a-0a9d2f6d2a11\",\"reason\":\"mood\"} | reason",
        "{\"id\":1,\"type\":\"signal\",\"to\":\"everyone\"}                | to",
        "{\"id\":1,\"type\":\"signal\",\"data\":{}}                        | data"
      })
  void a_bad_field_is_named(String text, String field) {
    Incoming incoming = parser.parse(text);
    assertThat(incoming).isInstanceOf(Incoming.Refused.class);
    Incoming.Refused refused = (Incoming.Refused) incoming;
    assertThat(refused.error().code()).isEqualTo(ErrorCode.BAD_REQUEST);
    assertThat(refused.error().message()).contains("field " + field + " ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"name\":\"%s\"",
        "\"initials\":\"seventeen letters\"",
        "\"videoType\":\"hologram\"",
        "\"frameRate\":-1",
        "\"frameRate\":29.97",
        "\"frameRate\":1e9",
        "\"videoDimensions\":{\"width\":1}",
        "\"videoDimensions\":{\"width\":-1,\"height\":1}",
        "\"videoDimensions\":{\"width\":16385,\"height\":1}",
        "\"videoDimensions\":[1,2]",
        "\"audioFallback\":\"auto\"",
        "\"audioFallback\":{\"subscriber\":true}"
      })
  void a_stream_is_described_within_limits(String field) {
    String text =
        "{\"id\":1,\"type\":\"publish\",\"hasAudio\":true,\"hasVideo\":true,"
            + field.formatted("n".repeat(1025))
            + "}";
    assertThat(parser.parse(text)).isInstanceOf(Incoming.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"preferredResolution\":{\"width\":0,\"height\":1}",
        "\"preferredResolution\":{\"width\":16385,\"height\":1}",
        "\"preferredResolution\":\"small\"",
        "\"preferredFrameRate\":0",
        "\"preferredFrameRate\":241",
        "\"preferredFrameRate\":\"slow\""
      })
  void a_preferred_layer_is_within_limits(String field) {
    String update = "{\"id\":1,\"type\":\"updateSubscription\",\"subscriptionId\":\"s\",";
    String subscribe = "{\"id\":1,\"type\":\"subscribe\",\"audio\":true,\"video\":true,";
    assertThat(parser.parse(update + field + "}")).isInstanceOf(Incoming.Refused.class);
    assertThat(parser.parse(subscribe + STREAM + "," + field + "}"))
        .isInstanceOf(Incoming.Refused.class);
  }

  @Test
  void a_preference_is_wanted_taken_back_or_not_spoken_of() {
    String update = "{\"id\":1,\"type\":\"updateSubscription\",\"subscriptionId\":\"s\"";
    assertThat(
            parser.parse(
                update
                    + ",\"preferredResolution\":{\"width\":320,\"height\":180},"
                    + "\"preferredFrameRate\":\"none\"}"))
        .isEqualTo(
            updateOf(
                new Preference.Wanted<>(new VideoDimensions(320, 180)), new Preference.None<>()));
    assertThat(parser.parse(update + ",\"preferredFrameRate\":15}"))
        .isEqualTo(updateOf(new Preference.Unchanged<>(), new Preference.Wanted<>(15)));
  }

  private static Incoming updateOf(
      Preference<VideoDimensions> resolution, Preference<Integer> frameRate) {
    return new Incoming.Request(
        1,
        new SignallingRequest.UpdateSubscription(
            new SubscriptionId("s"),
            new SubscriptionUpdate(
                Optional.empty(), Optional.empty(), Optional.empty(), resolution, frameRate)));
  }

  @Test
  void what_is_not_said_of_a_subscription_is_what_one_expects() {
    assertThat(parser.parse(subscribe("")))
        .isEqualTo(subscribed(new SubscriptionWish(true, true, true, LayerPreference.NONE)));
    assertThat(parser.parse(subscribe(",\"visible\":false")))
        .isEqualTo(subscribed(new SubscriptionWish(true, true, false, LayerPreference.NONE)));
  }

  private static String subscribe(String more) {
    return "{\"id\":1,\"type\":\"subscribe\",\"audio\":true,\"video\":true," + STREAM + more + "}";
  }

  private static Incoming subscribed(SubscriptionWish wish) {
    return new Incoming.Request(
        1,
        new SignallingRequest.Subscribe(
            StreamId.parse("6f1f3c1e-6f0e-4c55-9f0a-0a9d2f6d2a11").orElseThrow(), wish));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"videoType\":\"camera\"                            | true",
        "\"videoType\":\"camera\",\"audioFallback\":null     | true",
        "\"videoType\":\"camera\",\"audioFallback\":false    | false",
        "\"videoType\":\"screen\"                            | false",
        "\"videoType\":\"screen\",\"audioFallback\":true     | true",
        "\"name\":\"of no type\"                             | false"
      })
  void a_publisher_says_whether_its_stream_may_fall_back(String fields, boolean mayFallBack) {
    Incoming incoming =
        parser.parse(
            "{\"id\":1,\"type\":\"publish\",\"hasAudio\":true,\"hasVideo\":true," + fields + "}");
    assertThat(incoming)
        .isInstanceOfSatisfying(
            Incoming.Request.class,
            request ->
                assertThat(((SignallingRequest.Publish) request.request()).description())
                    .extracting(StreamDescription::mayFallBack)
                    .isEqualTo(mayFallBack));
  }

  @Test
  void an_unknown_type_is_refused_as_such() {
    assertThat(parser.parse("{\"id\":5,\"type\":\"teleport\"}"))
        .isEqualTo(
            new Incoming.Refused(
                5, new SignallingError(ErrorCode.UNKNOWN_TYPE, "There is no such request type")));
  }

  @Test
  void unknown_fields_and_nulls_are_as_if_absent() {
    assertThat(
            parser.parse("{\"id\":5,\"type\":\"ping\",\"later\":{\"a\":[1,{}]},\"streamId\":null}"))
        .isEqualTo(new Incoming.Request(5, new SignallingRequest.Ping(OptionalLong.empty())));
  }

  @Test
  void deep_nesting_long_numbers_and_long_names_are_stopped_early() {
    assertThat(parser.parse("{\"id\":1,\"x\":" + "[".repeat(50_000)))
        .isEqualTo(new Incoming.NotThisProtocol());
    assertThat(parser.parse("{\"id\":1,\"x\":" + "9".repeat(60_000) + "}"))
        .isEqualTo(new Incoming.NotThisProtocol());
    assertThat(parser.parse("{\"" + "n".repeat(60_000) + "\":1}"))
        .isEqualTo(new Incoming.NotThisProtocol());
  }

  @Test
  void junk_made_of_real_requests_never_throws() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String[] samples = {
      "{\"id\":1,\"type\":\"connect\",\"sessionId\":\"s\",\"token\":\"t\",\"client\":\"c\"}",
      "{\"id\":2,\"type\":\"publish\",\"hasAudio\":true,\"hasVideo\":false,\"frameRate\":15}",
      "{\"id\":3,\"type\":\"publishOffer\",\"sdp\":\"v=0\",\"tracks\":[{\"mid\":\"0\","
          + STREAM
          + "}]}",
      "{\"id\":4,\"type\":\"updateStream\"," + STREAM + ",\"videoDimensions\":{\"width\":1}}",
      "{\"id\":5,\"type\":\"signal\",\"signalType\":\"a\",\"data\":\"\\ud800\\u0000\"}"
    };
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = samples[random.nextInt(samples.length)].getBytes(StandardCharsets.UTF_8);
      for (int change = random.nextInt(6); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
      }
      String text = new String(bytes, StandardCharsets.UTF_8);
      assertThat(parser.parse(text)).as("seed %d, text %s", seed, text).isNotNull();
    }
  }
}
