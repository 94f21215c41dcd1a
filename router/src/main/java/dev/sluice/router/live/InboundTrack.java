package dev.sluice.router.live;

import dev.sluice.router.live.RoomSnapshot.LayerSnapshot;
import dev.sluice.router.live.RoomSnapshot.TrackSnapshot;
import dev.sluice.router.live.RoomSnapshot.Traffic;
import dev.sluice.router.track.EconomySettings;
import dev.sluice.router.track.Layer;
import dev.sluice.router.track.LayerCounters;
import dev.sluice.router.track.LayerEconomy;
import dev.sluice.router.track.VideoPacket;
import dev.sluice.router.worker.BatchTask;
import dev.sluice.router.worker.PacketSlot;
import dev.sluice.router.worker.Worker;
import dev.sluice.rtp.codec.VideoCodec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One m-section of a publisher: gathers the packets of a batch and hands them to its stream's
 * subscribers together, so that each subscriber's copies leave in one burst.
 */
final class InboundTrack implements BatchTask {
  private static final int INITIAL_BURST = 16;

  private final Worker worker;
  private final PublishedTrack description;
  private final List<Layer> layers;
  private final FanOut fanOut;
  // Null for audio: asked for with each packet, where an Optional would say no more.
  private final @Nullable VideoCodec video;
  private @Nullable PacketSlot[] slots = new PacketSlot[INITIAL_BURST];
  private @Nullable Layer[] slotLayers = new Layer[INITIAL_BURST];
  private final LayerEconomy economy;
  private int burstSize;
  private boolean ended;
  private boolean economyTold;

  InboundTrack(
      Worker worker,
      PublishedTrack description,
      List<Layer> layers,
      FanOut fanOut,
      EconomySettings economy) {
    this.worker = worker;
    this.description = description;
    this.layers = List.copyOf(layers);
    this.fanOut = fanOut;
    this.video = description.section().video().orElse(null);
    this.economy = new LayerEconomy(this.layers, economy);
    fanOut.source(this);
  }

  PublishedTrack description() {
    return description;
  }

  /** The lowest quality first. */
  List<Layer> layers() {
    return layers;
  }

  /**
   * Takes a fresh packet of one of its layers, which stays valid until the batch ends. Padding and
   * malformed payloads go on too: subscribers would ask for the gap that they leave.
   */
  void onPacket(PacketSlot slot, Layer layer, long nowNanos) {
    VideoCodec codec = video;
    if (codec != null && slot.rtp().payloadLength() > 0) {
      readVideo(slot, layer, codec, nowNanos);
    }
    if (fanOut.isIdle()) {
      return;
    }
    worker.keepPacket();
    if (burstSize == 0) {
      worker.runAtBatchEnd(this);
    }
    if (burstSize == slots.length) {
      slots = Arrays.copyOf(slots, 2 * burstSize);
      slotLayers = Arrays.copyOf(slotLayers, 2 * burstSize);
    }
    slots[burstSize] = slot;
    slotLayers[burstSize] = layer;
    burstSize++;
  }

  private void readVideo(PacketSlot slot, Layer layer, VideoCodec codec, long nowNanos) {
    if (!slot.readVideo(layer, codec)) {
      worker.counters().malformedVideo++;
      layer.counters().malformed++;
      return;
    }
    VideoPacket read = slot.video();
    if (read != null) {
      layer.onVideo(slot.rtp(), read, nowNanos);
    }
  }

  @Override
  public void onBatchEnd(long nowNanos) {
    int size = burstSize;
    burstSize = 0;
    if (!ended) {
      fanOut.forward(slots, slotLayers, size, nowNanos);
    }
  }

  /**
   * The simulcast encodings that the publisher is asked to send, when it has to be told: once at
   * first, because on a new PeerConnection it may still hold back what it was asked to before, and
   * then when they change. Every 100 ms.
   */
  Optional<List<String>> wantedLayers(long nowNanos) {
    if (layers.size() < 2) {
      return Optional.empty();
    }
    boolean changed = economy.update(fanOut::wants, nowNanos);
    if (economyTold && !changed) {
      return Optional.empty();
    }
    economyTold = true;
    return Optional.of(economy.rids());
  }

  /** Its stream has nothing to forward of this medium any more. */
  void end() {
    ended = true;
    fanOut.endSource(this);
  }

  TrackSnapshot snapshot(long nowNanos) {
    LayerCounters sum = new LayerCounters();
    long lost = 0;
    for (Layer layer : layers) {
      sum.add(layer.counters());
      lost += Math.max(0, layer.reception().packetsLost());
    }
    return new TrackSnapshot(
        description.streamId(),
        Optional.empty(),
        description.kind(),
        description.codec(),
        new Traffic(sum.packets, sum.bytes),
        lost,
        sum.retransmitted,
        sum.nacks,
        sum.keyframeRequests,
        new DropReasons().add("duplicate", sum.duplicates).add("malformed", sum.malformed).counts(),
        Optional.empty(),
        layers.stream().map(layer -> snapshot(layer, nowNanos)).toList());
  }

  static LayerSnapshot snapshot(Layer layer, long nowNanos) {
    return new LayerSnapshot(
        layer.rid(), layer.width(), layer.height(), layer.bitrateBps(nowNanos));
  }
}
