package dev.sluice.transport.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.transport.IceCredentials;
import dev.sluice.transport.sdp.Candidate;
import dev.sluice.transport.sdp.Codec;
import dev.sluice.transport.sdp.Direction;
import dev.sluice.transport.sdp.HeaderExtension;
import dev.sluice.transport.sdp.MediaSection;
import dev.sluice.transport.sdp.SdpException;
import dev.sluice.transport.sdp.SdpSamples;
import dev.sluice.transport.sdp.SessionDescription;
import dev.sluice.transport.sdp.Setup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class PublishNegotiationTest {
  private static final String CHROMIUM = SdpSamples.read(SdpSamples.CHROMIUM_SIMULCAST);

  private final PublishNegotiation negotiation =
      new PublishNegotiation(MediaCapabilities.standard(), Locals.LOCAL, 42);

  @Test
  void no_publisher_is_asked_for_sound_again() throws NegotiationException {
    PublishAnswer answer =
        answer(
            CHROMIUM.replace(
                "a=rtcp-fb:111 transport-cc", "a=rtcp-fb:111 transport-cc\r\na=rtcp-fb:111 nack"));

    assertThat(answer.sections().getFirst().feedback()).containsExactly("transport-cc");
  }

  @Test
  void a_simulcast_offer_of_chromium_is_accepted_with_its_own_numbers()
      throws NegotiationException {
    PublishAnswer answer = answer(CHROMIUM);

    assertThat(answer.remote().credentials().usernameFragment()).isEqualTo("KmkY");
    assertThat(answer.remote().fingerprint()).startsWith("55:A5:07").hasSize(95);
    assertThat(answer.endedMids()).isEmpty();
    PublishedSection audio = answer.sections().get(0);
    assertThat(audio.codec().name()).isEqualTo("opus");
    assertThat(audio.payloadType()).isEqualTo(111);
    assertThat(audio.ssrcs()).containsExactly(303174416);
    assertThat(audio.extensionIds())
        .containsEntry(ExtensionUris.AUDIO_LEVEL, 1)
        .containsEntry(ExtensionUris.MID, 4);
    PublishedSection video = answer.sections().get(1);
    assertThat(video.mid()).isEqualTo("1");
    assertThat(video.codec()).isEqualTo(MediaCapabilities.standard().codecs().get(1));
    assertThat(video.payloadType()).isEqualTo(96);
    assertThat(video.rtxPayloadType()).isEqualTo(OptionalInt.of(97));
    assertThat(video.rids()).containsExactly("q", "h", "f");
    assertThat(video.feedback()).containsExactly("transport-cc", "ccm fir", "nack", "nack pli");
    assertThat(video.extensionIds())
        .isEqualTo(
            Map.of(
                ExtensionUris.ABS_SEND_TIME, 2,
                ExtensionUris.TRANSPORT_WIDE_CC, 3,
                ExtensionUris.MID, 4,
                ExtensionUris.DEPENDENCY_DESCRIPTOR, 12,
                ExtensionUris.RID, 10,
                ExtensionUris.REPAIRED_RID, 11));
  }

  @Test
  void the_answer_is_ice_lite_passive_and_has_every_candidate_in_its_first_section()
      throws Exception {
    SessionDescription answer = SessionDescription.parse(answer(CHROMIUM).sdp());

    assertThat(answer.iceLite()).isTrue();
    assertThat(answer.bundle()).containsExactly("0", "1");
    assertThat(answer.origin().sessionId()).isEqualTo(42);
    MediaSection audio = answer.media().get(0);
    assertThat(audio.transport().setup()).hasValue(Setup.PASSIVE);
    assertThat(audio.transport().iceUsernameFragment()).hasValue("srvU");
    assertThat(audio.candidates())
        .containsExactly(
            new Candidate("1", 1, "udp", 2130706431L, "2001:db8:0:0:0:0:0:1", 7000, "host"),
            new Candidate("2", 1, "udp", 2130706175L, "192.0.2.1", 7000, "host"));
    assertThat(audio.endOfCandidates()).isTrue();
    MediaSection video = answer.media().get(1);
    assertThat(video.direction()).isEqualTo(Direction.RECVONLY);
    assertThat(video.rtcpMux()).isTrue();
    assertThat(video.formats()).containsExactly("96", "97");
    assertThat(video.codecs()).extracting(Codec::name).containsExactly("VP8", "rtx");
    assertThat(video.simulcast().receive()).containsExactly("q", "h", "f");
    assertThat(video.rids()).hasSize(3).noneMatch(rid -> rid.send());
  }

  @Test
  void an_extension_that_only_the_offerer_sends_is_answered_the_other_way_round() throws Exception {
    PublishAnswer answer = answer(SdpSamples.read(SdpSamples.FIREFOX_SIMULCAST));

    assertThat(answer.sections().get(1).rids()).containsExactly("q", "h", "f");
    // Firefox announces the SSRCs of its layers; which is whose only the packets say.
    assertThat(answer.sections().get(1).ssrcs()).isEmpty();
    assertThat(answer.sections().get(1).rtxSsrcs()).isEmpty();
    assertThat(answer.sections().get(1).payloadType()).isEqualTo(120);
    assertThat(answer.sections().get(1).rtxPayloadType()).isEqualTo(OptionalInt.of(124));
    assertThat(SessionDescription.parse(answer.sdp()).media().get(1).extensions())
        .contains(
            new HeaderExtension(9, Optional.of(Direction.RECVONLY), ExtensionUris.RID),
            new HeaderExtension(3, Optional.empty(), ExtensionUris.MID));
  }

  @Test
  void announced_ssrcs_and_their_retransmissions_are_reported() throws NegotiationException {
    PublishedSection video =
        answer(SdpSamples.read(SdpSamples.CHROMIUM_SINGLE_LAYER)).sections().get(1);

    assertThat(video.rids()).isEmpty();
    assertThat(video.ssrcs()).containsExactly(663796561, (int) 3801315245L);
    assertThat(video.rtxSsrcs()).isEqualTo(Map.of(663796561, (int) 3801315245L));
  }

  @Test
  void a_data_channel_is_rejected_and_leaves_the_bundle() throws Exception {
    PublishAnswer answer = answer(SdpSamples.read(SdpSamples.CHROMIUM_WITH_DATA));

    SessionDescription sdp = SessionDescription.parse(answer.sdp());
    assertThat(sdp.media().get(2).rejected()).isTrue();
    assertThat(sdp.media().get(2).formats()).containsExactly("webrtc-datachannel");
    assertThat(sdp.bundle()).containsExactly("0", "1");
    assertThat(answer.sections()).hasSize(2);
  }

  @Test
  void a_section_that_stops_sending_has_ended_and_may_start_again() throws Exception {
    answer(CHROMIUM);

    PublishAnswer stopped = answer(withVideo("a=inactive"));
    assertThat(stopped.endedMids()).containsExactly("1");
    assertThat(stopped.sections()).extracting(PublishedSection::mid).containsExactly("0");
    SessionDescription sdp = SessionDescription.parse(stopped.sdp());
    assertThat(sdp.media().get(1).direction()).isEqualTo(Direction.INACTIVE);
    assertThat(sdp.media().get(1).rejected()).isFalse();
    assertThat(sdp.media().get(1).codecs()).extracting(Codec::name).containsExactly("VP8", "rtx");
    assertThat(sdp.media().get(1).simulcast().receive()).containsExactly("q", "h", "f");
    assertThat(sdp.origin().version()).isEqualTo(2);

    PublishAnswer again = answer(CHROMIUM);
    assertThat(again.endedMids()).isEmpty();
    assertThat(again.sections()).hasSize(2);
  }

  @Test
  void a_section_the_client_stopped_for_good_has_ended() throws NegotiationException {
    answer(CHROMIUM);
    String stopped = CHROMIUM.replace("m=video 9 ", "m=video 0 ").replace("BUNDLE 0 1", "BUNDLE 0");

    assertThat(answer(stopped).endedMids()).containsExactly("1");
  }

  @Test
  void without_a_common_codec_the_media_is_unsupported_and_nothing_changes() throws Exception {
    answer(CHROMIUM);

    Refusal refusal = refusal(CHROMIUM.replaceAll(" (VP8|VP9|H264|AV1)/90000", " VP7/90000"));

    assertThat(refusal).isInstanceOf(Refusal.UnsupportedMedia.class);
    assertThat(refusal.message()).contains("m-section 1", "ulpfec", "VP7");
    SessionDescription next = SessionDescription.parse(answer(CHROMIUM).sdp());
    assertThat(next.origin().version()).isEqualTo(2);
  }

  @Test
  void a_section_that_sends_nothing_and_has_no_common_codec_is_rejected() throws Exception {
    String offer = withVideo("a=recvonly").replaceAll(" (VP8|VP9|H264|AV1)/90000", " VP7/90000");

    PublishAnswer answer = answer(offer);

    assertThat(answer.sections()).hasSize(1);
    assertThat(SessionDescription.parse(answer.sdp()).media().get(1).rejected()).isTrue();
    String reusing = CHROMIUM.replace("a=mid:1", "a=mid:2").replace("BUNDLE 0 1", "BUNDLE 0 2");
    assertThat(answer(reusing).sections())
        .extracting(PublishedSection::mid)
        .containsExactly("0", "2");
  }

  @Test
  void layers_without_the_rid_extension_are_not_accepted_as_simulcast() throws Exception {
    PublishAnswer answer = answer(CHROMIUM.replace("sdes:rtp-stream-id", "sdes:something-else"));

    assertThat(answer.sections().get(1).rids()).isEmpty();
    assertThat(answer.sdp()).doesNotContain("a=simulcast", "a=rid");
  }

  @Test
  void what_an_offer_lacks_is_said() {
    assertThat(refusal("hello").message()).contains("line 1");
    assertThat(refusal(CHROMIUM.replace("a=rtcp-mux\r\n", "")).message()).contains("rtcp-mux");
    assertThat(refusal(CHROMIUM.replaceAll("a=group.*\r\n", "")).message()).contains("BUNDLE");
    assertThat(refusal(CHROMIUM.replaceAll("a=ice-ufrag.*\r\n", "")).message())
        .contains("a=ice-ufrag");
    assertThat(refusal(CHROMIUM.replace("fingerprint:sha-256", "fingerprint:sha-1")).message())
        .contains("sha-256");
    assertThat(refusal(CHROMIUM.replace("setup:actpass", "setup:passive")).message())
        .contains("a=setup");
    assertThat(refusal(CHROMIUM.replace("a=mid:1\r\n", "")).message()).contains("a=mid");
    assertThat(refusal(CHROMIUM.replace("send q;h;f", "send q;h;x")).message()).contains("x");
  }

  @Test
  void a_later_offer_keeps_its_sections_and_its_certificate() throws NegotiationException {
    answer(CHROMIUM);

    String shorter = CHROMIUM.substring(0, CHROMIUM.indexOf("m=video"));
    assertThat(refusal(shorter).message()).contains("1 m-sections after 2");
    assertThat(
            refusal(CHROMIUM.replace("a=mid:1", "a=mid:7").replace("BUNDLE 0 1", "BUNDLE 0 7"))
                .message())
        .contains("has become");
    assertThat(refusal(CHROMIUM.replace("55:A5:07", "55:A5:08")).message())
        .contains("fingerprint has changed");
  }

  @Test
  void one_extension_id_with_two_meanings_is_refused() {
    assertThat(refusal(CHROMIUM.replace("extmap:10 urn", "extmap:1 urn")).message())
        .contains("header extension id 1");
  }

  @Test
  void an_ice_restart_of_the_client_is_answered_with_new_credentials_of_ours() throws Exception {
    answer(CHROMIUM);
    String restart =
        CHROMIUM.replace("ice-ufrag:KmkY", "ice-ufrag:NewU").replaceAll("ice-pwd:.", "ice-pwd:X");

    PublishAnswer answer = negotiation.answer(restart, PublishNegotiationTest::restarted);

    assertThat(answer.remote().credentials().usernameFragment()).isEqualTo("NewU");
    assertThat(answer.endedMids()).isEmpty();
    assertThat(ufragsOf(answer)).containsOnly("srvR");
    PublishAnswer later = answer(restart.replace("a=sendonly", "a=inactive"));
    assertThat(ufragsOf(later)).as("without another restart").containsOnly("srvR");
  }

  @Test
  void an_offer_that_is_refused_restarts_nothing() throws Exception {
    answer(CHROMIUM);
    String restart = CHROMIUM.replace("ice-ufrag:KmkY", "ice-ufrag:NewU");

    assertThat(refusal(restart.replaceAll(" (VP8|VP9|H264|AV1)/90000", " VP7/90000")))
        .isInstanceOf(Refusal.UnsupportedMedia.class);
    assertThat(refusal(restart.replace("extmap:10 urn", "extmap:1 urn")))
        .isInstanceOf(Refusal.InvalidSdp.class);
    assertThat(ufragsOf(answer(CHROMIUM))).containsOnly("srvU");
  }

  @Test
  void without_new_credentials_the_answer_before_stays_in_force() throws Exception {
    answer(CHROMIUM);
    String restart = CHROMIUM.replace("ice-ufrag:KmkY", "ice-ufrag:NewU");
    RuntimeException gone = new IllegalStateException("the transport is closed");

    assertThatThrownBy(
            () ->
                negotiation.answer(
                    restart,
                    () -> {
                      throw gone;
                    }))
        .isSameAs(gone);

    SessionDescription next = SessionDescription.parse(answer(CHROMIUM).sdp());
    assertThat(next.origin().version()).isEqualTo(2);
    assertThat(ufragsOf(negotiation.answer(restart, PublishNegotiationTest::restarted)))
        .containsOnly("srvR");
  }

  @Test
  void a_candidate_address_must_be_one_to_send_to() {
    assertThatThrownBy(
            () -> new LocalParameters(Locals.LOCAL.credentials(), Locals.FINGERPRINT, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String withVideo(String direction) throws SdpException {
    int video = CHROMIUM.indexOf("m=video");
    return CHROMIUM.substring(0, video)
        + CHROMIUM.substring(video).replaceFirst("a=sendonly", direction);
  }

  private PublishAnswer answer(String offer) throws NegotiationException {
    return negotiation.answer(offer, Locals.NO_RESTART);
  }

  private static IceCredentials restarted() {
    return new IceCredentials("srvR", "restartPasswordOf24Chars");
  }

  private static List<String> ufragsOf(PublishAnswer answer) throws SdpException {
    return SessionDescription.parse(answer.sdp()).media().stream()
        .flatMap(section -> section.transport().iceUsernameFragment().stream())
        .toList();
  }

  private Refusal refusal(String offer) {
    NegotiationException refused =
        catchThrowableOfType(NegotiationException.class, () -> answer(offer));
    assertThat(refused).as("refused").isNotNull();
    return refused.refusal();
  }
}
