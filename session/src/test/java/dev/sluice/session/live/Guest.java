package dev.sluice.session.live;

import dev.sluice.session.ConnectionId;
import dev.sluice.session.RefusedException;
import dev.sluice.session.StreamDescription;
import dev.sluice.session.StreamId;
import dev.sluice.session.VideoDimensions;
import dev.sluice.session.VideoType;
import dev.sluice.session.media.LayerPreference;
import dev.sluice.session.media.MediaChoice;
import dev.sluice.session.media.OfferedTrack;
import dev.sluice.session.media.PublishOffer;
import dev.sluice.session.media.VideoTerms;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** A participant and what it was told. */
record Guest(Participant participant, RecordedEvents events) {
  static final StreamDescription CAMERA =
      new StreamDescription(
          "camera",
          Optional.of("AB"),
          Optional.of(VideoType.CAMERA),
          true,
          true,
          new VideoDimensions(640, 480),
          OptionalInt.of(30),
          Optional.empty());

  static final SubscriptionWish BOTH = media(true, true);

  static SubscriptionWish media(boolean audio, boolean video) {
    return new SubscriptionWish(audio, video, true, LayerPreference.NONE);
  }

  /** What the media of a routed session get when that is wanted of {@link #CAMERA}. */
  static MediaChoice chosen(SubscriptionWish wish) {
    return wish.choice(new VideoTerms(true, false));
  }

  /** An update that leaves visibility and the preferred layer as they are. */
  static SubscriptionUpdate change(Optional<Boolean> audio, Optional<Boolean> video) {
    return new SubscriptionUpdate(
        audio, video, Optional.empty(), new Preference.Unchanged<>(), new Preference.Unchanged<>());
  }

  /** An update of visibility alone. */
  static SubscriptionUpdate visible(boolean visible) {
    return new SubscriptionUpdate(
        Optional.empty(),
        Optional.empty(),
        Optional.of(visible),
        new Preference.Unchanged<>(),
        new Preference.Unchanged<>());
  }

  ConnectionId id() {
    return participant.connection().id();
  }

  List<SessionEvent> told() {
    return events.take();
  }

  /** Publishes a camera and negotiates it, so that others see it. */
  StreamId publishCamera() throws RefusedException {
    StreamId stream = participant.publish(CAMERA);
    negotiate(stream);
    return stream;
  }

  String negotiate(StreamId... streams) throws RefusedException {
    return participant.negotiatePublish(offer("offer", streams));
  }

  /** An offer with one m-section per stream. */
  static PublishOffer offer(String sdp, StreamId... streams) {
    return new PublishOffer(
        sdp, Stream.of(streams).map(stream -> new OfferedTrack("mid-" + stream, stream)).toList());
  }
}
