package dev.sluice.router.live;

import dev.sluice.router.track.Layer;
import dev.sluice.router.worker.PacketSlot;
import dev.sluice.router.worker.Worker;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of one medium of a stream from its publisher to its subscribers. Either end may come
 * first, and the publisher's may be replaced while subscribers stay.
 */
final class FanOut {
  private final Worker worker;
  private final List<ForwardedTrack> outgoing = new ArrayList<>();
  private @Nullable InboundTrack source;

  FanOut(Worker worker) {
    this.worker = worker;
  }

  /** Takes the publisher's end, in place of the one before. */
  void source(InboundTrack newSource) {
    source = newSource;
    for (ForwardedTrack track : outgoing) {
      track.onLayers(newSource.layers(), worker.nowNanos());
    }
  }

  void endSource(InboundTrack ended) {
    if (source == ended) {
      source = null;
    }
  }

  /** The layers that can be forwarded now, the lowest quality first. */
  List<Layer> layers() {
    return source == null ? List.of() : source.layers();
  }

  void add(ForwardedTrack track) {
    outgoing.add(track);
  }

  void remove(ForwardedTrack track) {
    outgoing.remove(track);
  }

  /** Whether any subscriber gets a layer or is to get it. */
  boolean wants(Layer layer) {
    for (int i = 0; i < outgoing.size(); i++) {
      if (outgoing.get(i).wants(layer)) {
        return true;
      }
    }
    return false;
  }

  boolean isIdle() {
    return outgoing.isEmpty();
  }

  boolean isUnused() {
    return source == null && outgoing.isEmpty();
  }

  /** Subscribers outside, packets inside: a subscriber's keys stay warm and its copies together. */
  void forward(@Nullable PacketSlot[] slots, @Nullable Layer[] layers, int size, long nowNanos) {
    for (int i = 0; i < outgoing.size(); i++) {
      try {
        outgoing.get(i).forward(slots, layers, size, nowNanos);
      } catch (RuntimeException e) {
        worker.countFault(e);
      }
    }
  }

  /** Ends what goes out. */
  void close() {
    List.copyOf(outgoing).forEach(ForwardedTrack::end);
  }
}
