package dev.sluice.router.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.track.Layer;
import dev.sluice.router.track.LayerTable;
import dev.sluice.router.track.Rtx;
import dev.sluice.router.track.TestPackets;
import dev.sluice.router.track.VideoPacket;
import dev.sluice.rtp.NtpTime;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.codec.VideoCodec;
import dev.sluice.rtp.vp8.Vp8Payload;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A publisher with three layers, a bad uplink, a router and a subscriber who pauses and is capped
 * at random, in virtual time.
 */
class ForwardingSimulationTest {
  private static final long MILLI = 1_000_000;
  private static final long TICK_NANOS = 10 * MILLI;
  private static final long RUN_NANOS = 30_000 * MILLI;
  private static final long UNIX_NANOS = 1_795_364_400_000_000_000L;

  /** One way of the uplink. */
  private record InFlight(long arrivalNanos, long order, RtpPacket packet) {}

  /** One run. */
  private static final class Run {
    final String name;
    final Random random;
    final SimulatedPublisher publisher;
    final LayerTable table = new LayerTable();
    final VideoForwarder forwarder;
    final Subscriber subscriber;
    final PriorityQueue<InFlight> uplink =
        new PriorityQueue<>(
            (a, b) ->
                a.arrivalNanos() == b.arrivalNanos()
                    ? Long.compare(a.order(), b.order())
                    : Long.compare(a.arrivalNanos(), b.arrivalNanos()));
    final VideoPacket video = new VideoPacket();
    final Vp8Payload vp8 = new Vp8Payload();
    final byte[] out = new byte[1500];
    final int[] lost = new int[64];
    final double loss;
    long order;
    boolean enabled = true;
    long forwarded;
    long sendingNanos;

    Run(long seed, double loss) {
      name = "seed " + seed;
      random = new Random(seed);
      this.loss = loss;
      publisher = new SimulatedPublisher(random);
      subscriber = new Subscriber(name);
      table.setSections(List.of(TestPackets.simulcast("1", SimulatedPublisher.RIDS)));
      forwarder =
          new VideoForwarder(
              new OutgoingTrack(
                  Optional.of(VideoCodec.VP8),
                  Subscriber.SSRC,
                  Subscriber.PAYLOAD_TYPE,
                  OptionalInt.of(Subscriber.RTX_SSRC),
                  OptionalInt.of(Subscriber.RTX_PAYLOAD_TYPE),
                  OptionalInt.empty(),
                  90_000,
                  TestPackets.IDS),
              table.layersOf("1"),
              random);
    }

    void run(boolean disturbed) {
      long nextFrame = 0;
      for (long now = 0; now < RUN_NANOS; now += MILLI) {
        if (now >= nextFrame) {
          publisher.frame(now).forEach(this::send);
          nextFrame += SimulatedPublisher.FRAME_NANOS;
        }
        sendingNanos = now;
        while (!uplink.isEmpty() && uplink.element().arrivalNanos() <= now) {
          receive(uplink.remove().packet(), now);
        }
        if (now % TICK_NANOS == 0) {
          tick(now, disturbed);
        }
      }
    }

    void send(RtpPacket packet) {
      if (random.nextDouble() >= loss) {
        long jitter = random.nextInt(4) == 0 ? random.nextInt(25) * MILLI : 0;
        uplink.add(new InFlight(sendingNanos + 20 * MILLI + jitter, order++, packet));
        if (random.nextInt(50) == 0) {
          RtpPacket copy = TestPackets.wrapped(TestPackets.bytesOf(packet));
          uplink.add(new InFlight(sendingNanos + 30 * MILLI + jitter, order++, copy));
        }
      }
    }

    void receive(RtpPacket packet, long now) {
      Layer layer = table.layerOf(packet, now);
      if (layer == null) {
        return;
      }
      boolean restored = layer.isRetransmission(packet);
      if (restored
          && !(layer.isBound() && Rtx.restore(packet, layer.ssrc(), TestPackets.VIDEO_TYPE))) {
        return;
      }
      if (!layer.onPacket(packet, restored, now)) {
        return;
      }
      assertThat(vp8.wrap(packet)).isTrue();
      assertThat(video.read(packet, layer, VideoCodec.VP8)).isTrue();
      layer.onVideo(packet, video, now);
      int length = forwarder.forward(layer, packet, video, now, out, 0);
      if (length > 0) {
        forwarded++;
        subscriber.take(out, length);
        for (int missing : subscriber.missing()) {
          int repeated = forwarder.retransmit(missing, now, 0, out, 0);
          if (repeated > 0) {
            subscriber.take(out, repeated);
          }
        }
      } else {
        subscriber.refused(Subscriber.Source.of(packet.buffer(), vp8));
      }
    }

    void tick(long now, boolean disturbed) {
      for (Layer layer : table.layersOf("1")) {
        int count = layer.losses().due(now, lost);
        for (int i = 0; i < count; i++) {
          send(publisher.repeat(layer.index(), lost[i]));
        }
        if (layer.keyframes().due(now) && random.nextDouble() >= loss) {
          publisher.encoding(layer.index()).wantKeyFrame();
        }
        if (now % (1_000 * MILLI) == 0 && layer.isBound()) {
          int timestamp = publisher.encoding(layer.index()).timestampAt(now);
          layer.clock().onSenderReport(NtpTime.ofUnixNanos(UNIX_NANOS + now), timestamp, now);
        }
      }
      if (disturbed && random.nextInt(60) == 0) {
        disturb(now);
      }
      forwarder.onTick(now);
    }

    void disturb(long now) {
      switch (random.nextInt(5)) {
        case 0 -> {
          enabled = !enabled;
          forwarder.setEnabled(enabled, now);
        }
        case 1 -> forwarder.selector().setMaxLayer(random.nextInt(4) - 1, now);
        case 2 -> forwarder.selector().setMaxLayer(LayerSelector.NO_CAP, now);
        case 3 -> {
          SimulatedPublisher.Encoding encoding = publisher.encoding(random.nextInt(3));
          encoding.silent = !encoding.silent;
          encoding.wantKeyFrame();
        }
        default -> forwarder.onPictureLoss();
      }
    }

    void check() {
      subscriber.check();
    }
  }

  @Test
  void a_disturbed_stream_reaches_the_subscriber_unbroken() {
    long forwarded = 0;
    long stretches = 0;
    for (long seed = 1; seed <= 40; seed++) {
      Run run = new Run(seed, seed % 4 * 0.04);
      run.run(true);
      run.check();
      forwarded += run.forwarded;
      stretches += run.subscriber.stretches().size();
    }
    assertThat(forwarded).isGreaterThan(20_000);
    assertThat(stretches).as("switches and pauses over all runs").isGreaterThan(200);
  }

  @Test
  void without_disturbance_the_best_layer_is_reached_and_kept() {
    Run run = new Run(7, 0);
    run.run(false);
    run.check();
    assertThat(run.subscriber.stretches()).hasSizeBetween(1, 3);
    assertThat(run.subscriber.received().getLast().source().layer()).isEqualTo(2);
  }

  @Test
  void loss_on_the_uplink_is_repaired_by_the_router() {
    Run run = new Run(11, 0.05);
    run.run(false);
    run.check();
    long received = run.subscriber.received().size();
    Subscriber.Received first = run.subscriber.stretches().getLast().getFirst();
    Subscriber.Received last = run.subscriber.stretches().getLast().getLast();
    assertThat(last.sequence() - first.sequence() + 1 - run.subscriber.stretches().getLast().size())
        .as("packets still missing of %d", received)
        .isLessThan(received / 500);
  }

  @Test
  void pictures_keep_their_place_in_time_over_switches_and_pauses() {
    Run run = new Run(23, 0);
    run.run(true);
    assertThat(run.subscriber.stretches().size()).isGreaterThan(5);
    Subscriber.Received first = run.subscriber.received().getFirst();
    for (Subscriber.Received each : run.subscriber.received()) {
      long millis = (long) each.source().captureMillis() - first.source().captureMillis();
      // Off by what a key frame was older than the picture before it, which does not add up
      assertThat(each.timestamp() - first.timestamp() - 90 * millis)
          .as("%s: %s", run.name, each)
          .isBetween(-60L * 90, 60L * 90);
    }
  }
}
