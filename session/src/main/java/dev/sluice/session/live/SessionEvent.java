package dev.sluice.session.live;

import dev.sluice.session.Connection;
import dev.sluice.session.ConnectionId;
import dev.sluice.session.Signal;
import dev.sluice.session.Stream;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.VideoDimensions;
import dev.sluice.session.media.MediaKind;
import dev.sluice.session.media.SubscribeOffer;
import dev.sluice.session.media.VideoQuality;
import java.util.List;
import java.util.Optional;

/** What a participant is told. */
public sealed interface SessionEvent {
  record ConnectionCreated(Connection connection) implements SessionEvent {}

  record ConnectionDestroyed(ConnectionId connection, LeaveReason reason) implements SessionEvent {}

  record StreamCreated(Stream stream) implements SessionEvent {}

  record StreamDestroyed(StreamId stream, LeaveReason reason) implements SessionEvent {}

  /** One property of a stream changed. */
  record StreamChanged(StreamId stream, Change change) implements SessionEvent {}

  /** {@code from} is empty when the application's server sent it. */
  record SignalReceived(Signal signal, Optional<ConnectionId> from) implements SessionEvent {}

  /** Nothing has come from the stream's publisher for 5 s; the stream stays. */
  record StreamInterrupted(StreamId stream) implements SessionEvent {}

  /** The media of an interrupted stream flow again. */
  record StreamRestored(StreamId stream) implements SessionEvent {}

  record SubscribeOffered(SubscribeOffer offer) implements SessionEvent {}

  /**
   * The client's answer took no codec for one medium of its subscription.
   *
   * @param codec the publisher's, by its name in SDP
   */
  record SubscriptionRefused(
      SubscriptionId subscription, StreamId stream, MediaKind kind, String codec)
      implements SessionEvent {}

  /** How well this participant's network carries the video of a subscription changed. */
  record VideoQualityChanged(SubscriptionId subscription, VideoQuality quality)
      implements SessionEvent {}

  /** The stream's publisher speaks now; nothing tells when they fall silent. */
  record ActiveSpeakerChanged(StreamId stream) implements SessionEvent {}

  /**
   * Other simulcast encodings of the participant's own stream than before are wanted by anybody.
   *
   * @param rids the lowest first
   */
  record WantedLayersChanged(StreamId stream, List<String> rids) implements SessionEvent {
    public WantedLayersChanged {
      rids = List.copyOf(rids);
    }
  }

  /** The last event a participant gets: it is no longer in the session. */
  record Disconnected(LeaveReason reason) implements SessionEvent {}

  /** A changed property with its old and new value. */
  sealed interface Change {
    record HasAudio(boolean oldValue, boolean newValue) implements Change {}

    /**
     * @param forQuality whether the publisher's own network is the reason, and not a person
     */
    record HasVideo(boolean oldValue, boolean newValue, boolean forQuality) implements Change {}

    record Dimensions(VideoDimensions oldValue, VideoDimensions newValue) implements Change {}
  }
}
