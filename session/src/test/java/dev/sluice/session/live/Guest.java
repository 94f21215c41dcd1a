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
          OptionalInt.of(30));

  static final MediaChoice BOTH = media(true, true);

  static MediaChoice media(boolean audio, boolean video) {
    return new MediaChoice(audio, video, LayerPreference.NONE);
  }

  /** An update that leaves the preferred layer as it is. */
  static SubscriptionUpdate change(Optional<Boolean> audio, Optional<Boolean> video) {
    return new SubscriptionUpdate(
        audio, video, new Preference.Unchanged<>(), new Preference.Unchanged<>());
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
