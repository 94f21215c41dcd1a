package dev.sluice.router.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.pace.Outlet;
import dev.sluice.router.pace.PacedSource;
import dev.sluice.router.pace.PacedTrack;
import dev.sluice.router.pace.Pacer;
import dev.sluice.router.pace.SendClass;
import dev.sluice.router.pace.Unsent;
import dev.sluice.router.track.Layer;
import dev.sluice.router.track.LayerTable;
import dev.sluice.router.track.TestPackets;
import dev.sluice.router.track.VideoPacket;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.codec.VideoCodec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A publisher with three layers and a subscriber behind a pacer whose rate, like the layer, changes
 * at random, in virtual time. However much is dropped, the subscriber sees no gap.
 */
class PacedForwardingTest {
  private static final long MILLI = 1_000_000;
  private static final long TICK_NANOS = 10 * MILLI;
  private static final long RUN_NANOS = 60_000 * MILLI;
  // Of packets of 40 bytes, which are some 20 to 60 kbit/s with their headers.
  private static final int[] RATES_BPS = {5_000, 15_000, 30_000, 200_000};

  private static final class Run implements Outlet, PacedSource {
    final String name;
    final Random random;
    final SimulatedPublisher publisher;
    final LayerTable table = new LayerTable();
    final VideoForwarder forwarder;
    final Subscriber subscriber;
    final PacedTrack paced = new PacedTrack(TestPackets.IDS, this);
    final Pacer pacer = new Pacer(this, 1_000 * MILLI);
    final VideoPacket video = new VideoPacket();
    final byte[] out = new byte[1500];
    final double loss;
    boolean enabled = true;
    long overflows;
    long flushes;
    long waited;
    long nowNanos;

    Run(long seed, double loss) {
      name = "seed " + seed;
      random = new Random(seed);
      this.loss = loss;
      publisher = new SimulatedPublisher(random);
      subscriber = new Subscriber(name, true);
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

    void run() {
      long nextFrame = 0;
      for (nowNanos = 0; nowNanos < RUN_NANOS; nowNanos += MILLI) {
        if (nowNanos >= nextFrame) {
          dropWhatWasLeft();
          publisher.frame(nowNanos).forEach(this::receive);
          nextFrame += SimulatedPublisher.FRAME_NANOS;
        }
        if (nowNanos % TICK_NANOS == 0) {
          tick();
        }
      }
    }

    private void receive(RtpPacket packet) {
      Layer layer = table.layerOf(packet, nowNanos);
      if (random.nextDouble() < loss || layer == null || !layer.onPacket(packet, false, nowNanos)) {
        return;
      }
      assertThat(video.read(packet, layer, VideoCodec.VP8)).isTrue();
      layer.onVideo(packet, video, nowNanos);
      int length = forwarder.forward(layer, packet, video, nowNanos, out, 0);
      if (length == 0) {
        return;
      }
      SendClass sendClass =
          video.temporalLayer() > 0 ? SendClass.ENHANCEMENT : SendClass.BASE_VIDEO;
      if (pacer.passes(sendClass, nowNanos)) {
        boolean _ = send(paced, sendClass, out, length, nowNanos);
      } else {
        waited++;
        pacer.queue(paced, sendClass, out, 0, length, nowNanos);
        pacer.drain(nowNanos);
      }
    }

    private void tick() {
      for (Layer layer : table.layersOf("1")) {
        if (layer.keyframes().due(nowNanos)) {
          publisher.encoding(layer.index()).wantKeyFrame();
        }
      }
      if (random.nextInt(100) == 0) {
        disturb();
      }
      forwarder.onTick(nowNanos);
      dropWhatWasLeft();
      pacer.drain(nowNanos);
    }

    private void disturb() {
      switch (random.nextInt(5)) {
        case 0 -> {
          enabled = !enabled || random.nextBoolean();
          forwarder.setEnabled(enabled, nowNanos);
        }
        case 1 -> forwarder.selector().setMaxLayer(random.nextInt(4) - 1, nowNanos);
        case 2 -> forwarder.selector().setMaxLayer(LayerSelector.NO_CAP, nowNanos);
        default -> pacer.setRate(RATES_BPS[random.nextInt(RATES_BPS.length)], nowNanos);
      }
      dropWhatWasLeft();
    }

    private void dropWhatWasLeft() {
      if (paced.isWaiting() && !forwarder.isFlowing()) {
        flushes++;
        forwarder.takeBack(pacer.flush(paced));
      }
    }

    @Override
    public boolean send(
        PacedTrack track, SendClass sendClass, byte[] packet, int length, long now) {
      pacer.onSent(track, sendClass, packet, 0, length, now);
      subscriber.take(Arrays.copyOf(packet, length), length);
      return true;
    }

    @Override
    public void onOverflow(Unsent unsent) {
      overflows++;
      forwarder.takeBack(unsent);
    }

    @Override
    public void onSent(SendClass sendClass, int length) {
      throw new AssertionError("told by who seals");
    }

    @Override
    public void onUnsealed() {
      throw new AssertionError("told by who seals");
    }

    @Override
    public void onRetransmissionExpired() {
      throw new AssertionError("nothing was asked for again");
    }

    @Override
    public int writeRepeat(int maxBytes, long now, byte[] to, int offset) {
      return 0;
    }

    @Override
    public int writePadding(int maxBytes, byte[] to, int offset) {
      return 0;
    }
  }

  @Test
  void what_is_dropped_before_it_is_sent_leaves_no_gap() {
    long overflows = 0;
    long flushes = 0;
    long waited = 0;
    long received = 0;
    for (long seed = 1; seed <= 30; seed++) {
      Run run = new Run(seed, 0);
      run.run();
      run.subscriber.check();
      List<Subscriber.Received> all = run.subscriber.received();
      for (int i = 1; i < all.size(); i++) {
        assertThat(all.get(i).sequence())
            .as("%s: %s after %s", run.name, all.get(i), all.get(i - 1))
            .isEqualTo(all.get(i - 1).sequence() + 1);
      }
      overflows += run.overflows;
      flushes += run.flushes;
      waited += run.waited;
      received += all.size();
    }
    assertThat(overflows).isGreaterThan(100);
    assertThat(flushes).isGreaterThan(100);
    assertThat(waited).isGreaterThan(10_000);
    assertThat(received).isGreaterThan(30_000);
  }

  @Test
  void what_the_router_never_had_stays_the_only_gap() {
    for (long seed = 1; seed <= 10; seed++) {
      Run run = new Run(seed, 0.05);
      run.run();
      run.subscriber.check();
      assertThat(run.overflows + run.flushes).as(run.name).isPositive();
    }
  }
}
