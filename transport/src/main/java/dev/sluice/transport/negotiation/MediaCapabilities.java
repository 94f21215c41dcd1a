package dev.sluice.transport.negotiation;

import dev.sluice.transport.sdp.HeaderExtension;
import dev.sluice.transport.sdp.MediaType;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What this server negotiates.
 *
 * @param codecs in the order of preference, for each medium at least one
 */
public record MediaCapabilities(List<SupportedCodec> codecs, List<SupportedExtension> extensions) {
  /**
   * libwebrtc starts at 300 kbit/s and probes once. A probe that fails, as it does on a busy
   * machine, leaves it at 8 % more per second: 12 s until the best of three layers comes, where
   * this start takes less than one. On a path that cannot carry it the congestion control takes a
   * second or two to step back.
   */
  private static final String START_BITRATE = "x-google-start-bitrate=1000";

  private static final Set<MediaType> BOTH = Set.of(MediaType.AUDIO, MediaType.VIDEO);

  public MediaCapabilities {
    codecs = List.copyOf(codecs);
    extensions = List.copyOf(extensions);
  }

  /**
   * Opus and VP8. Opus has no nack: browsers don't offer it, and its in-band FEC (RFC 6716 §2.1.7)
   * heals a single loss without the round trip.
   */
  public static MediaCapabilities standard() {
    SupportedCodec opus =
        new SupportedCodec(
            MediaType.AUDIO,
            "opus",
            48_000,
            2,
            "minptime=10;useinbandfec=1",
            List.of("transport-cc"),
            111,
            OptionalInt.empty());
    SupportedCodec vp8 =
        new SupportedCodec(
            MediaType.VIDEO,
            "VP8",
            90_000,
            1,
            START_BITRATE,
            List.of("transport-cc", "ccm fir", "nack", "nack pli"),
            96,
            OptionalInt.of(97));
    return new MediaCapabilities(
        List.of(opus, vp8),
        List.of(
            new SupportedExtension(
                ExtensionUris.AUDIO_LEVEL, Set.of(MediaType.AUDIO), OptionalInt.of(1)),
            new SupportedExtension(ExtensionUris.ABS_SEND_TIME, BOTH, OptionalInt.of(2)),
            new SupportedExtension(ExtensionUris.TRANSPORT_WIDE_CC, BOTH, OptionalInt.of(3)),
            new SupportedExtension(ExtensionUris.MID, BOTH, OptionalInt.of(4)),
            new SupportedExtension(ExtensionUris.RID, Set.of(MediaType.VIDEO), OptionalInt.empty()),
            new SupportedExtension(
                ExtensionUris.REPAIRED_RID, Set.of(MediaType.VIDEO), OptionalInt.empty())));
  }

  /** The codec preferred for a medium. */
  public SupportedCodec preferred(MediaType type) {
    return codecs.stream()
        .filter(codec -> codec.type() == type)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no codec for " + type));
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
