package dev.sluice.session.live;

import dev.sluice.session.ClientToken;
import dev.sluice.session.Connection;
import dev.sluice.session.ConnectionId;
import dev.sluice.session.MediaMode;
import dev.sluice.session.RefusedException;
import dev.sluice.session.Session;
import dev.sluice.session.SessionError;
import dev.sluice.session.SessionError.Limit;
import dev.sluice.session.SessionId;
import dev.sluice.session.Signal;
import dev.sluice.session.Stream;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.media.SubscribeOffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session while somebody is in it: who is there and who is told what. Its media are opened for
 * the first member and closed after the last; then it has ended for good, and whoever comes next
 * gets a new one. All methods but {@link #mailbox} are called from the mailbox only.
 */
final class LiveSession {
  private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);

  private final SessionId id;
  private final MediaMode mediaMode;
  private final Environment environment;
  private final Consumer<LiveSession> onEnd;
  private final Mailbox mailbox;
  private final Audience audience;
  private @Nullable LiveStreams streams;
  private boolean ended;

  /**
   * @param onEnd told once, from the mailbox, after the media were closed
   */
  LiveSession(Session session, Environment environment, Consumer<LiveSession> onEnd) {
    id = session.id();
    mediaMode = session.mediaMode();
    this.environment = environment;
    this.onEnd = onEnd;
    mailbox = new Mailbox(environment.executor());
    audience = new Audience(id);
  }

  SessionId id() {
    return id;
  }

  Mailbox mailbox() {
    return mailbox;
  }

  /** Empty when the session has ended: the caller tries again with a new one. */
  Optional<Participant> join(ClientToken token, ParticipantListener listener)
      throws RefusedException {
    if (ended) {
      return Optional.empty();
    }
    int max = environment.limits().connectionsPerSession();
    if (audience.size() >= max) {
      throw new RefusedException(new SessionError.LimitReached(Limit.CONNECTIONS, max));
    }
    Connection connection =
        new Connection(
            new ConnectionId(environment.ids().get()),
            token.role(),
            token.data(),
            environment.clock().instant());
    Member member = new Member(connection, token.layoutClasses(), listener);
    LiveStreams present = openStreams();
    Participant participant =
        new MailboxParticipant(this, member, audience.connections(), present.published());
    audience.add(member);
    audience.tellOthers(member.id(), new SessionEvent.ConnectionCreated(connection));
    present
        .interrupted()
        .forEach(stream -> audience.tell(member, new SessionEvent.StreamInterrupted(stream)));
    present
        .speaker()
        .ifPresent(stream -> audience.tell(member, new SessionEvent.ActiveSpeakerChanged(stream)));
    return Optional.of(participant);
  }

  void leave(Member member, LeaveReason reason) {
    if (!audience.remove(member)) {
      return;
    }
    streams().removeAllOf(member, reason);
    audience.tellOthers(member.id(), new SessionEvent.ConnectionDestroyed(member.id(), reason));
    if (audience.size() == 0) {
      end();
    }
  }

  /** Tells everyone that the session is over for them, and ends it. */
  void disconnectAll(LeaveReason reason) {
    if (ended) {
      return;
    }
    audience.tellAll(new SessionEvent.Disconnected(reason));
    audience.clear();
    end();
  }

  /**
   * The streams of the session, for a member that is still in it.
   *
   * @throws RefusedException with {@code ConnectionNotFound} for one that is not
   */
  LiveStreams streamsFor(Member member) throws RefusedException {
    requirePresent(member);
    return streams();
  }

  void signalFrom(Member member, Signal signal, Optional<ConnectionId> to) throws RefusedException {
    requirePresent(member);
    if (!member.connection().role().maySignal()) {
      throw new RefusedException(new SessionError.PermissionDenied("send signals"));
    }
    signal(signal, Optional.of(member.id()), to);
  }

  void signal(Signal signal, Optional<ConnectionId> from, Optional<ConnectionId> to)
      throws RefusedException {
    Optional<SessionError> fault = signal.fault();
    if (fault.isPresent()) {
      throw new RefusedException(fault.get());
    }
    SessionEvent event = new SessionEvent.SignalReceived(signal, from);
    if (to.isEmpty()) {
      audience.tellAll(event);
      return;
    }
    Member receiver =
        audience
            .find(to.get())
            .orElseThrow(() -> new RefusedException(new SessionError.ConnectionNotFound()));
    audience.tell(receiver, event);
  }

  List<Stream> published() {
    return streams == null ? List.of() : streams.published();
  }

  List<Connection> connections() {
    return audience.connections();
  }

  SessionMedia media() {
    return streams == null || ended
        ? SessionMedia.NONE
        : new SessionMedia(streams.statistics(), streams.published());
  }

  // What the media plane reports may be of somebody or something that is gone by now: then nobody
  // waits for it.

  void offered(ConnectionId connection, SubscribeOffer offer) {
    audience
        .find(connection)
        .ifPresent(member -> audience.tell(member, new SessionEvent.SubscribeOffered(offer)));
  }

  void toldOfSubscription(ConnectionId connection, SubscriptionId id, SessionEvent event) {
    audience
        .find(connection)
        .filter(member -> member.subscriptions().containsKey(id))
        .ifPresent(member -> audience.tell(member, event));
  }

  void interrupted(StreamId stream) {
    streams().interrupt(stream);
  }

  void restored(StreamId stream) {
    streams().restore(stream);
  }

  void speaks(StreamId stream) {
    streams().speak(stream);
  }

  void wanted(StreamId stream, List<String> rids) {
    streams().want(stream, rids);
  }

  private void requirePresent(Member member) throws RefusedException {
    if (!audience.contains(member)) {
      throw new RefusedException(new SessionError.ConnectionNotFound());
    }
  }

  private LiveStreams streams() {
    return Objects.requireNonNull(streams, "a session with a member has media");
  }

  private LiveStreams openStreams() {
    if (streams != null) {
      return streams;
    }
    try {
      GuardedRoom room = GuardedRoom.open(environment.media(), id, new MediaReports(this));
      LOG.info("Session {} is live", id);
      LiveStreams opened = new LiveStreams(room, audience, mediaMode, environment, this::later);
      streams = opened;
      return opened;
    } catch (MediaFaultException e) {
      end();
      throw e;
    }
  }

  private void later(Duration delay, Runnable task) {
    environment.later().run(delay, () -> mailbox.post(task));
  }

  private void end() {
    ended = true;
    if (streams != null) {
      streams.close();
      LOG.info("Session {} has ended", id);
    }
    onEnd.accept(this);
  }
}
