package dev.sluice.gateway.signalling;

import dev.sluice.session.live.SessionEvent;

/** What a socket or a connection has to deal with, in the order it came. */
sealed interface Input {
  /** Something from a client: its next frame is read when this one has been handled. */
  sealed interface Frame extends Input {
    Peer from();
  }

  record Text(Peer from, String text) implements Frame {}

  record Binary(Peer from) implements Frame {}

  /** A message over the limit, of which nothing is kept. */
  record TooLarge(Peer from) implements Frame {}

  record Pong(Peer from) implements Frame {}

  /** The first message of another socket, which wants to go on with this connection. */
  record Resume(Peer from, long id, SignallingRequest.Resume request) implements Frame {}

  record Closed(Peer from, int code) implements Input {}

  record Event(SessionEvent event) implements Input {}

  /** The events came faster than they could be dealt with; the rest was not kept. */
  record TooManyEvents() implements Input {}

  /** The server is stopping. */
  record Stop() implements Input {}
}
