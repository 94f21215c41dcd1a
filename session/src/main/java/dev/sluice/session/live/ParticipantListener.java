package dev.sluice.session.live;

/**
 * Takes the events of one participant, in order. Called from the session's mailbox: must not block,
 * and must not call the session back (refused with an {@link IllegalStateException}). An event may
 * overtake the return of the call that caused it, a subscribe offer for one.
 */
public interface ParticipantListener {
  void onEvent(SessionEvent event);
}
