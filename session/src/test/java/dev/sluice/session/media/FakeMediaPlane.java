package dev.sluice.session.media;

import dev.sluice.session.SessionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Media rooms that keep the books of what they were asked for, hold the caller to the contract of
 * the port, and fail on demand.
 */
public final class FakeMediaPlane implements MediaPlane {
  /** The calls that can be made to fail. */
  public enum Call {
    OPEN,
    PUBLISH,
    UNPUBLISH,
    SUBSCRIBE,
    UPDATE_SUBSCRIPTION,
    UNSUBSCRIBE,
    ANSWER,
    RESTART_SUBSCRIBE,
    STATISTICS,
    REMOVE,
    CLOSE
  }

  private final Executor worker;
  private final Map<SessionId, FakeMediaRoom> rooms = new ConcurrentHashMap<>();
  private final List<String> breaches = Collections.synchronizedList(new ArrayList<>());
  private final Set<Call> failing = Collections.synchronizedSet(EnumSet.noneOf(Call.class));
  private final AtomicInteger opened = new AtomicInteger();
  private volatile Runnable duringClose = () -> {};

  public FakeMediaPlane() {
    this(Runnable::run);
  }

  /**
   * @param worker where listeners are called
   */
  public FakeMediaPlane(Executor worker) {
    this.worker = worker;
  }

  @Override
  public MediaRoom open(SessionId session, MediaListener listener) {
    failIfAsked(Call.OPEN);
    FakeMediaRoom room = new FakeMediaRoom(this, session, listener, worker);
    if (rooms.putIfAbsent(session, room) != null) {
      breach("session " + session + " was opened while it is open");
    }
    opened.incrementAndGet();
    return room;
  }

  @Override
  public List<VideoCodec> videoCodecs() {
    return List.of(VideoCodec.VP8, VideoCodec.H264);
  }

  public Optional<FakeMediaRoom> room(SessionId session) {
    return Optional.ofNullable(rooms.get(session));
  }

  public int openRooms() {
    return rooms.size();
  }

  /** How many rooms were opened since the start. */
  public int opened() {
    return opened.get();
  }

  /** From now on these calls fail before they do anything; all others work. */
  public void fail(Call... calls) {
    failing.clear();
    failing.addAll(List.of(calls));
  }

  /** What happens while a room closes, before it is closed. */
  public void duringClose(Runnable action) {
    duringClose = action;
  }

  /** What the caller did that the port forbids. */
  public List<String> breaches() {
    return List.copyOf(breaches);
  }

  void breach(String what) {
    breaches.add(what);
  }

  void failIfAsked(Call call) {
    if (failing.contains(call)) {
      throw new IllegalStateException("the fake fails to " + call);
    }
  }

  void closed(SessionId session, FakeMediaRoom room) {
    duringClose.run();
    if (!rooms.remove(session, room)) {
      breach("session " + session + " was closed while it is not open");
    }
  }
}
