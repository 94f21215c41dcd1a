package dev.sluice.simulation.subscriber;

import dev.sluice.router.forward.OutgoingTrack;
import dev.sluice.router.live.MediaKind;
import dev.sluice.router.live.SubscribedTrack;
import dev.sluice.router.live.TrackKey;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.codec.VideoCodec;
import dev.sluice.simulation.media.Formats;
import dev.sluice.simulation.publisher.PublisherPlan;
import dev.sluice.testkit.network.EventLoop;
import dev.sluice.testkit.network.PathTrace;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One stream that somebody subscribed to: its numbers, and what came of it. */
final class ReceivedStream {
  private final String streamId;
  private final String subscriptionId;
  private final VideoReceiver video;
  private final SoundReceiver sound;
  private final long uplinkDelayNanos;

  /**
   * A stream that nothing came of yet.
   *
   * @param firstSsrc the first of three
   */
  ReceivedStream(
      EventLoop loop, String peer, PublisherPlan publisher, PathTrace downlink, int firstSsrc) {
    streamId = publisher.id();
    subscriptionId = peer + ":" + streamId;
    long frameNanos = (long) (1e9 / publisher.video().frameRate());
    video = new VideoReceiver(loop, firstSsrc + 1, frameNanos, downlink);
    sound = new SoundReceiver(firstSsrc, publisher.audio().packetNanos());
    uplinkDelayNanos = publisher.uplink().at(0).delayNanos();
  }

  String streamId() {
    return streamId;
  }

  String subscriptionId() {
    return subscriptionId;
  }

  VideoReceiver video() {
    return video;
  }

  SoundReceiver sound() {
    return sound;
  }

  int rtxSsrc() {
    return video.ssrc() + 1;
  }

  /** What the room is asked to forward. */
  List<SubscribedTrack> tracks(SubscriberPlan plan) {
    OutgoingTrack audio =
        new OutgoingTrack(
            Optional.empty(),
            sound.ssrc(),
            Formats.OPUS,
            OptionalInt.empty(),
            OptionalInt.empty(),
            plan.redundancy() ? OptionalInt.of(Formats.RED) : OptionalInt.empty(),
            Formats.AUDIO_CLOCK_HZ,
            Formats.SUBSCRIBED);
    OutgoingTrack pictures =
        new OutgoingTrack(
            Optional.of(VideoCodec.VP8),
            video.ssrc(),
            Formats.VP8,
            OptionalInt.of(rtxSsrc()),
            OptionalInt.of(Formats.RTX),
            OptionalInt.empty(),
            Formats.VIDEO_CLOCK_HZ,
            Formats.SUBSCRIBED);
    SubscribedTrack heard = track(MediaKind.AUDIO, "opus", plan, audio);
    return plan.pictures()
        ? List.of(heard, track(MediaKind.VIDEO, "VP8", plan, pictures))
        : List.of(heard);
  }

  private SubscribedTrack track(
      MediaKind kind, String codec, SubscriberPlan plan, OutgoingTrack outgoing) {
    return new SubscribedTrack(
        new TrackKey(subscriptionId, kind),
        streamId,
        codec,
        true,
        plan.preference(),
        plan.terms(),
        outgoing,
        "simulated");
  }

  /** Takes a packet of the sound that arrived. */
  void onAudio(RtpPacket packet, long downlinkDelayNanos, long nowNanos) {
    sound.onPacket(packet, uplinkDelayNanos + downlinkDelayNanos, nowNanos);
  }
}
