package dev.sluice.session.live;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a participant was told. */
final class RecordedEvents implements ParticipantListener {
  private final List<SessionEvent> events = new CopyOnWriteArrayList<>();

  @Override
  public void onEvent(SessionEvent event) {
    events.add(event);
  }

  /** All since the last call. */
  List<SessionEvent> take() {
    List<SessionEvent> taken = List.copyOf(events);
    events.clear();
    return taken;
  }
}
