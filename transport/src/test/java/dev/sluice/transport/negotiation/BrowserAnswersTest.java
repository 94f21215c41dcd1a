package dev.sluice.transport.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.transport.sdp.SdpSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What real browsers take of an offer of everything, and what they refuse. */
final class BrowserAnswersTest {
  private final SubscribeNegotiation<String> negotiation =
      new SubscribeNegotiation<>(
          MediaCapabilities.standard(), Locals.LOCAL, 7, new Random(1)::nextInt);

  @Test
  void chromium_takes_all_but_high_profile_h264() throws Exception {
    SubscriptionAnswer<String> answer = answerOf(SdpSamples.CHROMIUM_ANSWER);

    assertThat(answer.accepted())
        .extracting(accepted -> accepted.track().key())
        .containsExactly("opus", "42e01f", "VP8", "VP9", "AV1", "42001f", "4d001f");
    assertThat(refused(answer)).containsExactly("64001f");
    assertThat(answer.accepted().getFirst().red()).isTrue();
    List<AcceptedTrack<String>> video = answer.accepted().subList(1, 7);
    assertThat(video)
        .allMatch(AcceptedTrack::rtx)
        .allMatch(track -> track.extensionIds().containsKey(ExtensionUris.DEPENDENCY_DESCRIPTOR));
    assertThat(answer.remote()).isPresent();
  }

  @Test
  void firefox_refuses_h264_takes_opus_alone_and_goes_on() throws Exception {
    SubscriptionAnswer<String> answer = answerOf(SdpSamples.FIREFOX_ANSWER);

    assertThat(answer.accepted())
        .extracting(accepted -> accepted.track().key())
        .containsExactly("opus", "VP8", "VP9", "AV1");
    assertThat(refused(answer)).containsExactly("42e01f", "42001f", "4d001f", "64001f");
    assertThat(answer.accepted().getFirst().red()).isFalse();
    assertThat(answer.accepted().subList(1, 4)).allMatch(AcceptedTrack::rtx);
    assertThat(answer.remote()).isPresent();
    assertThat(negotiation.nextOffer()).isEmpty();
  }

  @Test
  void a_codec_that_was_refused_is_not_in_later_offers() throws Exception {
    answerOf(SdpSamples.FIREFOX_ANSWER);

    negotiation.remove("VP8");

    SubscriptionOffer<String> next = negotiation.nextOffer().orElseThrow();
    assertThat(next.tracks()).extracting(SentTrack::key).containsExactly("opus", "VP9", "AV1");
    assertThat(next.sdp()).doesNotContain("H264");
  }

  private SubscriptionAnswer<String> answerOf(String sample) throws NegotiationException {
    List<SupportedCodec> h264 = VideoFormats.of(VideoCodec.H264);
    add(h264.getFirst());
    add(MediaCapabilities.standard().codecs().getFirst());
    add(VideoFormats.of(VideoCodec.VP8).getFirst());
    add(VideoFormats.of(VideoCodec.VP9).getFirst());
    add(VideoFormats.of(VideoCodec.AV1).getFirst());
    add(h264.get(1));
    add(h264.get(2));
    add(h264.get(4));
    return negotiation.acceptAnswer(
        negotiation.nextOffer().orElseThrow().revision(), SdpSamples.read(sample));
  }

  /** The key is the codec's name, of H.264 its profile. */
  private void add(SupportedCodec codec) {
    String profile = "profile-level-id=";
    int at = codec.parameters().indexOf(profile);
    String key = at < 0 ? codec.name() : codec.parameters().substring(at + profile.length());
    negotiation.add(key, codec, new TrackLabel("s", key, "c"));
  }

  private static List<String> refused(SubscriptionAnswer<String> answer) {
    List<String> keys = new ArrayList<>();
    answer.refused().forEach(track -> keys.add(track.key()));
    return keys;
  }
}
