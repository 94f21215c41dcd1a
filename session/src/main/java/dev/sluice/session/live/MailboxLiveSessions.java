package dev.sluice.session.live;

import dev.sluice.session.ApplicationId;
import dev.sluice.session.ClientToken;
import dev.sluice.session.Connection;
import dev.sluice.session.ConnectionId;
import dev.sluice.session.RefusedException;
import dev.sluice.session.Session;
import dev.sluice.session.SessionError;
import dev.sluice.session.SessionId;
import dev.sluice.session.SessionLimits;
import dev.sluice.session.Signal;
import dev.sluice.session.Stream;
import dev.sluice.session.StreamId;
import dev.sluice.session.media.MediaPlane;
import dev.sluice.session.media.VideoCodec;
import dev.sluice.session.store.SessionRepository;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Live sessions of this process, each with a {@link Mailbox} of its own. Any thread. */
public final class MailboxLiveSessions implements LiveSessions {
  private final SessionRepository repository;
  private final Environment environment;
  private final Map<SessionId, LiveSession> sessions = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * @param ids new ids for connections, streams and subscriptions; they must not repeat
   */
  public MailboxLiveSessions(
      SessionRepository repository,
      MediaPlane media,
      SessionLimits limits,
      InstantSource clock,
      Supplier<UUID> ids) {
    this(
        repository,
        media,
        limits,
        clock,
        ids,
        task -> Thread.ofVirtual().name("session-mailbox").start(task),
        (delay, task) ->
            CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
                .execute(task));
  }

  /**
   * @param executor where mailboxes run; one that runs its task at once makes everything happen on
   *     the caller's thread
   * @param later must not run its task at once
   */
  MailboxLiveSessions(
      SessionRepository repository,
      MediaPlane media,
      SessionLimits limits,
      InstantSource clock,
      Supplier<UUID> ids,
      Executor executor,
      Later later) {
    this.repository = repository;
    this.environment = new Environment(media, limits, clock, ids, executor, later);
  }

  @Override
  public Participant join(ClientToken token, ParticipantListener listener) throws RefusedException {
    Session session = requireOwned(token.applicationId(), token.sessionId());
    while (true) {
      requireOpen();
      LiveSession live = sessions.computeIfAbsent(session.id(), _ -> newSession(session));
      Optional<Participant> joined = live.mailbox().call(() -> live.join(token, listener));
      if (joined.isPresent()) {
        return stillOpen(joined.get());
      }
      // It ended between finding it and joining it; by now it is out of the map.
    }
  }

  @Override
  public List<Stream> streams(ApplicationId application, SessionId session)
      throws RefusedException {
    requireOwned(application, session);
    LiveSession live = sessions.get(session);
    return live == null ? List.of() : live.mailbox().call(live::published);
  }

  @Override
  public Stream stream(ApplicationId application, SessionId session, StreamId stream)
      throws RefusedException {
    return streams(application, session).stream()
        .filter(each -> each.id().equals(stream))
        .findFirst()
        .orElseThrow(() -> new RefusedException(new SessionError.StreamNotFound()));
  }

  @Override
  public List<Connection> connections(ApplicationId application, SessionId session)
      throws RefusedException {
    requireOwned(application, session);
    LiveSession live = sessions.get(session);
    return live == null ? List.of() : live.mailbox().call(live::connections);
  }

  @Override
  public SessionMedia media(ApplicationId application, SessionId session) throws RefusedException {
    requireOwned(application, session);
    LiveSession live = sessions.get(session);
    return live == null ? SessionMedia.NONE : live.mailbox().call(live::media);
  }

  @Override
  public List<VideoCodec> videoCodecs() {
    return environment.media().videoCodecs();
  }

  @Override
  public void signal(
      ApplicationId application, SessionId session, Signal signal, Optional<ConnectionId> to)
      throws RefusedException {
    requireOwned(application, session);
    LiveSession live = sessions.get(session);
    if (live != null) {
      live.mailbox().run(() -> live.signal(signal, Optional.empty(), to));
      return;
    }
    Optional<SessionError> fault = signal.fault();
    if (fault.isPresent()) {
      throw new RefusedException(fault.get());
    }
    if (to.isPresent()) {
      throw new RefusedException(new SessionError.ConnectionNotFound());
    }
  }

  @Override
  public void close() {
    closed = true;
    for (LiveSession live : sessions.values()) {
      // The clients did nothing and were not thrown out: what went away is their server.
      live.mailbox().runUnrefused(() -> live.disconnectAll(LeaveReason.NETWORK_DISCONNECTED));
    }
  }

  private LiveSession newSession(Session session) {
    return new LiveSession(session, environment, ended -> sessions.remove(ended.id(), ended));
  }

  private Session requireOwned(ApplicationId application, SessionId session)
      throws RefusedException {
    return repository
        .find(session)
        .filter(found -> found.applicationId().equals(application))
        .orElseThrow(() -> new RefusedException(new SessionError.SessionNotFound()));
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("live sessions are closed: the server is stopping");
    }
  }

  // A session that came into the map after close() went through it would stay there for ever.
  private Participant stillOpen(Participant joined) {
    if (closed) {
      joined.leave(LeaveReason.NETWORK_DISCONNECTED);
    }
    requireOpen();
    return joined;
  }
}
