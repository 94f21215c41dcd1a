package dev.sluice.transport.negotiation;

import dev.sluice.transport.sdp.Codec;
import dev.sluice.transport.sdp.Direction;
import dev.sluice.transport.sdp.HeaderExtension;
import dev.sluice.transport.sdp.MediaSection;
import dev.sluice.transport.sdp.MediaSectionBuilder;
import dev.sluice.transport.sdp.Rid;
import dev.sluice.transport.sdp.Simulcast;
import dev.sluice.transport.sdp.Source;
import dev.sluice.transport.sdp.SourceGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** One audio or video section of a client's offer, and our answer to it. */
final class OfferedSection {
  /** Browsers send at most 3 layers, SVC-less screen sharing at most 4. */
  private static final int MAX_LAYERS = 8;

  /**
   * libwebrtc starts at 300 kbit/s and probes once. A probe that fails, as it does on a busy
   * machine, leaves it at 8 % more per second: 12 s until the best of three layers comes, where
   * this start takes less than one. On a path that cannot carry it the congestion control takes a
   * second or two to step back.
   */
  private static final String START_BITRATE = "x-google-start-bitrate=1000";

  private final MediaSection offer;
  private final MediaCapabilities capabilities;

  OfferedSection(MediaSection offer, MediaCapabilities capabilities) {
    this.offer = offer;
    this.capabilities = capabilities;
  }

  boolean sends() {
    return offer.direction().sends();
  }

  /**
   * What the client sends here, or would send were the section active.
   *
   * @return empty for a section that doesn't send and has no codec in common with us
   * @throws NegotiationException for one that does send, too
   */
  Optional<PublishedSection> agreed() throws NegotiationException {
    Optional<SupportedCodec> common = commonCodec();
    if (common.isEmpty() && sends()) {
      throw new NegotiationException(
          new Refusal.UnsupportedMedia(
              "m-section %s: no codec in common among %s"
                  .formatted(offer.mid(), offer.codecs().stream().map(Codec::name).toList())));
    }
    return common.isEmpty() ? Optional.empty() : Optional.of(with(common.get()));
  }

  private PublishedSection with(SupportedCodec supported) throws NegotiationException {
    Codec codec = firstMatch(supported);
    int payloadType = codec.payloadType();
    OptionalInt rtx =
        supported.rtxPayloadType().isEmpty()
            ? OptionalInt.empty()
            : first(candidate -> candidate.retransmits(payloadType));
    OptionalInt red =
        supported.redPayloadType().isEmpty()
            ? OptionalInt.empty()
            : first(candidate -> supported.isRed(candidate, payloadType));
    SupportedCodec sent = supported.asSentBy(codec);
    Map<String, Integer> extensionIds = extensionIds();
    List<String> rids = layers(extensionIds);
    return new PublishedSection(
        offer.mid(),
        red.isPresent() ? sent : sent.withoutRed(),
        payloadType,
        rtx,
        red,
        extensionIds,
        rids,
        rids.isEmpty() ? offer.sources().stream().map(Source::ssrc).toList() : List.of(),
        rids.isEmpty() ? rtxSsrcs() : Map.of(),
        codec.feedback().stream().filter(supported.feedback()::contains).distinct().toList());
  }

  private OptionalInt first(Predicate<Codec> wanted) {
    return offer.codecs().stream().filter(wanted).mapToInt(Codec::payloadType).findFirst();
  }

  /**
   * Completes the answer's section. One that is inactive keeps all the rest: Chromium refuses an
   * answer without a codec, and would give its other layers up for good.
   */
  void answer(PublishedSection published, MediaSectionBuilder answer) {
    answer.direction(sends() ? Direction.RECVONLY : Direction.INACTIVE);
    formats(published).forEach(answer::offeredCodec);
    for (HeaderExtension extension : accepted()) {
      answer.extension(
          new HeaderExtension(
              extension.id(), extension.direction().map(Direction::reversed), extension.uri()));
    }
    published.rids().forEach(rid -> answer.rid(new Rid(rid, false)));
    answer.simulcast(new Simulcast(List.of(), published.rids()));
  }

  /** In the client's order of RED and the codec alone: it sends the first of them. */
  private List<Codec> formats(PublishedSection published) {
    SupportedCodec codec = published.codec();
    int payloadType = published.payloadType();
    List<Codec> formats = new ArrayList<>();
    formats.add(
        new Codec(
            payloadType,
            codec.name(),
            codec.clockRateHz(),
            codec.channels(),
            answerParameters(codec),
            published.feedback()));
    published
        .redPayloadType()
        .ifPresent(
            red -> formats.add(isBefore(red, payloadType) ? 0 : 1, codec.red(red, payloadType)));
    published.rtxPayloadType().ifPresent(rtx -> formats.add(codec.rtx(rtx, payloadType)));
    return formats;
  }

  private boolean isBefore(int payloadType, int other) {
    List<Integer> order = offer.codecs().stream().map(Codec::payloadType).toList();
    return order.indexOf(payloadType) < order.indexOf(other);
  }

  private static String answerParameters(SupportedCodec codec) {
    return switch (codec.type()) {
      case VIDEO ->
          codec.parameters().isEmpty() ? START_BITRATE : codec.parameters() + ";" + START_BITRATE;
      case AUDIO, OTHER -> codec.parameters();
    };
  }

  private Optional<SupportedCodec> commonCodec() {
    return capabilities.codecs().stream()
        .filter(codec -> codec.type() == offer.type())
        .filter(codec -> offer.codecs().stream().anyMatch(codec::matches))
        .findFirst();
  }

  private Codec firstMatch(SupportedCodec supported) {
    return offer.codecs().stream().filter(supported::matches).findFirst().orElseThrow();
  }

  /** Extensions we know and that the client may send, each URI once. */
  private List<HeaderExtension> accepted() {
    Map<String, HeaderExtension> accepted = new HashMap<>();
    List<HeaderExtension> inOrder = new ArrayList<>();
    for (HeaderExtension extension : offer.extensions()) {
      boolean clientSends = extension.direction().map(Direction::sends).orElse(true);
      if (clientSends
          && capabilities.supports(extension.uri(), offer.type())
          && accepted.putIfAbsent(extension.uri(), extension) == null) {
        inOrder.add(extension);
      }
    }
    return inOrder;
  }

  private Map<String, Integer> extensionIds() {
    Map<String, Integer> ids = new HashMap<>();
    accepted().forEach(extension -> ids.put(extension.uri(), extension.id()));
    return ids;
  }

  /** Layers can be told apart only where both mid and rid travel with the packets. */
  private List<String> layers(Map<String, Integer> extensionIds) throws NegotiationException {
    List<String> layers = offer.simulcast().send();
    boolean distinguishable =
        extensionIds.containsKey(ExtensionUris.MID) && extensionIds.containsKey(ExtensionUris.RID);
    if (!distinguishable || layers.isEmpty()) {
      return List.of();
    }
    if (layers.size() > MAX_LAYERS) {
      throw NegotiationException.invalid(
          "m-section %s: more than %d simulcast layers".formatted(offer.mid(), MAX_LAYERS));
    }
    for (String layer : layers) {
      if (!offer.rids().contains(new Rid(layer, true))) {
        throw NegotiationException.invalid(
            "m-section %s: simulcast names %s, which no a=rid sends".formatted(offer.mid(), layer));
      }
    }
    return layers;
  }

  private Map<Integer, Integer> rtxSsrcs() {
    Map<Integer, Integer> rtxSsrcs = new HashMap<>();
    for (SourceGroup group : offer.sourceGroups()) {
      if (group.semantics().equals("FID") && group.ssrcs().size() == 2) {
        rtxSsrcs.put(group.ssrcs().get(0), group.ssrcs().get(1));
      }
    }
    return rtxSsrcs;
  }
}
