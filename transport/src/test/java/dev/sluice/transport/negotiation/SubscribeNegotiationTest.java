package dev.sluice.transport.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.rtp.codec.VideoCodec;
import dev.sluice.transport.IceCredentials;
import dev.sluice.transport.sdp.Codec;
import dev.sluice.transport.sdp.Direction;
import dev.sluice.transport.sdp.MediaSection;
import dev.sluice.transport.sdp.SdpException;
import dev.sluice.transport.sdp.SessionDescription;
import dev.sluice.transport.sdp.Setup;
import dev.sluice.transport.sdp.SourceGroup;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

final class SubscribeNegotiationTest {
  private static final MediaCapabilities CAPABILITIES = MediaCapabilities.standard();
  private static final SupportedCodec OPUS = CAPABILITIES.codecs().get(0);
  private static final SupportedCodec VP8 = CAPABILITIES.codecs().get(1);

  private static final IceCredentials RESTARTED =
      new IceCredentials("srvR", "restartPasswordOf24Chars");

  private final SubscribeNegotiation<String> negotiation = negotiation(new Random(1)::nextInt);
  private final Answerer client = new Answerer();

  private static SubscribeNegotiation<String> negotiation(IntSupplier ssrcs) {
    return new SubscribeNegotiation<>(CAPABILITIES, Locals.LOCAL, 7, ssrcs);
  }

  @Test
  void an_offer_has_our_numbers_and_one_stream_for_audio_and_video() throws Exception {
    SentTrack<String> audio = negotiation.add("a", OPUS, new TrackLabel("s1", "s1-a", "c1"));
    SentTrack<String> video = negotiation.add("v", VP8, new TrackLabel("s1", "s1-v", "c1"));

    SubscriptionOffer<String> offer = negotiation.nextOffer().orElseThrow();

    assertThat(offer.revision()).isEqualTo(1);
    assertThat(offer.tracks()).containsExactly(audio, video);
    SessionDescription sdp = SessionDescription.parse(offer.sdp());
    assertThat(sdp.origin().sessionId()).isEqualTo(7);
    assertThat(sdp.iceLite()).isTrue();
    assertThat(sdp.bundle()).containsExactly("0", "1");
    MediaSection section = sdp.media().get(1);
    assertThat(section.transport().setup()).hasValue(Setup.ACTPASS);
    assertThat(section.direction()).isEqualTo(Direction.SENDONLY);
    assertThat(section.formats()).containsExactly("96", "97");
    assertThat(section.msid().orElseThrow().stream())
        .isEqualTo(sdp.media().get(0).msid().orElseThrow().stream());
    assertThat(section.sourceGroups())
        .containsExactly(
            new SourceGroup("FID", List.of(video.ssrc(), video.rtxSsrc().orElseThrow())));
    assertThat(section.sources()).allMatch(source -> source.cname().orElseThrow().equals("c1"));
    assertThat(audio.rtxSsrc()).isEqualTo(OptionalInt.empty());
  }

  @Test
  void an_answer_tells_the_clients_parameters_and_what_it_takes() throws Exception {
    SentTrack<String> video = add("v", VP8);

    SubscriptionAnswer<String> answer = answerNext(client);

    assertThat(answer.remote().orElseThrow().fingerprint()).isEqualTo(Locals.FINGERPRINT);
    assertThat(answer.refused()).isEmpty();
    AcceptedTrack<String> accepted = answer.accepted().getFirst();
    assertThat(accepted.track()).isEqualTo(video);
    assertThat(accepted.rtx()).isTrue();
    assertThat(accepted.extensionIds())
        .containsEntry(ExtensionUris.TRANSPORT_WIDE_CC, 3)
        .doesNotContainKey(ExtensionUris.RID);
  }

  @Test
  void sound_may_be_asked_for_again_and_whether_the_answer_says_so_changes_nothing()
      throws Exception {
    add("a", OPUS);
    SubscriptionOffer<String> offer = negotiation.nextOffer().orElseThrow();
    assertThat(offer.sdp()).contains("a=rtcp-fb:111 transport-cc\r\na=rtcp-fb:111 nack\r\n");
    assertThat(SessionDescription.parse(offer.sdp()).media().getFirst().codecs())
        .filteredOn(codec -> codec.name().equals("red"))
        .allSatisfy(red -> assertThat(red.feedback()).isEmpty());
    String agreed = client.answer(offer.sdp());
    assertThat(agreed).contains("a=rtcp-fb:111 nack");

    AcceptedTrack<String> accepted =
        negotiation.acceptAnswer(offer.revision(), agreed).accepted().getFirst();

    SubscribeNegotiation<String> other = negotiation(new Random(1)::nextInt);
    other.add("a", OPUS, accepted.track().label());
    String unsaid = agreed.replace("a=rtcp-fb:111 nack\r\n", "");
    int revision = other.nextOffer().orElseThrow().revision();
    AcceptedTrack<String> same = other.acceptAnswer(revision, unsaid).accepted().getFirst();
    assertThat(same.red()).isEqualTo(accepted.red());
    assertThat(same.extensionIds()).isEqualTo(accepted.extensionIds());
  }

  @Test
  void a_client_without_rtx_gets_none() throws Exception {
    add("v", VP8);

    assertThat(answerNext(new Answerer().withoutRtx()).accepted().getFirst().rtx()).isFalse();
  }

  @Test
  void only_one_offer_is_outstanding_and_changes_go_in_the_next() throws Exception {
    add("a", OPUS);
    SubscriptionOffer<String> first = negotiation.nextOffer().orElseThrow();
    add("b", OPUS);
    add("c", OPUS);

    assertThat(negotiation.nextOffer()).isEmpty();
    SubscriptionAnswer<String> answer = negotiation.acceptAnswer(1, client.answer(first.sdp()));
    assertThat(answer.accepted()).hasSize(1);
    SubscriptionOffer<String> second = negotiation.nextOffer().orElseThrow();
    assertThat(second.revision()).isEqualTo(2);
    assertThat(second.tracks()).hasSize(3);
    assertThat(SessionDescription.parse(second.sdp()).origin().version()).isEqualTo(2);
  }

  @Test
  void nothing_is_offered_when_nothing_changed() throws Exception {
    assertThat(negotiation.nextOffer()).isEmpty();
    add("a", OPUS);
    answerNext(client);
    assertThat(negotiation.nextOffer()).isEmpty();
    negotiation.remove("unknown");
    assertThat(negotiation.nextOffer()).isEmpty();
  }

  @Test
  void a_section_is_used_again_only_after_the_client_saw_it_inactive() throws Exception {
    SentTrack<String> old = add("old", VP8);
    answerNext(client);
    negotiation.remove("old");
    SentTrack<String> early = add("early", VP8);
    assertThat(early.mid()).isNotEqualTo(old.mid());

    SubscriptionOffer<String> offer = negotiation.nextOffer().orElseThrow();
    MediaSection inactive = SessionDescription.parse(offer.sdp()).media().get(1);
    assertThat(inactive.direction()).isEqualTo(Direction.INACTIVE);
    assertThat(inactive.msid()).isEmpty();
    assertThat(inactive.sources()).isEmpty();
    assertThat(add("between", VP8).mid()).isEqualTo("3");
    negotiation.acceptAnswer(offer.revision(), client.answer(offer.sdp()));

    assertThat(add("sound", OPUS).mid()).isEqualTo("0");
    SentTrack<String> reusing = add("late", VP8);
    assertThat(reusing.mid()).isEqualTo(old.mid());
    assertThat(reusing.ssrc()).isNotEqualTo(old.ssrc());
    SubscriptionOffer<String> next = negotiation.nextOffer().orElseThrow();
    assertThat(SessionDescription.parse(next.sdp()).media()).hasSize(4);
    assertThat(next.tracks()).contains(reusing);
  }

  @Test
  void a_track_removed_while_its_offer_is_out_is_neither_accepted_nor_refused() throws Exception {
    add("v", VP8);
    SubscriptionOffer<String> offer = negotiation.nextOffer().orElseThrow();
    negotiation.remove("v");

    SubscriptionAnswer<String> answer = negotiation.acceptAnswer(1, client.answer(offer.sdp()));

    assertThat(answer.accepted()).isEmpty();
    assertThat(answer.refused()).isEmpty();
    assertThat(negotiation.nextOffer().orElseThrow().tracks()).isEmpty();
  }

  @Test
  void a_stale_answer_is_refused_and_the_outstanding_offer_stays() throws Exception {
    add("a", OPUS);
    String sdp = client.answer(negotiation.nextOffer().orElseThrow().sdp());

    assertThat(refusal(0, sdp)).isInstanceOf(Refusal.StaleRevision.class);
    assertThat(refusal(2, sdp)).isInstanceOf(Refusal.StaleRevision.class);
    assertThat(negotiation.acceptAnswer(1, sdp).accepted()).hasSize(1);
    assertThat(refusal(1, sdp)).isInstanceOf(Refusal.StaleRevision.class);
  }

  @Test
  void an_answer_that_does_not_fit_the_offer_is_invalid_and_may_be_sent_again() throws Exception {
    add("a", OPUS);
    add("v", VP8);
    String sdp = client.answer(negotiation.nextOffer().orElseThrow().sdp());

    assertThat(refusal(1, "v=0")).isInstanceOf(Refusal.InvalidSdp.class);
    assertThat(refusal(1, sdp.substring(0, sdp.indexOf("m=video"))).message())
        .contains("1 m-sections in answer to 2");
    assertThat(refusal(1, sdp.replace("a=mid:1", "a=mid:5")).message()).contains("video 5");
    assertThat(refusal(1, sdp.replace("setup:active", "setup:passive")).message())
        .contains("a=setup");
    assertThat(refusal(1, sdp.replaceAll("a=group.*\r\n", "")).message()).contains("BUNDLE");
    assertThat(negotiation.acceptAnswer(1, sdp).accepted()).hasSize(2);
  }

  @Test
  void a_rejected_section_is_reported_and_its_place_used_again_under_a_new_mid() throws Exception {
    add("a", OPUS);
    SentTrack<String> rejected = add("v", VP8);

    SubscriptionAnswer<String> answer = answerNext(new Answerer().rejecting("1"));

    assertThat(answer.refused()).containsExactly(rejected);
    assertThat(answer.accepted()).hasSize(1);
    assertThat(answer.remote()).isPresent();
    assertThat(negotiation.nextOffer()).as("an offer of what both sides know").isEmpty();
    assertThat(add("b", OPUS).mid()).isEqualTo("2");
    SubscriptionOffer<String> next = negotiation.nextOffer().orElseThrow();
    SessionDescription sdp = SessionDescription.parse(next.sdp());
    assertThat(sdp.media()).extracting(MediaSection::media).containsExactly("audio", "audio");
    assertThat(sdp.bundle()).containsExactly("0", "2");
  }

  @Test
  void what_was_rejected_is_not_offered_with_what_comes_later() throws Exception {
    add("a", OPUS);
    add("v", VP8);
    answerNext(new Answerer().rejecting("1"));
    negotiation.remove("a");

    SessionDescription sdp = SessionDescription.parse(negotiation.nextOffer().orElseThrow().sdp());

    assertThat(sdp.media().get(1).rejected()).isTrue();
    assertThat(sdp.bundle()).containsExactly("0");
  }

  @Test
  void the_transport_stands_on_a_section_of_audio_whatever_comes_first() throws Exception {
    add("v", VP8);

    SubscriptionOffer<String> offer = negotiation.nextOffer().orElseThrow();

    assertThat(offer.tracks()).extracting(SentTrack::mid).containsExactly("1");
    SessionDescription sdp = SessionDescription.parse(offer.sdp());
    assertThat(sdp.bundle()).containsExactly("0", "1");
    MediaSection first = sdp.media().getFirst();
    assertThat(first.media()).isEqualTo("audio");
    assertThat(first.direction()).isEqualTo(Direction.INACTIVE);
    assertThat(first.candidates()).hasSize(2);
    assertThat(sdp.media().get(1).candidates()).isEmpty();
    negotiation.acceptAnswer(1, client.answer(offer.sdp()));
    assertThat(add("a", OPUS).mid()).isEqualTo("0");
  }

  @Test
  void a_restart_of_ice_comes_with_the_next_offer() throws Exception {
    add("v", VP8);
    answerNext(client);

    negotiation.restartIce(RESTARTED);

    SubscriptionOffer<String> offer = negotiation.nextOffer().orElseThrow();
    assertThat(offer.tracks()).hasSize(1);
    assertThat(ufrags(offer)).containsOnly("srvR");
    assertThat(SessionDescription.parse(offer.sdp()).media().getFirst().candidates()).hasSize(2);
    negotiation.acceptAnswer(offer.revision(), client.answer(offer.sdp()));
    assertThat(negotiation.nextOffer()).isEmpty();
  }

  @Test
  void a_restart_while_an_offer_is_out_comes_with_the_one_after() throws Exception {
    add("v", VP8);
    SubscriptionOffer<String> outstanding = negotiation.nextOffer().orElseThrow();

    negotiation.restartIce(RESTARTED);

    assertThat(negotiation.nextOffer()).isEmpty();
    negotiation.acceptAnswer(outstanding.revision(), client.answer(outstanding.sdp()));
    assertThat(ufrags(outstanding)).containsOnly("srvU");
    assertThat(ufrags(negotiation.nextOffer().orElseThrow())).containsOnly("srvR");
  }

  @Test
  void without_a_section_there_is_no_transport_to_restart() throws Exception {
    negotiation.restartIce(RESTARTED);
    assertThat(negotiation.nextOffer()).isEmpty();

    add("v", VP8);
    assertThat(ufrags(negotiation.nextOffer().orElseThrow())).containsOnly("srvR");
  }

  @Test
  void a_client_may_take_opus_with_red_or_alone() throws Exception {
    add("a", OPUS);
    SubscriptionOffer<String> offer = negotiation.nextOffer().orElseThrow();
    MediaSection section = SessionDescription.parse(offer.sdp()).media().getFirst();
    assertThat(section.formats()).containsExactly("111", "63");
    assertThat(section.codecs().getLast().parameters()).isEqualTo("111/111");
    String answer = client.answer(offer.sdp());

    AcceptedTrack<String> withRed =
        negotiation.acceptAnswer(offer.revision(), answer).accepted().getFirst();
    negotiation.restartIce(RESTARTED);
    int next = negotiation.nextOffer().orElseThrow().revision();
    AcceptedTrack<String> alone =
        negotiation
            .acceptAnswer(next, answer.replace("SAVPF 111 63", "SAVPF 111"))
            .accepted()
            .getFirst();

    assertThat(withRed.red()).isTrue();
    assertThat(alone.red()).isFalse();
  }

  @Test
  void a_section_is_used_again_by_a_track_of_another_codec() throws Exception {
    SentTrack<String> first = add("first", VP8);
    answerNext(client);
    negotiation.remove("first");
    answerNext(client);

    SupportedCodec av1 = VideoFormats.of(VideoCodec.AV1).getFirst();
    SentTrack<String> second = add("second", av1);

    assertThat(second.mid()).isEqualTo(first.mid());
    SubscriptionOffer<String> offer = negotiation.nextOffer().orElseThrow();
    assertThat(SessionDescription.parse(offer.sdp()).media().get(1).codecs())
        .extracting(Codec::name)
        .containsExactly("AV1", "rtx");
    assertThat(negotiation.acceptAnswer(offer.revision(), client.answer(offer.sdp())).accepted())
        .extracting(AcceptedTrack::track)
        .containsExactly(second);
  }

  @Test
  void ssrcs_are_never_zero_nor_given_twice() {
    int[] drawn = {0, 5, 5, 5, 6, 6, 8};
    int[] next = {0};
    SubscribeNegotiation<String> scarce = negotiation(() -> drawn[next[0]++]);

    SentTrack<String> first = scarce.add("a", OPUS, new TrackLabel("s", "a", "c"));
    SentTrack<String> second = scarce.add("v", VP8, new TrackLabel("s", "v", "c"));

    assertThat(List.of(first.ssrc(), second.ssrc(), second.rtxSsrc().orElseThrow()))
        .containsExactlyInAnyOrder(5, 6, 8);
  }

  @Test
  void the_sections_in_use_are_bounded() {
    for (int i = 0; i < SubscribeNegotiation.MAX_TRACKS; i++) {
      add("t" + i, OPUS);
    }
    assertThatThrownBy(() -> add("one more", OPUS)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> add("t1", OPUS)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void random_changes_never_bring_two_tracks_into_one_section() throws Exception {
    long seed = 20_261_122L;
    Random random = new Random(seed);
    for (int step = 0; step < 300; step++) {
      String key = "k" + random.nextInt(12);
      negotiation.remove(key);
      if (random.nextBoolean()) {
        add(key, random.nextBoolean() ? OPUS : VP8);
      }
      if (random.nextInt(3) == 0) {
        Answerer answerer = new Answerer();
        if (random.nextInt(4) == 0) {
          answerer.rejecting(Integer.toString(random.nextInt(20)));
        }
        var offer = negotiation.nextOffer();
        if (offer.isPresent()) {
          assertThat(offer.get().tracks())
              .as("seed %d, step %d", seed, step)
              .extracting(SentTrack::mid)
              .doesNotHaveDuplicates();
          negotiation.acceptAnswer(offer.get().revision(), answerer.answer(offer.get().sdp()));
        }
      }
    }
    SubscriptionOffer<String> last = negotiation.nextOffer().orElseThrow();
    assertThat(SessionDescription.parse(last.sdp()).media())
        .as("seed %d: sections are used again", seed)
        .hasSizeLessThan(60);
  }

  private static List<String> ufrags(SubscriptionOffer<String> offer) throws SdpException {
    return SessionDescription.parse(offer.sdp()).media().stream()
        .flatMap(section -> section.transport().iceUsernameFragment().stream())
        .toList();
  }

  private SentTrack<String> add(String key, SupportedCodec codec) {
    return negotiation.add(key, codec, new TrackLabel("stream-" + key.replace(' ', '-'), "t", "c"));
  }

  private SubscriptionAnswer<String> answerNext(Answerer answerer) throws Exception {
    SubscriptionOffer<String> offer = negotiation.nextOffer().orElseThrow();
    return negotiation.acceptAnswer(offer.revision(), answerer.answer(offer.sdp()));
  }

  private Refusal refusal(int revision, String sdp) {
    NegotiationException refused =
        catchThrowableOfType(
            NegotiationException.class, () -> negotiation.acceptAnswer(revision, sdp));
    assertThat(refused).as("refused").isNotNull();
    return refused.refusal();
  }
}
