package dev.sluice.session.live;

/**
 * Takes the events of one participant, in order. Called from the session's mailbox: must not block.
 */
public interface ParticipantListener {
  void onEvent(SessionEvent event);
}
