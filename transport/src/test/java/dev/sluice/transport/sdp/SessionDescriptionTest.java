package dev.sluice.transport.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionDescriptionTest {
  private static final String HEAD = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";

  @Test
  void a_simulcast_offer_of_chromium_is_read() throws SdpException {
    SessionDescription offer =
        SessionDescription.parse(SdpSamples.read(SdpSamples.CHROMIUM_SIMULCAST));

    assertThat(offer.origin()).isEqualTo(new Origin(1601325697519687636L, 2));
    assertThat(offer.bundle()).containsExactly("0", "1");
    assertThat(offer.extmapAllowMixed()).isTrue();
    MediaSection audio = offer.media().get(0);
    assertThat(audio.type()).isEqualTo(MediaType.AUDIO);
    assertThat(audio.transport().iceUsernameFragment()).hasValue("KmkY");
    assertThat(audio.transport().setup()).hasValue(Setup.ACTPASS);
    assertThat(audio.transport().fingerprints().getFirst().value()).startsWith("55:A5:07:50");
    assertThat(audio.candidates()).hasSize(4);
    assertThat(audio.candidates().get(1))
        .isEqualTo(new Candidate("1821025081", 1, "udp", 2122265343, "fd00::2", 35233, "host"));
    assertThat(audio.sources())
        .containsExactly(new Source(303174416, Optional.of("cgZn4EFjXTP21i0o")));
    MediaSection video = offer.media().get(1);
    assertThat(video.direction()).isEqualTo(Direction.SENDONLY);
    assertThat(video.rtcpMux()).isTrue();
    assertThat(video.rtcpReducedSize()).isTrue();
    assertThat(video.simulcast()).isEqualTo(new Simulcast(List.of("q", "h", "f"), List.of()));
    assertThat(video.rids()).contains(new Rid("q", true));
    assertThat(video.codecs().getFirst())
        .isEqualTo(
            new Codec(
                96,
                "VP8",
                90_000,
                1,
                "",
                List.of("goog-remb", "transport-cc", "ccm fir", "nack", "nack pli")));
    assertThat(video.codecs().get(1).retransmits(96)).isTrue();
    assertThat(video.extensions())
        .contains(
            new HeaderExtension(
                10, Optional.empty(), "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"));
  }

  @Test
  void an_offer_of_firefox_has_its_fingerprint_at_the_session_level() throws SdpException {
    SessionDescription offer =
        SessionDescription.parse(SdpSamples.read(SdpSamples.FIREFOX_SIMULCAST));

    MediaSection video = offer.media().get(1);
    assertThat(video.transport().fingerprints().getFirst().value()).startsWith("C7:3A:13");
    assertThat(video.transport().iceUsernameFragment()).hasValue("051d51d1");
    assertThat(video.extensions())
        .contains(
            new HeaderExtension(
                9,
                Optional.of(Direction.SENDONLY),
                "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"));
    assertThat(video.simulcast().send()).containsExactly("q", "h", "f");
    assertThat(offer.media().get(0).codecs().getFirst().channels()).isEqualTo(2);
  }

  @Test
  void ssrcs_above_two_to_the_31_and_their_groups_are_read() throws SdpException {
    SessionDescription offer =
        SessionDescription.parse(SdpSamples.read(SdpSamples.CHROMIUM_SINGLE_LAYER));

    assertThat(offer.media().get(1).sourceGroups())
        .containsExactly(new SourceGroup("FID", List.of(663796561, (int) 3801315245L)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SdpSamples.CHROMIUM_SIMULCAST,
        SdpSamples.CHROMIUM_SINGLE_LAYER,
        SdpSamples.CHROMIUM_WITH_DATA,
        SdpSamples.CHROMIUM_RED_FIRST,
        SdpSamples.FIREFOX_SIMULCAST,
        SdpSamples.CHROMIUM_ANSWER,
        SdpSamples.FIREFOX_ANSWER
      })
  void what_is_written_is_read_back_the_same(String sample) throws SdpException {
    SessionDescription description = SessionDescription.parse(SdpSamples.read(sample));

    assertThat(SessionDescription.parse(description.write())).isEqualTo(description);
  }

  @Test
  void a_bundle_only_section_with_port_zero_is_not_rejected() throws SdpException {
    String sdp =
        HEAD + "m=audio 0 UDP/TLS/RTP/SAVPF 111\r\na=bundle-only\r\nm=audio 0 RTP/SAVPF 0\r\n";

    assertThat(SessionDescription.parse(sdp).media())
        .extracting(MediaSection::rejected)
        .containsExactly(false, true);
  }

  @Test
  void feedback_for_every_payload_type_belongs_to_each() throws SdpException {
    String sdp =
        HEAD
            + "m=video 9 UDP/TLS/RTP/SAVPF 96 97\na=rtcp-fb:* nack pli\n"
            + "a=rtpmap:96 VP8/90000\na=rtpmap:97 VP9/90000\na=rtcp-fb:97 nack\n";

    assertThat(SessionDescription.parse(sdp).media().getFirst().codecs())
        .extracting(Codec::feedback)
        .containsExactly(List.of("nack pli"), List.of("nack", "nack pli"));
  }

  @Test
  void paused_layers_and_alternatives_count_as_their_first_rid() throws SdpException {
    String sdp = HEAD + "m=video 9 UDP/TLS/RTP/SAVPF 96\na=simulcast:send ~q,r;f recv a\n";

    assertThat(SessionDescription.parse(sdp).media().getFirst().simulcast())
        .isEqualTo(new Simulcast(List.of("q", "f"), List.of("a")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "m=audio 9 UDP/TLS/RTP/SAVPF 128 | payload type",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 111 | twice",
        "m=audio 70000 UDP/TLS/RTP/SAVPF 111 | the port",
        "m=audio 9 | 4 fields",
        "a=rtpmap:200 opus/48000 | payload type",
        "a=rtpmap:111 opus | clock rate",
        "a=rtpmap:111 opus/fast | clock rate",
        "a=extmap:0 urn:x | the id",
        "a=extmap:256 urn:x | the id",
        "a=extmap:1/upwards urn:x | not known",
        "a=rid:q upwards | neither send nor recv",
        "a=rid:q;h send | a rid is",
        "a=simulcast:send q;q | twice",
        "a=ssrc:4294967296 cname:x | the SSRC",
        "a=ssrc:x cname:x | the SSRC",
        "a=candidate:1 1 udp 1 1.2.3.4 99999 typ host | the port",
        "a=fingerprint:sha-256 AB:C | hex pairs",
        "a=ice-ufrag:abc | 4 to 256",
        "a=setup:sometimes | not known",
        "a=mid:a b | token",
        "nonsense | a letter and =",
      })
  void a_malformed_line_is_refused_with_its_number(String line, String what) {
    String sdp = HEAD + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n" + line + "\r\n";

    assertThatThrownBy(() -> SessionDescription.parse(sdp))
        .isInstanceOf(SdpException.class)
        .hasMessageContaining("line 7")
        .hasMessageContaining(what);
  }

  @Test
  void the_fault_in_a_password_does_not_show_the_password() {
    assertThatThrownBy(() -> SessionDescription.parse(HEAD + "a=ice-pwd:hunter2\r\n"))
        .hasMessageContaining("a=ice-pwd")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void descriptions_beyond_the_limits_are_refused() {
    assertThatThrownBy(() -> SessionDescription.parse(HEAD + "a=x\r\n".repeat(110_000)))
        .hasMessageContaining("longer than 524288");
    assertThatThrownBy(() -> SessionDescription.parse(HEAD + "a=" + "x".repeat(5000)))
        .hasMessageContaining("longer than 4096");
    assertThatThrownBy(
            () -> SessionDescription.parse(HEAD + "m=audio 9 RTP/SAVPF 0\r\n".repeat(513)))
        .hasMessageContaining("more than 512");
  }

  @Test
  void an_answer_of_chromium_to_two_hundred_subscriptions_is_within_the_limits() {
    String[] parts = SdpSamples.read(SdpSamples.CHROMIUM_ANSWER).split("(?=m=)");
    String audio = parts[1];
    String video = parts[2];
    assertThat(audio).startsWith("m=audio 9 ");
    assertThat(video).startsWith("m=video 9 ").contains("H264");

    assertThat(200 * (audio.length() + video.length())).isLessThan(SdpParser.MAX_CHARACTERS);
  }

  @Test
  void two_sections_with_one_mid_are_refused() {
    assertThatThrownBy(
            () -> SessionDescription.parse(HEAD + "m=audio 9 RTP/SAVPF 0\r\na=mid:0\r\n".repeat(2)))
        .hasMessageContaining("same mid");
  }

  @Test
  void a_description_needs_its_first_lines() {
    assertThatThrownBy(() -> SessionDescription.parse("")).hasMessageContaining("o=");
    assertThatThrownBy(() -> SessionDescription.parse("o=- 1 2 IN IP4 x\r\n"))
        .hasMessageContaining("v=0");
  }
}
