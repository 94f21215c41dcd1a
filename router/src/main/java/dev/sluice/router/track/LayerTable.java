package dev.sluice.router.track;

import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.extension.ExtensionValues;
import dev.sluice.rtp.extension.HeaderExtension;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  // Six for each of forty simulcast streams of one publisher.
  private static final int MAX_LEARNED = 256;

  /** What the extensions of an SSRC's first packets said. */
  private record Origin(String mid, String rid) {}

  // Outlives the sections: a browser that stops and resumes an m-section goes on with its SSRCs,
  // and does not say again what they are.
  private final Map<Integer, Origin> learned =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Origin> eldest) {
          return size() > MAX_LEARNED;
        }
      };
  private List<InboundSection> sections = List.of();
  private List<Layer> layers = List.of();

  /**
   * Takes the m-sections of a negotiation. Layers of a section that is unchanged are kept with all
   * they have learned; those of a changed or vanished one end.
   */
  public void setSections(List<InboundSection> newSections) {
    List<Layer> newLayers = new ArrayList<>();
    for (InboundSection section : newSections) {
      List<Layer> known = layers.stream().filter(layer -> layer.section().equals(section)).toList();
      newLayers.addAll(known.isEmpty() ? layersFor(section) : known);
    }
    sections = List.copyOf(newSections);
    layers = List.copyOf(newLayers);
  }

  /** Ends what was learned of a section, because another stream is going to use it. */
  public void forget(String mid) {
    List<InboundSection> current = sections;
    setSections(current.stream().filter(section -> !section.mid().equals(mid)).toList());
    setSections(current);
  }

  private static List<Layer> layersFor(InboundSection section) {
    List<Layer> made = new ArrayList<>();
    for (String rid : section.rids()) {
      made.add(new Layer(section, rid, made.size()));
    }
    if (made.isEmpty()) {
      Layer only = new Layer(section, "", 0);
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
        return packet.payloadType() == layer.section().payloadType() ? layer : null;
      }
      if (layer.isRtxBoundTo(ssrc)) {
        return isRtxType(layer.section(), packet) ? layer : null;
      }
    }
    return learn(packet, nowNanos);
  }

  private @Nullable Layer learn(RtpPacket packet, long nowNanos) {
    boolean named = false;
    for (int i = 0; i < sections.size(); i++) {
      InboundSection section = sections.get(i);
      Optional<String> mid =
          ExtensionValues.text(packet, section.extensionIds(), HeaderExtension.MID);
      named |= mid.isPresent();
      if (mid.isPresent() && mid.get().equals(section.mid())) {
        HeaderExtension extension =
            isRtxType(section, packet) ? HeaderExtension.REPAIRED_RID : HeaderExtension.RID;
        Optional<String> rid = ExtensionValues.text(packet, section.extensionIds(), extension);
        return learnIn(section, rid.orElse(""), packet, nowNanos);
      }
    }
    return named ? null : recall(packet, nowNanos);
  }

  private @Nullable Layer recall(RtpPacket packet, long nowNanos) {
    Origin origin = learned.get(packet.ssrc());
    if (origin == null) {
      return null;
    }
    for (int i = 0; i < sections.size(); i++) {
      if (sections.get(i).mid().equals(origin.mid())) {
        return learnIn(sections.get(i), origin.rid(), packet, nowNanos);
      }
    }
    return null;
  }

  private @Nullable Layer learnIn(
      InboundSection section, String rid, RtpPacket packet, long nowNanos) {
    boolean rtx = isRtxType(section, packet);
    if (!rtx && packet.payloadType() != section.payloadType()) {
      return null;
    }
    Layer layer = find(section, section.rids().isEmpty() ? "" : rid);
    if (layer == null) {
      return null;
    }
    if (rtx) {
      layer.bindRtx(packet.ssrc());
    } else if (layer.isBound() && layer.wasHeardWithin(TAKEOVER_SILENCE_NANOS, nowNanos)) {
      return null;
    } else {
      if (layer.isBound()) {
        learned.remove(layer.ssrc());
      }
      layer.bind(packet.ssrc());
    }
    learned.put(packet.ssrc(), new Origin(section.mid(), rid));
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
