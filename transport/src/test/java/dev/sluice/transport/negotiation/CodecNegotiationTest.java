package dev.sluice.transport.negotiation;

import static dev.sluice.transport.negotiation.VideoCodec.AV1;
import static dev.sluice.transport.negotiation.VideoCodec.H264;
import static dev.sluice.transport.negotiation.VideoCodec.VP8;
import static dev.sluice.transport.negotiation.VideoCodec.VP9;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.transport.sdp.Codec;
import dev.sluice.transport.sdp.MediaSection;
import dev.sluice.transport.sdp.SdpSamples;
import dev.sluice.transport.sdp.SessionDescription;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which codec a publisher's stream is in, and how subscribers are offered it. */
final class CodecNegotiationTest {
  private static final String CHROMIUM = SdpSamples.read(SdpSamples.CHROMIUM_SIMULCAST);
  private static final String FIREFOX = SdpSamples.read(SdpSamples.FIREFOX_SIMULCAST);

  @ParameterizedTest
  @CsvSource({
    "VP8, 96, 97, x-google-start-bitrate=1000",
    "VP9, 98, 99, profile-id=0;x-google-start-bitrate=1000",
    "H264, 108, 109, level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f;"
        + "x-google-start-bitrate=1000",
    "AV1, 45, 46, level-idx=5;profile=0;tier=0;x-google-start-bitrate=1000"
  })
  void chromium_publishes_simulcast_in_the_codec_that_the_session_prefers(
      VideoCodec preferred, int payloadType, int rtx, String parameters) throws Exception {
    PublishAnswer answer = publish(CHROMIUM, preferred);

    PublishedSection video = answer.sections().get(1);
    assertThat(video.codec().name()).isEqualTo(preferred.name());
    assertThat(video.payloadType()).isEqualTo(payloadType);
    assertThat(video.rtxPayloadType()).isEqualTo(OptionalInt.of(rtx));
    assertThat(video.rids()).containsExactly("q", "h", "f");
    assertThat(video.extensionIds()).containsEntry(ExtensionUris.DEPENDENCY_DESCRIPTOR, 12);
    MediaSection section = SessionDescription.parse(answer.sdp()).media().get(1);
    assertThat(section.formats())
        .containsExactly(Integer.toString(payloadType), Integer.toString(rtx));
    assertThat(section.codecs().getFirst().parameters()).isEqualTo(parameters);
    assertThat(section.codecs().getFirst().feedback())
        .containsExactly("transport-cc", "ccm fir", "nack", "nack pli");
    assertThat(section.simulcast().receive()).containsExactly("q", "h", "f");
  }

  @ParameterizedTest
  @CsvSource({"VP8, 120, 124", "VP9, 121, 125", "AV1, 99, 100"})
  void firefox_leaves_out_the_parameters_that_have_their_usual_values(
      VideoCodec preferred, int payloadType, int rtx) throws Exception {
    PublishedSection video = publish(FIREFOX, preferred).sections().get(1);

    assertThat(video.codec().name()).isEqualTo(preferred.name());
    assertThat(video.payloadType()).isEqualTo(payloadType);
    assertThat(video.rtxPayloadType()).isEqualTo(OptionalInt.of(rtx));
    assertThat(video.extensionIds()).containsEntry(ExtensionUris.DEPENDENCY_DESCRIPTOR, 8);
  }

  @Test
  void a_client_without_the_preferred_codec_publishes_in_the_next_one() throws Exception {
    assertThat(publish(FIREFOX, H264, VP9, VP8).sections().get(1).codec().name()).isEqualTo("VP9");
    assertThatThrownBy(() -> publish(FIREFOX, H264)).isInstanceOf(NegotiationException.class);
  }

  @Test
  void a_profile_that_we_do_not_know_is_not_taken() throws Exception {
    String profile2 = CHROMIUM.replace("fmtp:98 profile-id=0", "fmtp:98 profile-id=2");
    assertThat(publish(profile2, VP9, VP8).sections().get(1).codec().name()).isEqualTo("VP8");
    String professional = CHROMIUM.replace("profile=0;tier=0", "profile=2;tier=0");
    assertThat(publish(professional, AV1, VP8).sections().get(1).codec().name()).isEqualTo("VP8");
  }

  @Test
  void of_h264_the_profile_that_most_decoders_have_is_taken_with_the_publishers_level()
      throws Exception {
    assertThat(codecOf(h264Offer("640c1f", "42e034"))).endsWith("profile-level-id=42e034");
    assertThat(codecOf(h264Offer("4d0028", "42001f"))).endsWith("profile-level-id=42001f");
    assertThat(codecOf(h264Offer("64001f", "4d0028"))).endsWith("profile-level-id=4d0028");
    assertThat(codecOf(h264Offer("640028", "640C1F"))).endsWith("profile-level-id=640c1f");
    assertThat(codecOf(h264Offer("640028", "f4001f"))).endsWith("profile-level-id=640028");
    String unsaid =
        onlyH264(CHROMIUM).replaceAll("a=fmtp:102 .*", "a=fmtp:102 packetization-mode=1");
    assertThat(codecOf(unsaid)).endsWith("profile-level-id=42000a");
  }

  @Test
  void h264_in_single_units_or_in_an_unknown_profile_is_not_taken() {
    for (String fmtp :
        List.of(
            "packetization-mode=0;profile-level-id=42e01f",
            "profile-level-id=42e01f",
            "packetization-mode=1;profile-level-id=f4001f",
            "packetization-mode=1;profile-level-id=42e0",
            "packetization-mode=9;profile-level-id=42e01f")) {
      String offer = onlyH264(CHROMIUM).replaceAll("a=fmtp:102 .*", "a=fmtp:102 " + fmtp);
      assertThatThrownBy(() -> publish(offer, H264))
          .as(fmtp)
          .isInstanceOf(NegotiationException.class);
    }
  }

  @Test
  void opus_is_agreed_with_red_in_the_order_of_the_offer() throws Exception {
    PublishAnswer plainFirst = publish(CHROMIUM, VP8);
    PublishAnswer redFirst = publish(SdpSamples.read(SdpSamples.CHROMIUM_RED_FIRST), VP8);

    assertThat(formats(plainFirst)).containsExactly("111", "63");
    assertThat(formats(redFirst)).containsExactly("63", "111");
    assertThat(redFirst.sdp()).contains("a=fmtp:63 111/111\r\n");
    PublishedSection audio = redFirst.sections().getFirst();
    assertThat(audio.payloadType()).isEqualTo(111);
    assertThat(audio.redPayloadType()).isEqualTo(OptionalInt.of(63));
    assertThat(audio.codec().redPayloadType()).isEqualTo(OptionalInt.of(63));
  }

  @Test
  void red_of_other_blocks_or_none_is_not_agreed() throws Exception {
    for (String offer :
        List.of(
            FIREFOX,
            CHROMIUM.replace("a=fmtp:63 111/111", "a=fmtp:63 111/0"),
            CHROMIUM.replace("a=fmtp:63 111/111\r\n", ""),
            CHROMIUM.replace("red/48000/2", "red/8000"))) {
      PublishedSection audio = publish(offer, VP8).sections().getFirst();
      assertThat(audio.redPayloadType()).isEqualTo(OptionalInt.empty());
      assertThat(audio.codec().redPayloadType()).isEqualTo(OptionalInt.empty());
    }
  }

  @ParameterizedTest
  @EnumSource(VideoCodec.class)
  void subscribers_are_offered_exactly_the_publishers_codec(VideoCodec codec) throws Exception {
    PublishedSection video = publish(CHROMIUM, codec).sections().get(1);

    MediaSection section = subscribeOffer(video.codec());

    assertThat(section.codecs()).extracting(Codec::name).containsExactly(codec.name(), "rtx");
    assertThat(section.codecs().getFirst().parameters())
        .isEqualTo(video.codec().parameters())
        .doesNotContain("x-google");
    assertThat(section.extensions())
        .anyMatch(extension -> extension.uri().equals(ExtensionUris.DEPENDENCY_DESCRIPTOR));
  }

  @Test
  void the_payload_types_of_our_offers_differ_and_never_change() {
    List<SupportedCodec> codecs = MediaCapabilities.standard().codecs();

    assertThat(codecs)
        .flatExtracting(
            codec ->
                List.of(
                    codec.payloadType(),
                    codec.rtxPayloadType().orElse(200 + codec.payloadType()),
                    codec.redPayloadType().orElse(400 + codec.payloadType())))
        .doesNotHaveDuplicates();
    assertThat(codecs)
        .extracting(SupportedCodec::payloadType)
        .containsExactly(111, 96, 98, 102, 104, 106, 108, 112, 45);
  }

  @Test
  void the_preferred_codecs_are_at_least_one_and_each_once() {
    assertThatThrownBy(() -> MediaCapabilities.withVideoCodecs(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MediaCapabilities.withVideoCodecs(List.of(VP8, VP9, VP8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static PublishAnswer publish(String offer, VideoCodec... codecs)
      throws NegotiationException {
    return new PublishNegotiation(
            MediaCapabilities.withVideoCodecs(List.of(codecs)), Locals.LOCAL, 42)
        .answer(offer, Locals.NO_RESTART);
  }

  private static List<String> formats(PublishAnswer answer) throws Exception {
    return SessionDescription.parse(answer.sdp()).media().getFirst().formats();
  }

  private static String codecOf(String offer) throws NegotiationException {
    return publish(offer, H264).sections().get(1).codec().parameters();
  }

  /** With H.264 in payload type 102 and no other. */
  private static String onlyH264(String offer) {
    return offer
        .replaceAll("a=rtpmap:(104|108|114|116|39) H264/90000", "a=rtpmap:$1 VP7/90000")
        .replaceAll(" (VP8|VP9|AV1)/90000", " VP7/90000");
  }

  /** With H.264 in these two profiles, in payload types 102 and 108. */
  private static String h264Offer(String first, String second) {
    String fmtp = "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=";
    return CHROMIUM
        .replaceAll("a=rtpmap:(104|114|116|39) H264/90000", "a=rtpmap:$1 VP7/90000")
        .replaceAll("a=fmtp:102 .*", "a=fmtp:102 " + fmtp + first)
        .replaceAll("a=fmtp:108 .*", "a=fmtp:108 " + fmtp + second);
  }

  private static MediaSection subscribeOffer(SupportedCodec codec) throws Exception {
    SubscribeNegotiation<String> negotiation =
        new SubscribeNegotiation<>(
            MediaCapabilities.standard(), Locals.LOCAL, 7, new Random(7)::nextInt);
    negotiation.add("t", codec, new TrackLabel("s", "t", "c"));
    return SessionDescription.parse(negotiation.nextOffer().orElseThrow().sdp()).media().get(1);
  }
}
