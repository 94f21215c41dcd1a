package dev.sluice.router.live;

import dev.sluice.router.track.Layer;
import dev.sluice.router.worker.BatchTask;
import dev.sluice.router.worker.PacketSlot;
import dev.sluice.router.worker.Worker;
import dev.sluice.rtp.vp8.Vp8Payload;
import java.util.Arrays;
import java.util.List;
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
  private @Nullable PacketSlot[] slots = new PacketSlot[INITIAL_BURST];
  private @Nullable Layer[] slotLayers = new Layer[INITIAL_BURST];
  private int burstSize;
  private boolean ended;

  InboundTrack(Worker worker, PublishedTrack description, List<Layer> layers, FanOut fanOut) {
    this.worker = worker;
    this.description = description;
    this.layers = List.copyOf(layers);
    this.fanOut = fanOut;
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
  void onPacket(PacketSlot slot, Layer layer) {
    if (description.kind() == MediaKind.VIDEO && slot.rtp().payloadLength() > 0) {
      readVp8(slot, layer);
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

  private void readVp8(PacketSlot slot, Layer layer) {
    if (!slot.readVp8()) {
      worker.counters().malformedVp8++;
      return;
    }
    Vp8Payload payload = slot.vp8();
    if (payload != null && payload.startsKeyFrame()) {
      layer.onKeyFrame(slot.rtp(), payload.keyFrameWidth(), payload.keyFrameHeight());
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

  /** Its stream has nothing to forward of this medium any more. */
  void end() {
    ended = true;
    fanOut.endSource(this);
  }
}
