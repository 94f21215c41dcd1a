package dev.sluice.router.track;

import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.extension.ExtensionValues;
import dev.sluice.rtp.extension.HeaderExtension;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Knows which layer a packet of one publish transport belongs to (RFC 9143 §9.2, RFC 8853 §5). An
 * SSRC is known from {@code a=ssrc} or learned from the MID and RID extensions of a packet, and
 * then kept, because browsers stop sending those once they get receiver reports. There are never
 * more SSRCs than two for each negotiated layer. Used on the worker's thread only.
 */
public final class LayerTable {
  // A publisher that starts over with another SSRC has stopped the one before. While that is still
  // heard another one is an error or an attack, and would only throw state away again and again.
  private static final long TAKEOVER_SILENCE_NANOS = 200_000_000;

  // Far more than browsers have; a client may name ever new m-sections.
  private static final int MAX_ENDED = 64;

  /** The SSRCs of a layer that ended. */
  private record Ended(String mid, String rid, int ssrc, OptionalInt rtxSsrc) {}

  private final Deque<Ended> ended = new ArrayDeque<>();
  private List<InboundSection> sections = List.of();
  private List<Layer> layers = List.of();

  /**
   * Takes the m-sections of a negotiation. Layers of a section that is unchanged are kept with all
   * they have learned; those of a changed or vanished one end, and only their SSRCs are remembered:
   * Chromium goes on with them, and without MID and RID, when the m-section is used again.
   */
  public void setSections(List<InboundSection> newSections) {
    layers.stream().filter(layer -> !newSections.contains(layer.section())).forEach(this::remember);
    List<Layer> newLayers = new ArrayList<>();
    for (InboundSection section : newSections) {
      List<Layer> known = layers.stream().filter(layer -> layer.section().equals(section)).toList();
      newLayers.addAll(known.isEmpty() ? layersFor(section) : known);
    }
    sections = List.copyOf(newSections);
    layers = List.copyOf(newLayers);
  }

  private void remember(Layer layer) {
    if (!layer.isBound()) {
      return;
    }
    Ended last = new Ended(layer.section().mid(), layer.rid(), layer.ssrc(), layer.rtxSsrc());
    ended.removeIf(other -> other.mid().equals(last.mid()) && other.rid().equals(last.rid()));
    ended.addLast(last);
    if (ended.size() > MAX_ENDED) {
      ended.removeFirst();
    }
  }

  private Layer bindAsBefore(Layer layer) {
    ended.stream()
        .filter(last -> last.mid().equals(layer.section().mid()) && last.rid().equals(layer.rid()))
        .findFirst()
        .ifPresent(
            last -> {
              layer.bind(last.ssrc());
              last.rtxSsrc().ifPresent(layer::bindRtx);
            });
    return layer;
  }

  /** Starts the layers of a section over, because another stream is going to use it. */
  public void forget(String mid) {
    List<InboundSection> current = sections;
    setSections(current.stream().filter(section -> !section.mid().equals(mid)).toList());
    setSections(current);
  }

  private List<Layer> layersFor(InboundSection section) {
    List<Layer> made = new ArrayList<>();
    for (String rid : section.rids()) {
      made.add(bindAsBefore(new Layer(section, rid, made.size())));
    }
    if (made.isEmpty()) {
      Layer only = bindAsBefore(new Layer(section, "", 0));
      section.ssrcs().stream()
          .filter(ssrc -> !section.rtxSsrcs().containsValue(ssrc))
          .findFirst()
          .ifPresent(
              ssrc -> {
                only.bind(ssrc);
                Optional.ofNullable(section.rtxSsrcs().get(ssrc)).ifPresent(only::bindRtx);
              });
      made.add(only);
    }
    return made;
  }

  /** All layers, those not heard of yet too. */
  public List<Layer> layers() {
    return layers;
  }

  /** The layers of a section, the lowest quality first; empty when there is no such section. */
  public List<Layer> layersOf(String mid) {
    return layers.stream().filter(layer -> layer.section().mid().equals(mid)).toList();
  }

  /** The layer with this SSRC, for RTCP; null when there is none. */
  public @Nullable Layer layerOf(int ssrc) {
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      if (layer.isBoundTo(ssrc)) {
        return layer;
      }
    }
    return null;
  }

  /**
   * Finds the layer of a packet; {@link Layer#isRetransmission} tells whether the packet is a
   * retransmission. Null rather than an Optional: this runs for each packet.
   *
   * @return null when the packet belongs to nothing that was negotiated, or does not say to what
   */
  public @Nullable Layer layerOf(RtpPacket packet, long nowNanos) {
    int ssrc = packet.ssrc();
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      if (layer.isBoundTo(ssrc)) {
        return layer.section().isMedia(packet.payloadType()) ? layer : null;
      }
      if (layer.isRtxBoundTo(ssrc)) {
        return isRtxType(layer.section(), packet) ? layer : null;
      }
    }
    return learn(packet, nowNanos);
  }

  private @Nullable Layer learn(RtpPacket packet, long nowNanos) {
    for (int i = 0; i < sections.size(); i++) {
      InboundSection section = sections.get(i);
      Optional<String> mid =
          ExtensionValues.text(packet, section.extensionIds(), HeaderExtension.MID);
      if (mid.isPresent() && mid.get().equals(section.mid())) {
        return learnIn(section, packet, nowNanos);
      }
    }
    return null;
  }

  private @Nullable Layer learnIn(InboundSection section, RtpPacket packet, long nowNanos) {
    boolean rtx = isRtxType(section, packet);
    if (!rtx && !section.isMedia(packet.payloadType())) {
      return null;
    }
    Optional<String> rid =
        ExtensionValues.text(
            packet,
            section.extensionIds(),
            rtx ? HeaderExtension.REPAIRED_RID : HeaderExtension.RID);
    Layer layer = section.rids().isEmpty() ? find(section, "") : find(section, rid.orElse(""));
    if (layer == null) {
      return null;
    }
    if (rtx) {
      layer.bindRtx(packet.ssrc());
      return layer;
    }
    if (layer.isBound() && layer.wasHeardWithin(TAKEOVER_SILENCE_NANOS, nowNanos)) {
      return null;
    }
    layer.bind(packet.ssrc());
    return layer;
  }

  private @Nullable Layer find(InboundSection section, String rid) {
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      if (layer.section().equals(section) && layer.rid().equals(rid)) {
        return layer;
      }
    }
    return null;
  }

  private static boolean isRtxType(InboundSection section, RtpPacket packet) {
    return section.rtxPayloadType().isPresent()
        && section.rtxPayloadType().getAsInt() == packet.payloadType();
  }
}
