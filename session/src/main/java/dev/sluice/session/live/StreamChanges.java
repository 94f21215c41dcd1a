package dev.sluice.session.live;

import dev.sluice.session.StreamDescription;
import dev.sluice.session.live.SessionEvent.Change;
import java.util.ArrayList;
import java.util.List;

/** What a {@link StreamUpdate} does to a stream. Pure functions. */
final class StreamChanges {
  private StreamChanges() {}

  static StreamDescription applied(StreamUpdate update, StreamDescription to) {
    return new StreamDescription(
        to.name(),
        to.initials(),
        to.videoType(),
        update.hasAudio().orElse(to.hasAudio()),
        update.hasVideo().orElse(to.hasVideo()),
        update.videoDimensions().orElse(to.videoDimensions()),
        to.frameRate(),
        to.audioFallback());
  }

  /**
   * One change per property that differs.
   *
   * @param forQuality why the video changed, as in {@link StreamUpdate}
   */
  static List<Change> between(
      StreamDescription before, StreamDescription after, boolean forQuality) {
    List<Change> changes = new ArrayList<>();
    if (before.hasAudio() != after.hasAudio()) {
      changes.add(new Change.HasAudio(before.hasAudio(), after.hasAudio()));
    }
    if (before.hasVideo() != after.hasVideo()) {
      changes.add(new Change.HasVideo(before.hasVideo(), after.hasVideo(), forQuality));
    }
    if (!before.videoDimensions().equals(after.videoDimensions())) {
      changes.add(new Change.Dimensions(before.videoDimensions(), after.videoDimensions()));
    }
    return changes;
  }
}
