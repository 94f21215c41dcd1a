package dev.sluice.router.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.track.Rtx;
import dev.sluice.rtp.NetworkOrder;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.SequenceNumbers;
import dev.sluice.rtp.Timestamps;
import dev.sluice.rtp.vp8.Vp8Payload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a forwarder sends and holds it against what the publisher sent: the standing
 * invariants of forwarding.
 */
final class Subscriber {
  /** A packet as it came, with its numbers extended; {@code order} counts those that came. */
  record Received(
      int order,
      long sequence,
      long timestamp,
      int pictureId,
      int tl0PicIdx,
      Source source,
      boolean key) {}

  /** Which packet of the publisher it is, as its payload says. */
  record Source(int layer, int index, int frame, int captureMillis) {
    static Source of(byte[] bytes, Vp8Payload payload) {
      int content = payload.frameOffset() + 10;
      return new Source(
          NetworkOrder.int32(bytes, content),
          NetworkOrder.int32(bytes, content + 4),
          NetworkOrder.int32(bytes, content + 8),
          NetworkOrder.int32(bytes, content + 12));
    }
  }

  static final int SSRC = 77;
  static final int RTX_SSRC = 78;
  static final int PAYLOAD_TYPE = 100;
  static final int RTX_PAYLOAD_TYPE = 101;

  private final String run;
  private final boolean picturesTakenBack;
  private final List<Received> received = new ArrayList<>();
  private final Map<Long, Source> bySequence = new HashMap<>();
  private final Set<Source> sources = new HashSet<>();
  private final Map<Integer, Map<Integer, Integer>> refusals = new HashMap<>();
  private long nearSequence = 1 << 20;
  private long nearTimestamp = 1L << 40;
  private long highestSequence;

  Subscriber(String run) {
    this(run, false);
  }

  /**
   * @param picturesTakenBack whether pictures that were written may never come, so that the numbers
   *     of pictures have gaps before key frames
   */
  Subscriber(String run, boolean picturesTakenBack) {
    this.run = run;
    this.picturesTakenBack = picturesTakenBack;
  }

  List<Received> received() {
    return received;
  }

  /** Takes what came, on either SSRC. */
  void take(byte[] bytes, int length) {
    RtpPacket packet = new RtpPacket();
    assertThat(packet.wrap(bytes, 0, length)).as(run).isTrue();
    if (packet.ssrc() == RTX_SSRC) {
      assertThat(Rtx.restore(packet, SSRC, PAYLOAD_TYPE)).as(run).isTrue();
    }
    assertThat(packet.ssrc()).isEqualTo(SSRC);
    assertThat(packet.payloadType()).isEqualTo(PAYLOAD_TYPE);
    Vp8Payload payload = new Vp8Payload();
    assertThat(payload.wrap(bytes, packet.payloadOffset(), packet.payloadLength()))
        .as(run)
        .isTrue();
    nearSequence = SequenceNumbers.unwrap(nearSequence, packet.sequenceNumber());
    highestSequence = Math.max(highestSequence, nearSequence);
    nearTimestamp = Timestamps.unwrap(nearTimestamp, packet.timestamp());
    Source source = Source.of(bytes, payload);
    Source before = bySequence.putIfAbsent(nearSequence, source);
    assertThat(before == null || before.equals(source))
        .as("%s: number %d for %s and %s", run, nearSequence, before, source)
        .isTrue();
    assertThat(sources.add(source)).as("%s: %s came twice", run, source).isTrue();
    received.add(
        new Received(
            received.size(),
            nearSequence,
            nearTimestamp,
            payload.pictureId(),
            payload.tl0PicIdx(),
            source,
            payload.startsKeyFrame()));
  }

  /** The sequence numbers below the highest, of the last hundred, that have not come. */
  List<Integer> missing() {
    List<Integer> missing = new ArrayList<>();
    for (long each = highestSequence - 100; each < highestSequence; each++) {
      if (!bySequence.containsKey(each)) {
        missing.add((int) (each & 0xFFFF));
      }
    }
    return missing;
  }

  /** Notes that the router had a packet and did not forward it. */
  void refused(Source source) {
    refusals
        .computeIfAbsent(source.layer(), layer -> new HashMap<>())
        .put(source.index(), received.size());
  }

  /** The stretches of one source without a pause, in order: numbers keep their distance in each. */
  List<List<Received>> stretches() {
    TreeMap<Long, Received> ordered = new TreeMap<>();
    received.forEach(each -> ordered.put(each.sequence(), each));
    List<List<Received>> stretches = new ArrayList<>();
    Received last = null;
    for (Received each : ordered.values()) {
      if (last == null
          || last.source().layer() != each.source().layer()
          || each.sequence() - last.sequence() != each.source().index() - last.source().index()) {
        stretches.add(new ArrayList<>());
      }
      stretches.getLast().add(each);
      last = each;
    }
    return stretches;
  }

  /** Checks all that must hold at the end. */
  void check() {
    Received last = null;
    for (List<Received> stretch : stretches()) {
      Received first = stretch.getFirst();
      assertThat(first.key()).as("%s: %s starts a stretch", run, first).isTrue();
      if (last != null) {
        assertThat(first.sequence()).as("%s: after %s", run, last).isEqualTo(last.sequence() + 1);
        if (!picturesTakenBack) {
          assertThat(first.pictureId()).as(run).isEqualTo((last.pictureId() + 1) & 0x7FFF);
          assertThat(first.tl0PicIdx()).as(run).isEqualTo((last.tl0PicIdx() + 1) & 0xFF);
        }
      }
      checkStretch(stretch, last);
      last = stretch.getLast();
    }
  }

  private void checkStretch(List<Received> stretch, @Nullable Received lastOfAnother) {
    int end = stretch.stream().mapToInt(Received::order).max().orElseThrow();
    Received last = lastOfAnother;
    for (Received each : stretch) {
      if (last != null) {
        boolean sameFrame =
            last.source().frame() == each.source().frame() && !last.equals(lastOfAnother);
        if (sameFrame) {
          assertThat(each.timestamp()).as(run).isEqualTo(last.timestamp());
        } else {
          assertThat(each.timestamp())
              .as("%s: %s after %s", run, each, last)
              .isGreaterThan(last.timestamp());
        }
        if (!last.equals(lastOfAnother)) {
          int frames = each.source().frame() - last.source().frame();
          assertThat(each.pictureId())
              .as("%s: %s after %s", run, each, last)
              .isEqualTo((last.pictureId() + frames) & 0x7FFF);
          checkGap(last, each, end);
        }
      }
      last = each;
    }
  }

  /** What is missing within a stretch never reached the router, or only after the stretch's end. */
  private void checkGap(Received last, Received next, int end) {
    Map<Integer, Integer> ofLayer = refusals.getOrDefault(next.source().layer(), Map.of());
    for (int i = last.source().index() + 1; i < next.source().index(); i++) {
      assertThat(ofLayer.getOrDefault(i, Integer.MAX_VALUE))
          .as("%s: packet %d was there, between %s and %s", run, i, last, next)
          .isGreaterThan(end);
    }
  }
}
