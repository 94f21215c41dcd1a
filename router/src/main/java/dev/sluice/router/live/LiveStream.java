package dev.sluice.router.live;

import dev.sluice.router.worker.Worker;

/** A published stream: an audio and a video way from its publisher to its subscribers. */
final class LiveStream {
  private final String id;
  private final FanOut audio;
  private final FanOut video;
  private boolean interrupted;

  LiveStream(String id, Worker worker) {
    this.id = id;
    this.audio = new FanOut(worker);
    this.video = new FanOut(worker);
  }

  String id() {
    return id;
  }

  FanOut fanOut(MediaKind kind) {
    return switch (kind) {
      case AUDIO -> audio;
      case VIDEO -> video;
    };
  }

  /** Whether its publisher has fallen silent and its media have not come back since. */
  boolean isInterrupted() {
    return interrupted;
  }

  void interrupted(boolean now) {
    interrupted = now;
  }

  boolean isUnused() {
    return audio.isUnused() && video.isUnused();
  }

  /** Ends what is forwarded of it. */
  void close() {
    audio.close();
    video.close();
  }
}
