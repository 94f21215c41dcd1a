package dev.sluice.router.live;

import dev.sluice.router.forward.LayerPreference;
import dev.sluice.router.live.RoomSnapshot.TransportSnapshot;
import dev.sluice.router.speaker.ActiveSpeaker;
import dev.sluice.router.worker.Tenant;
import dev.sluice.router.worker.Worker;
import dev.sluice.transport.IceCredentials;
import dev.sluice.transport.RemoteParameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The media of one room: its peers' transports, its streams, and which goes to whom. Ids that are
 * not known are ignored where something is to be changed or ended: a transport may have closed
 * between a decision and its command.
 */
public final class LiveRoom implements Tenant {
  private static final long SPEAKER_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final String name;
  private final Worker worker;
  private final LiveListener listener;
  private final AdaptationSettings adaptation;
  private final RandomGenerator random;
  private final Map<String, LivePeer> peers = new HashMap<>();
  private final Map<String, LiveStream> streams = new HashMap<>();
  private final ActiveSpeaker speaker = new ActiveSpeaker();
  private final Periodic speakerUpdates;
  private long lastGeneration;
  private boolean closed;

  private LiveRoom(
      String name,
      Worker worker,
      LiveListener listener,
      AdaptationSettings adaptation,
      RandomGenerator random) {
    this.name = name;
    this.worker = worker;
    this.listener = listener;
    this.adaptation = adaptation;
    this.random = random;
    this.speakerUpdates = new Periodic(SPEAKER_INTERVAL_NANOS, worker.nowNanos());
  }

  /**
   * Opens an empty room; its timers run from now on.
   *
   * @param name for snapshots
   * @param random for the first numbers of outgoing streams
   */
  public static LiveRoom open(
      String name,
      Worker worker,
      LiveListener listener,
      AdaptationSettings adaptation,
      RandomGenerator random) {
    LiveRoom room = new LiveRoom(name, worker, listener, adaptation, random);
    worker.add(room);
    return room;
  }

  /**
   * The transport that a peer publishes on. A new one when {@code fresh} asks for it, when there is
   * none or it has closed; that one takes the place of the other with the first {@link #publish}.
   */
  public Endpoint publishEndpoint(String peerId, boolean fresh) {
    LivePeer peer = peer(peerId);
    PublishTransport transport = peer.publish();
    if (transport != null && !transport.isClosed() && !fresh) {
      return transport.endpoint();
    }
    PublishTransport next = new PublishTransport(worker, this, peerId, ++lastGeneration);
    peer.nextPublish(next);
    return next.endpoint();
  }

  /** New local credentials for the transport that a peer publishes on. */
  public IceCredentials restartPublishIce(String peerId, Endpoint endpoint) {
    PublishTransport transport = peer(peerId).publish(endpoint.generation());
    if (transport == null) {
      throw new IllegalStateException("peer %s has no %s".formatted(peerId, endpoint));
    }
    return transport.restartIce();
  }

  /** Gives up a new publish transport, because nothing was negotiated on it. */
  public void discardPublishEndpoint(String peerId) {
    LivePeer peer = peers.get(peerId);
    if (peer != null) {
      peer.discardNextPublish();
    }
  }

  /** The transport that a peer subscribes on; made by the first call. */
  public Endpoint subscribeEndpoint(String peerId) {
    LivePeer peer = peer(peerId);
    SubscribeTransport transport = peer.subscribe();
    return transport == null ? renewSubscribeEndpoint(peerId) : transport.endpoint();
  }

  /**
   * New local credentials for the transport that a peer subscribes on; empty when it has closed.
   */
  public Optional<IceCredentials> restartSubscribeIce(String peerId) {
    SubscribeTransport transport = subscribeTransport(peerId);
    return transport == null || transport.isClosed()
        ? Optional.empty()
        : Optional.of(transport.restartIce());
  }

  /** A new transport for a peer to subscribe on; the one before ends, with what it forwards. */
  public Endpoint renewSubscribeEndpoint(String peerId) {
    LivePeer peer = peer(peerId);
    SubscribeTransport transport = new SubscribeTransport(worker, this, peerId, ++lastGeneration);
    peer.subscribe(transport);
    return transport.endpoint();
  }

  private LivePeer peer(String peerId) {
    if (closed) {
      throw new IllegalStateException("the room is closed");
    }
    return peers.computeIfAbsent(peerId, _ -> new LivePeer());
  }

  /** Makes the tracks that a peer publishes those given; what is the same goes on undisturbed. */
  public void publish(
      String peerId, Endpoint endpoint, RemoteParameters remote, List<PublishedTrack> tracks) {
    LivePeer peer = peers.get(peerId);
    if (peer == null) {
      return;
    }
    PublishTransport before = peer.publish();
    PublishTransport transport = peer.publish(endpoint.generation());
    if (transport != null && !transport.isClosed()) {
      transport.publish(remote, tracks);
    }
    if (before != null && before != transport) {
      // After the new tracks have taken over from the old ones.
      before.close();
    }
  }

  /** Ends a stream and what is forwarded of it. */
  public void endStream(String peerId, String streamId) {
    LivePeer peer = peers.get(peerId);
    if (peer != null && peer.publish() != null) {
      peer.publish().endStream(streamId);
    }
    LiveStream stream = streams.remove(streamId);
    speaker.remove(streamId);
    if (stream != null) {
      stream.close();
    }
  }

  /** Forwards the tracks given besides those that are forwarded already. */
  public void subscribe(
      String peerId, Optional<RemoteParameters> remote, List<SubscribedTrack> tracks) {
    SubscribeTransport transport = subscribeTransport(peerId);
    if (transport != null && !transport.isClosed()) {
      remote.ifPresent(transport::setRemote);
      tracks.forEach(transport::start);
    }
  }

  /** Stops or resumes a track without ending it, and chooses the layer of a video. */
  public void setChoice(
      String peerId,
      TrackKey track,
      boolean enabled,
      LayerPreference preference,
      VideoTerms terms) {
    SubscribeTransport transport = subscribeTransport(peerId);
    if (transport != null) {
      transport.setChoice(track, enabled, preference, terms);
    }
  }

  /** Ends a forwarded track. */
  public void stop(String peerId, TrackKey track) {
    SubscribeTransport transport = subscribeTransport(peerId);
    if (transport != null) {
      transport.stop(track);
    }
  }

  private @Nullable SubscribeTransport subscribeTransport(String peerId) {
    LivePeer peer = peers.get(peerId);
    return peer == null ? null : peer.subscribe();
  }

  /** Ends both transports of a peer, its streams and what is forwarded to it. */
  public void remove(String peerId) {
    LivePeer peer = peers.remove(peerId);
    if (peer != null) {
      List<String> streamIds = peer.close();
      streamIds.forEach(
          streamId -> {
            LiveStream stream = streams.remove(streamId);
            speaker.remove(streamId);
            if (stream != null) {
              stream.close();
            }
          });
    }
  }

  /** The stream with this id; made by whoever names it first, the publisher or a subscriber. */
  LiveStream stream(String streamId) {
    return streams.computeIfAbsent(streamId, id -> new LiveStream(id, worker));
  }

  /** Forgets a stream that nobody publishes or receives any more. */
  void release(LiveStream stream) {
    if (stream.isUnused()) {
      streams.remove(stream.id(), stream);
    }
  }

  /** An audio packet of a stream has come; see {@link ActiveSpeaker#onLevel}. */
  void onAudioLevel(String streamId, int levelDbov, long nowNanos) {
    speaker.onLevel(streamId, levelDbov, nowNanos);
  }

  int speakerRank(String streamId) {
    return speaker.rank(streamId);
  }

  AdaptationSettings adaptation() {
    return adaptation;
  }

  LiveListener listener() {
    return listener;
  }

  RandomGenerator random() {
    return random;
  }

  void onTransportClosed(ClosedTransport transport) {
    listener.onTransportClosed(transport);
  }

  void interruptStream(String streamId) {
    LiveStream stream = streams.get(streamId);
    if (stream != null && !stream.isInterrupted()) {
      stream.interrupted(true);
      listener.onStreamInterrupted(streamId);
    }
  }

  void restoreStream(String streamId) {
    LiveStream stream = streams.get(streamId);
    if (stream != null && stream.isInterrupted()) {
      stream.interrupted(false);
      listener.onStreamRestored(streamId);
    }
  }

  /** What its transports have carried so far. */
  public RoomSnapshot snapshot() {
    long nowNanos = worker.nowNanos();
    List<TransportSnapshot> snapshots = new ArrayList<>();
    peers.values().forEach(peer -> peer.appendTo(snapshots, nowNanos));
    return new RoomSnapshot(name, snapshots);
  }

  @Override
  public void onTick(long nowNanos) {
    for (LivePeer peer : peers.values()) {
      try {
        peer.onTick(nowNanos);
      } catch (RuntimeException e) {
        worker.countFault(e);
      }
    }
    if (speakerUpdates.isDue(nowNanos) && speaker.update(nowNanos)) {
      speaker.current().ifPresent(listener::onActiveSpeaker);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      List.copyOf(peers.keySet()).forEach(this::remove);
      streams.values().forEach(LiveStream::close);
      streams.clear();
      worker.remove(this);
    }
  }

  @Override
  public String toString() {
    return "LiveRoom[%d peers, %d streams]".formatted(peers.size(), streams.size());
  }
}
