package dev.sluice.transport.negotiation;

import dev.sluice.rtp.codec.VideoCodec;
import dev.sluice.transport.sdp.HeaderExtension;
import dev.sluice.transport.sdp.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What this server negotiates.
 *
 * @param codecs in the order of preference, for each medium at least one
 */
public record MediaCapabilities(List<SupportedCodec> codecs, List<SupportedExtension> extensions) {
  private static final Set<MediaType> BOTH = Set.of(MediaType.AUDIO, MediaType.VIDEO);

  /**
   * Opus with in-band FEC (RFC 6716 §2.1.7) and RED. Of nack see {@link SupportedCodec#offered}.
   */
  private static final SupportedCodec OPUS =
      new SupportedCodec(
          MediaType.AUDIO,
          "opus",
          48_000,
          2,
          "minptime=10;useinbandfec=1",
          List.of("transport-cc"),
          111,
          OptionalInt.empty(),
          OptionalInt.of(63));

  private static final List<SupportedExtension> EXTENSIONS =
      List.of(
          new SupportedExtension(
              ExtensionUris.AUDIO_LEVEL, Set.of(MediaType.AUDIO), OptionalInt.of(1)),
          new SupportedExtension(ExtensionUris.ABS_SEND_TIME, BOTH, OptionalInt.of(2)),
          new SupportedExtension(ExtensionUris.TRANSPORT_WIDE_CC, BOTH, OptionalInt.of(3)),
          new SupportedExtension(ExtensionUris.MID, BOTH, OptionalInt.of(4)),
          new SupportedExtension(
              ExtensionUris.DEPENDENCY_DESCRIPTOR, Set.of(MediaType.VIDEO), OptionalInt.of(5)),
          new SupportedExtension(ExtensionUris.RID, Set.of(MediaType.VIDEO), OptionalInt.empty()),
          new SupportedExtension(
              ExtensionUris.REPAIRED_RID, Set.of(MediaType.VIDEO), OptionalInt.empty()));

  public MediaCapabilities {
    codecs = List.copyOf(codecs);
    extensions = List.copyOf(extensions);
  }

  /** Opus, and every video codec: VP8, which each client has, before the others. */
  public static MediaCapabilities standard() {
    return withVideoCodecs(
        List.of(VideoCodec.VP8, VideoCodec.VP9, VideoCodec.H264, VideoCodec.AV1));
  }

  /**
   * Opus, and these video codecs.
   *
   * @param inOrder the preferred one first; at least one, none twice
   * @throws IllegalArgumentException otherwise
   */
  public static MediaCapabilities withVideoCodecs(List<VideoCodec> inOrder) {
    if (inOrder.isEmpty() || Set.copyOf(inOrder).size() != inOrder.size()) {
      throw new IllegalArgumentException("video codecs, each once, are needed: " + inOrder);
    }
    List<SupportedCodec> codecs = new ArrayList<>();
    codecs.add(OPUS);
    inOrder.forEach(codec -> codecs.addAll(VideoFormats.of(codec)));
    return new MediaCapabilities(codecs, EXTENSIONS);
  }

  /** The codec preferred for a medium. */
  SupportedCodec preferred(MediaType type) {
    return codecs.stream()
        .filter(codec -> codec.type() == type)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no codec for " + type));
  }

  boolean supports(String extensionUri, MediaType type) {
    return extensions.stream()
        .anyMatch(known -> known.uri().equals(extensionUri) && known.types().contains(type));
  }

  /** Whether our own offers have this extension with this id. */
  boolean offers(HeaderExtension extension) {
    return extensions.stream()
        .anyMatch(
            known ->
                known.uri().equals(extension.uri())
                    && known.offeredId().equals(OptionalInt.of(extension.id())));
  }
}
