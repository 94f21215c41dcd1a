package dev.sluice.session.live;

import dev.sluice.session.Stream;
import dev.sluice.session.media.RoomStatistics;
import java.util.List;

/**
 * What a session's media have carried so far, and the streams of that moment, oldest first. Both
 * are empty when nobody is connected.
 */
public record SessionMedia(RoomStatistics statistics, List<Stream> streams) {
  static final SessionMedia NONE = new SessionMedia(new RoomStatistics(List.of()), List.of());

  public SessionMedia {
    streams = List.copyOf(streams);
  }
}
