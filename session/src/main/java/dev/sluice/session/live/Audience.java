package dev.sluice.session.live;

import dev.sluice.session.Connection;
import dev.sluice.session.ConnectionId;
import dev.sluice.session.SessionId;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The members of a session, oldest first, and the telling of events to them. A listener that throws
 * loses that one event and nobody else does. Owned by the session's mailbox.
 */
final class Audience {
  private static final Logger LOG = LoggerFactory.getLogger(Audience.class);

  private final SessionId session;
  private final Map<ConnectionId, Member> members = new LinkedHashMap<>();

  Audience(SessionId session) {
    this.session = session;
  }

  void add(Member member) {
    members.put(member.id(), member);
  }

  /** False when it was not there. */
  boolean remove(Member member) {
    return members.remove(member.id(), member);
  }

  void clear() {
    members.clear();
  }

  boolean contains(Member member) {
    return members.get(member.id()) == member;
  }

  Optional<Member> find(ConnectionId id) {
    return Optional.ofNullable(members.get(id));
  }

  int size() {
    return members.size();
  }

  Collection<Member> members() {
    return Collections.unmodifiableCollection(members.values());
  }

  List<Connection> connections() {
    return members.values().stream().map(Member::connection).toList();
  }

  void tell(Member member, SessionEvent event) {
    try {
      member.listener().onEvent(event);
    } catch (RuntimeException e) {
      // Only the kind of event: its content is the participants' own.
      LOG.error(
          "Session {}: the listener of connection {} failed on {}",
          session,
          member.id(),
          event.getClass().getSimpleName(),
          e);
    }
  }

  void tellAll(SessionEvent event) {
    for (Member member : members.values()) {
      tell(member, event);
    }
  }

  void tellOthers(ConnectionId except, SessionEvent event) {
    for (Member member : members.values()) {
      if (!member.id().equals(except)) {
        tell(member, event);
      }
    }
  }
}
