package dev.sluice.transport.negotiation;

import dev.sluice.transport.sdp.Direction;
import dev.sluice.transport.sdp.HeaderExtension;
import dev.sluice.transport.sdp.MediaSection;
import dev.sluice.transport.sdp.MediaSectionBuilder;
import dev.sluice.transport.sdp.MediaType;
import dev.sluice.transport.sdp.Source;
import dev.sluice.transport.sdp.SourceGroup;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One m-section of a subscribe PeerConnection: its place is fixed, its use changes. */
final class Slot<K> {
  private String mid;
  private SupportedCodec codec;
  private SlotUse<K> use;

  /** A section that nothing is sent in yet. */
  Slot(String mid, SupportedCodec codec) {
    this.mid = mid;
    this.codec = codec;
    this.use = new SlotUse.Free<>();
  }

  String mid() {
    return mid;
  }

  SlotUse<K> use() {
    return use;
  }

  void become(SlotUse<K> next) {
    use = next;
  }

  /** The mid a new track would have here; empty when it can't be here. */
  Optional<String> midFor(MediaType type, String newMid) {
    return switch (use) {
      case SlotUse.Sending<K> _, SlotUse.Retiring<K> _ -> Optional.empty();
      case SlotUse.Free<K> _ -> codec.type() == type ? Optional.of(mid) : Optional.empty();
      case SlotUse.Rejected<K> _ -> Optional.of(newMid);
    };
  }

  void take(SentTrack<K> track) {
    mid = track.mid();
    codec = track.codec();
    use = new SlotUse.Sending<>(track);
  }

  MediaSection describe(LocalSections sections, List<SupportedExtension> extensions) {
    String media = codec.type().name().toLowerCase(Locale.ROOT);
    return switch (use) {
      case SlotUse.Rejected<K> _ ->
          LocalSections.rejected(
                  media,
                  LocalSections.PROTOCOL,
                  mid,
                  List.of(Integer.toString(codec.payloadType())))
              .build();
      case SlotUse.Retiring<K> _, SlotUse.Free<K> _ ->
          formats(sections, media, extensions).direction(Direction.INACTIVE).build();
      case SlotUse.Sending<K>(SentTrack<K> track) ->
          sources(track, formats(sections, media, extensions))
              .direction(Direction.SENDONLY)
              .build();
    };
  }

  private MediaSectionBuilder formats(
      LocalSections sections, String media, List<SupportedExtension> extensions) {
    MediaSectionBuilder section = sections.bundled(media, LocalSections.PROTOCOL, mid);
    // GStreamer's webrtcbin takes the first format only: one that it can decode by itself.
    section.offeredCodec(codec.offered());
    codec.offeredRed().ifPresent(section::offeredCodec);
    codec.offeredRtx().ifPresent(section::offeredCodec);
    for (SupportedExtension extension : extensions) {
      if (extension.types().contains(codec.type()) && extension.offeredId().isPresent()) {
        section.extension(
            new HeaderExtension(
                extension.offeredId().getAsInt(), Optional.empty(), extension.uri()));
      }
    }
    return section;
  }

  private MediaSectionBuilder sources(SentTrack<K> track, MediaSectionBuilder section) {
    Optional<String> cname = Optional.of(track.label().cname());
    section.msid(track.label().msid()).source(new Source(track.ssrc(), cname));
    if (track.rtxSsrc().isPresent()) {
      int rtxSsrc = track.rtxSsrc().getAsInt();
      section
          .sourceGroup(new SourceGroup("FID", List.of(track.ssrc(), rtxSsrc)))
          .source(new Source(rtxSsrc, cname));
    }
    return section;
  }
}
