package dev.sluice.session.live;

import dev.sluice.session.ApplicationId;
import dev.sluice.session.ClientToken;
import dev.sluice.session.Connection;
import dev.sluice.session.ConnectionId;
import dev.sluice.session.RefusedException;
import dev.sluice.session.SessionId;
import dev.sluice.session.Signal;
import dev.sluice.session.Stream;
import dev.sluice.session.StreamId;
import dev.sluice.session.media.VideoCodec;
import java.util.List;
import java.util.Optional;

/**
 * The sessions that people are in now, and what an application's server asks of them. A session of
 * another application is refused with {@code SessionNotFound}, as one that does not exist. Any
 * thread; calls block until the session's mailbox has carried them out.
 */
public interface LiveSessions extends AutoCloseable {
  /**
   * Joins the session that the token names. What is there at that moment comes with the
   * participant; everything later comes to the listener, which may get its first events before this
   * returns.
   *
   * @throws RefusedException with {@code SessionNotFound} or {@code LimitReached}
   */
  Participant join(ClientToken token, ParticipantListener listener) throws RefusedException;

  /** Published streams, oldest first; empty when nobody is connected. */
  List<Stream> streams(ApplicationId application, SessionId session) throws RefusedException;

  Stream stream(ApplicationId application, SessionId session, StreamId stream)
      throws RefusedException;

  /** Connections, oldest first. */
  List<Connection> connections(ApplicationId application, SessionId session)
      throws RefusedException;

  /**
   * What the media of a session have carried so far.
   *
   * @throws MediaFaultException when the media plane cannot tell
   */
  SessionMedia media(ApplicationId application, SessionId session) throws RefusedException;

  /** The codecs of video in every session, the preferred first. */
  List<VideoCodec> videoCodecs();

  /** Sends to one connection or to everyone; {@code from} is empty for the receivers. */
  void signal(
      ApplicationId application, SessionId session, Signal signal, Optional<ConnectionId> to)
      throws RefusedException;

  /** Tells everyone {@code Disconnected} and closes all media. */
  @Override
  void close();
}
