package dev.sluice.router.live;

import static java.util.Objects.requireNonNull;

import dev.sluice.router.allocation.Permission;
import dev.sluice.router.allocation.Rung;
import dev.sluice.router.allocation.VideoDemand;
import dev.sluice.router.fallback.VideoConditions;
import dev.sluice.router.fallback.VideoQuality;
import dev.sluice.router.forward.AudioForwarder;
import dev.sluice.router.forward.Forwarder;
import dev.sluice.router.forward.LayerPreference;
import dev.sluice.router.forward.Retransmitter;
import dev.sluice.router.forward.SentAudio;
import dev.sluice.router.forward.VideoForwarder;
import dev.sluice.router.live.RoomSnapshot.LayerSnapshot;
import dev.sluice.router.live.RoomSnapshot.TrackSnapshot;
import dev.sluice.router.live.RoomSnapshot.Traffic;
import dev.sluice.router.net.SendBatch;
import dev.sluice.router.pace.PacedSource;
import dev.sluice.router.pace.PacedTrack;
import dev.sluice.router.pace.SendClass;
import dev.sluice.router.pace.Unsent;
import dev.sluice.router.track.Layer;
import dev.sluice.router.track.VideoPacket;
import dev.sluice.router.worker.PacketSlot;
import dev.sluice.router.worker.Worker;
import dev.sluice.router.worker.WorkerCounters;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.rtcp.ReportBlocks;
import dev.sluice.rtp.rtcp.SenderReport;
import dev.sluice.rtp.rtcp.SourceDescription;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One medium of one subscription: what a {@link Forwarder} makes of it goes down the transport. */
final class ForwardedTrack implements PacedSource {
  private static final int MAX_DESCRIPTION_BYTES = 80;

  private final SubscribedTrack description;
  private final Downlink downlink;
  private final FanOut fanOut;
  private final WorkerCounters workerCounters;
  private final TrackCounters counters = new TrackCounters();
  private final Forwarder forwarder;
  private final PacedTrack paced;
  private final KeyFrameProgress keyFrames;
  private final byte[] cname;
  private final Consumer<ForwardedTrack> onEnd;
  private VideoTerms terms;
  private LayerPreference preference;
  private boolean enabled;
  private long keyFramesSent;
  private long keyFramesDropped;
  private VideoQuality quality = VideoQuality.GOOD;

  /**
   * Joins the track to its stream.
   *
   * @param onEnd told when the subscription or the stream has ended
   */
  ForwardedTrack(
      Worker worker,
      Downlink downlink,
      SubscribedTrack description,
      FanOut fanOut,
      RandomGenerator random,
      Consumer<ForwardedTrack> onEnd) {
    this.description = description;
    this.downlink = downlink;
    this.fanOut = fanOut;
    this.workerCounters = worker.counters();
    this.onEnd = onEnd;
    this.paced = new PacedTrack(description.outgoing().extensionIds(), this);
    this.keyFrames = new KeyFrameProgress(paced);
    this.cname = description.cname().getBytes(StandardCharsets.UTF_8);
    this.forwarder =
        switch (description.key().kind()) {
          case AUDIO -> new AudioForwarder(description.outgoing(), random);
          case VIDEO -> new VideoForwarder(description.outgoing(), fanOut.layers(), random);
        };
    this.terms = description.terms();
    this.enabled = description.enabled();
    this.preference = description.preference();
    choose(worker.nowNanos());
    downlink.add(paced);
    fanOut.add(this);
  }

  void end() {
    fanOut.remove(this);
    downlink.remove(paced);
    onEnd.accept(this);
  }

  TrackKey key() {
    return description.key();
  }

  int ssrc() {
    return description.ssrc();
  }

  /** Lets the track through or holds it back, and chooses the layer of a video. */
  void setChoice(
      boolean nowEnabled, LayerPreference nowPreferred, VideoTerms nowTerms, long nowNanos) {
    enabled = nowEnabled;
    preference = nowPreferred;
    terms = nowTerms;
    choose(nowNanos);
    askForKeyFrame(nowNanos);
  }

  boolean isAudio() {
    return key().kind() == MediaKind.AUDIO;
  }

  /** Whether the subscriber wants it. */
  boolean isEnabled() {
    return enabled;
  }

  /** What the subscriber would like of a video. */
  VideoDemand demand(Adaptation.Speakers speakers, long nowNanos) {
    return new VideoDemand(
        ssrc(),
        video().ladder(nowNanos),
        Permission.ALL,
        terms.exempt(),
        terms.screen(),
        speakers.rank(description.streamId()),
        (long) preference.width() * preference.height());
  }

  /**
   * The state of a video for audio fallback.
   *
   * @param wanted whether there is something of it that is wanted
   */
  VideoConditions conditions(boolean wanted, long leastBps, long costBps) {
    noteKeyFramesSent();
    boolean mayFallBack = terms.mayFallBack() && !terms.exempt();
    return new VideoConditions(ssrc(), mayFallBack, wanted, leastBps, costBps, keyFramesSent);
  }

  /** Whether it is a video whose newest key frame has not been sent in full. */
  boolean isKeyFrameWaiting() {
    return !isAudio() && keyFrames.isWaiting();
  }

  private void noteKeyFramesSent() {
    if (!keyFrames.isWaiting()) {
      keyFramesSent = video().keyFramesStarted() - keyFramesDropped;
    }
  }

  void onQuality(VideoQuality now) {
    quality = now;
  }

  /** Sends a video as this rung of its ladder, or not at all. */
  void choose(Optional<Rung> rung, long nowNanos) {
    video().choose(rung, nowNanos);
    dropWhatWasLeft();
  }

  /** Sends no enhancement of a video for now, or does; recorders get them whatever the path is. */
  void limitToBase(boolean only) {
    switch (forwarder) {
      case AudioForwarder _ -> {}
      case VideoForwarder video -> video.limitToBase(only && !terms.exempt());
    }
  }

  /** Whether the subscriber gets a layer of a video or is to get it. */
  boolean wants(Layer layer) {
    return switch (forwarder) {
      case AudioForwarder _ -> true;
      case VideoForwarder video -> video.wants(layer);
    };
  }

  private VideoForwarder video() {
    return switch (forwarder) {
      case AudioForwarder _ -> throw new IllegalStateException(key() + " is no video");
      case VideoForwarder video -> video;
    };
  }

  private void choose(long nowNanos) {
    forwarder.setEnabled(enabled, nowNanos);
    switch (forwarder) {
      case AudioForwarder _ -> {}
      case VideoForwarder video -> video.setPreference(preference, nowNanos);
    }
    dropWhatWasLeft();
  }

  /** A layer that is not forwarded any more has nothing to wait for. */
  private void dropWhatWasLeft() {
    if (paced.isWaiting() && !forwarder.isFlowing()) {
      Unsent unsent = downlink.flush(paced);
      counters.flushed += unsent.packets();
      takeBack(unsent);
    }
  }

  private void takeBack(Unsent unsent) {
    noteKeyFramesSent();
    keyFrames.onDropped();
    keyFramesDropped = video().keyFramesStarted() - keyFramesSent;
    forwarder.takeBack(unsent);
  }

  /** The publisher's end was replaced. */
  void onLayers(List<Layer> layers, long nowNanos) {
    switch (forwarder) {
      case AudioForwarder _ -> {}
      case VideoForwarder video -> video.setLayers(layers, nowNanos);
    }
    dropWhatWasLeft();
    askForKeyFrame(nowNanos);
  }

  /** Asks for a key frame at once if one is needed, and if there is somebody to receive it. */
  void askForKeyFrame(long nowNanos) {
    if (downlink.isConnected()) {
      forwarder.onTick(nowNanos);
    }
  }

  void onPictureLoss() {
    counters.keyframeRequests++;
    // Another one behind a key frame that waits would only make it take longer
    if (!keyFrames.isWaiting()) {
      forwarder.onPictureLoss();
    }
  }

  void onReport(ReportBlocks block, long nowNanos) {
    // RFC 3550 §6.4.1: duplicates can make it negative
    counters.lost = Math.max(0, block.cumulativeLost());
    forwarder.onReport(block, nowNanos);
  }

  /** Sends what the subscriber gets of the packets that came together. */
  void forward(@Nullable PacketSlot[] slots, @Nullable Layer[] layers, int size, long nowNanos) {
    dropWhatWasLeft();
    for (int i = 0; i < size; i++) {
      PacketSlot slot = requireNonNull(slots[i]);
      Layer layer = requireNonNull(layers[i]);
      RtpPacket packet = slot.rtp();
      SendBatch batch = downlink.begin(Forwarder.maxLength(packet));
      if (batch == null) {
        return;
      }
      int length =
          forwarder.forward(
              layer, packet, slot.video(), nowNanos, batch.buffer(), batch.position());
      if (length > 0) {
        send(batch, length, slot.video(), nowNanos);
      }
    }
  }

  private void send(SendBatch batch, int length, @Nullable VideoPacket video, long nowNanos) {
    switch (forwarder) {
      case AudioForwarder audio -> downlink.sendAudio(batch, length, paced, audio.sent(), nowNanos);
      case VideoForwarder _ -> {
        keyFrames.onWritten(
            batch.buffer(), batch.position(), video != null && video.startsKeyFrame());
        downlink.send(batch, length, paced, sendClass(video), nowNanos);
      }
    }
  }

  private static SendClass sendClass(@Nullable VideoPacket video) {
    return video != null && video.isBase() ? SendClass.BASE_VIDEO : SendClass.ENHANCEMENT;
  }

  @Override
  public void onSent(SendClass sendClass, int length) {
    counters.packets++;
    counters.bytes += length;
    switch (sendClass) {
      case AUDIO, BASE_VIDEO, ENHANCEMENT -> workerCounters.forwardedPackets++;
      case AUDIO_RETRANSMISSION, BASE_RETRANSMISSION, RETRANSMISSION -> {
        counters.retransmitted++;
        workerCounters.retransmittedPackets++;
      }
      case PADDING -> counters.padding++;
    }
  }

  @Override
  public void onUnsealed() {
    counters.unsealed++;
  }

  @Override
  public void onOverflow(Unsent unsent) {
    counters.overflowed += unsent.packets();
    takeBack(unsent);
  }

  @Override
  public void onRetransmissionExpired() {
    counters.retransmissionsExpired++;
  }

  @Override
  public int writeRepeat(int maxBytes, long nowNanos, byte[] out, int offset) {
    return switch (forwarder) {
      case AudioForwarder _ -> 0;
      case VideoForwarder video -> video.writeRepeat(maxBytes, nowNanos, out, offset);
    };
  }

  @Override
  public int writePadding(int maxBytes, byte[] out, int offset) {
    return switch (forwarder) {
      case AudioForwarder _ -> 0;
      case VideoForwarder video -> video.writePadding(maxBytes, out, offset);
    };
  }

  /** Sends a packet again that the subscriber misses. */
  void retransmit(int sequenceNumber, long nowNanos) {
    counters.nacks++;
    switch (forwarder) {
      case AudioForwarder audio -> {
        int slot = audio.sent().take(sequenceNumber, audio.rttNanos(), nowNanos);
        if (slot >= 0) {
          downlink.sendAudioAgain(audio.sent(), slot, paced, nowNanos);
        }
      }
      case VideoForwarder video -> retransmit(video, sequenceNumber, nowNanos);
    }
  }

  private void retransmit(VideoForwarder video, int sequenceNumber, long nowNanos) {
    SendBatch batch = downlink.begin(Downlink.MAX_RETRANSMISSION_BYTES);
    if (batch == null) {
      return;
    }
    int length =
        video.retransmit(
            sequenceNumber, nowNanos, downlink.queueDelayNanos(), batch.buffer(), batch.position());
    if (length > 0) {
      boolean isBase = video.retransmitter().tookBase();
      SendClass sendClass = isBase ? SendClass.BASE_RETRANSMISSION : SendClass.RETRANSMISSION;
      downlink.send(batch, length, paced, sendClass, nowNanos);
    }
  }

  /** Adds a sender report with the CNAME (RFC 3550 §6.1) when one is due. */
  void onTick(OutgoingRtcp out, long nowNanos) {
    forwarder.onTick(nowNanos);
    dropWhatWasLeft();
    out.reserve(SenderReport.LENGTH + MAX_DESCRIPTION_BYTES);
    int length = forwarder.writeSenderReport(nowNanos, out.buffer(), out.position());
    if (length > 0) {
      out.commit(length);
      out.commit(
          SourceDescription.writeCname(out.buffer(), out.position(), description.ssrc(), cname));
    }
  }

  TrackSnapshot snapshot(long nowNanos) {
    DropReasons dropped =
        new DropReasons()
            .add("unsealed", counters.unsealed)
            .add("pacerFlushed", counters.flushed)
            .add("pacerOverflow", counters.overflowed)
            .add("retransmissionExpired", counters.retransmissionsExpired);
    List<LayerSnapshot> layers =
        switch (forwarder) {
          case AudioForwarder audio -> {
            SentAudio sent = audio.sent();
            dropped
                .add("retransmissionUnavailable", sent.unavailable())
                .add("retransmissionTooSoon", sent.tooSoon())
                .add("retransmissionTooOften", sent.tooOften());
            yield List.of();
          }
          case VideoForwarder video -> {
            Retransmitter retransmitter = video.retransmitter();
            dropped
                .add("retransmissionUnavailable", retransmitter.unavailable())
                .add("retransmissionTooSoon", retransmitter.tooSoon());
            Layer current = video.selector().current();
            yield current == null ? List.of() : List.of(InboundTrack.snapshot(current, nowNanos));
          }
        };
    return new TrackSnapshot(
        description.streamId(),
        Optional.of(description.key().subscriptionId()),
        description.key().kind(),
        description.codec(),
        new Traffic(counters.packets, counters.bytes),
        counters.lost,
        counters.retransmitted,
        counters.nacks,
        counters.keyframeRequests,
        dropped.counts(),
        isAudio() ? Optional.empty() : Optional.of(quality),
        layers);
  }
}
