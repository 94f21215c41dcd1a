package dev.sluice.router.room;

/** A peer's wish to receive a stream. */
record Subscription(String id, String streamId, MediaChoice choice) {
  Subscription with(MediaChoice newChoice) {
    return new Subscription(id, streamId, newChoice);
  }
}
