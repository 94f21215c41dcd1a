package dev.sluice.router.worker;

import dev.sluice.router.net.SendBatch;
import dev.sluice.transport.IceCredentials;
import dev.sluice.transport.RemoteParameters;
import dev.sluice.transport.Transport;
import dev.sluice.transport.TransportCounters;
import dev.sluice.transport.TransportListener;
import dev.sluice.transport.TransportState;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One peer's {@link Transport} on its worker: knows through which port the peer is reached, and
 * seals outgoing packets straight into that port's batch.
 *
 * <p>To send a packet: {@link #beginPacket}, write it at {@link SendBatch#position}, {@link
 * #endRtp} or {@link #endRtcp}.
 */
public final class Link implements TransportListener, AutoCloseable {
  // A client has a handful of interfaces; what a moving client leaves behind is forgotten.
  private static final int MAX_SOURCES = 16;

  private final Worker worker;
  private final LinkListener listener;
  private final Deque<InetSocketAddress> sources = new ArrayDeque<>();
  private final Transport transport;
  private final long openedNanos;
  private WorkerPort port;
  private @Nullable InetSocketAddress remote;
  // The sender of the datagram being handled.
  private @Nullable InetSocketAddress answering;
  // Set when that datagram proved to be the peer's: media leaves through the port that the peer
  // sends its media to, of several that it may have checked.
  private boolean mediaMoves;
  private boolean connected;
  private boolean closed;

  Link(Worker worker, LinkListener listener, WorkerPort port) {
    this.worker = worker;
    this.listener = listener;
    this.port = port;
    this.transport = worker.transports().create(this, worker);
    this.openedNanos = worker.nowNanos();
  }

  String ufrag() {
    return transport.localCredentials().usernameFragment();
  }

  public IceCredentials localCredentials() {
    return transport.localCredentials();
  }

  /** New local credentials; checks with them find their way from now on. */
  public IceCredentials restartIce() {
    IceCredentials credentials = transport.restartIce();
    worker.links().addUfrag(credentials.usernameFragment(), this);
    return credentials;
  }

  public void setRemote(RemoteParameters parameters) {
    transport.setRemote(parameters);
  }

  /** Media can be sent. */
  public boolean isConnected() {
    return connected;
  }

  public boolean isClosed() {
    return closed;
  }

  public TransportState state() {
    return transport.state();
  }

  /** Where the peer is reached, once a path is chosen. */
  public Optional<InetSocketAddress> path() {
    return Optional.ofNullable(remote);
  }

  /** When an authenticated packet of the peer came last; before the first when it was opened. */
  public long heardNanos() {
    return transport.lastReceivedNanos().orElse(openedNanos);
  }

  public TransportCounters counters() {
    return transport.counters();
  }

  /** Runs the transport's timers; at least every 100 ms. */
  public void onTick(long nowNanos) {
    if (!closed) {
      transport.onTick(nowNanos);
    }
  }

  /**
   * The batch with room for one packet of {@code maxBytes} before encryption at its position, or
   * null when nothing can be sent now.
   */
  public @Nullable SendBatch beginPacket(int maxBytes) {
    if (!connected || remote == null) {
      return null;
    }
    return port.batchWithRoom(maxBytes + Transport.MAX_PROTECT_OVERHEAD);
  }

  /**
   * Encrypts the RTP packet of {@code length} bytes at the batch's position and queues it.
   *
   * @return whether it was queued
   */
  public boolean endRtp(int length) {
    SendBatch batch = port.batch();
    return queue(batch, transport.protectRtp(batch.buffer(), batch.position(), length));
  }

  /** As {@link #endRtp}, for a compound RTCP packet. */
  public boolean endRtcp(int length) {
    SendBatch batch = port.batch();
    return queue(batch, transport.protectRtcp(batch.buffer(), batch.position(), length));
  }

  /**
   * Queues an RTP packet once more, as {@link #endRtp} has encrypted it. Only the very same bytes
   * may go again under one sequence number.
   *
   * @return whether it was queued
   */
  public boolean sendAgain(byte[] packet, int offset, int length) {
    InetSocketAddress to = remote;
    if (!connected || to == null) {
      return false;
    }
    SendBatch batch = port.batchWithRoom(length);
    System.arraycopy(packet, offset, batch.buffer(), batch.position(), length);
    batch.commit(to, length);
    transport.onSentAgain(length);
    return true;
  }

  private boolean queue(SendBatch batch, int sealedBytes) {
    InetSocketAddress to = remote;
    if (sealedBytes <= 0 || to == null) {
      worker.counters().unsealedPackets++;
      return false;
    }
    batch.commit(to, sealedBytes);
    return true;
  }

  /** Hands over one datagram that {@code from} sent to {@code receivedOn}. */
  void onDatagram(
      byte[] buffer,
      int offset,
      int length,
      InetSocketAddress from,
      WorkerPort receivedOn,
      long nowNanos) {
    WorkerPort mediaPort = port;
    port = receivedOn;
    mediaMoves = false;
    answering = from;
    try {
      transport.onDatagram(buffer, offset, length, from, nowNanos);
    } finally {
      answering = null;
      if (!mediaMoves) {
        port = mediaPort;
      }
    }
  }

  @Override
  public void onDatagramToSend(InetSocketAddress to, byte[] buffer, int offset, int length) {
    if (to.equals(answering)) {
      // Only an authenticated check is answered, and DTLS may follow from any address that has
      // passed one, before a path is nominated.
      addSource(to);
    }
    SendBatch batch = port.batchWithRoom(length);
    System.arraycopy(buffer, offset, batch.buffer(), batch.position(), length);
    batch.commit(to, length);
  }

  @Override
  public void onPath(InetSocketAddress newRemote) {
    mediaMoves = true;
    remote = newRemote;
    addSource(newRemote);
  }

  @Override
  public void onUsernameFragmentDropped(String usernameFragment) {
    worker.links().removeUfrag(usernameFragment, this);
  }

  private void addSource(InetSocketAddress source) {
    if (closed) {
      return;
    }
    sources.remove(source);
    sources.addLast(source);
    worker.links().addSource(source, this);
    if (sources.size() > MAX_SOURCES) {
      worker.links().removeSource(sources.removeFirst(), this);
    }
  }

  @Override
  public void onState(TransportState state, String reason) {
    switch (state) {
      case NEW, CONNECTING -> {}
      case CONNECTED -> {
        connected = true;
        listener.onConnected(worker.nowNanos());
      }
      case CLOSED -> {
        if (!closed) {
          boolean wasConnected = connected;
          release();
          listener.onClosed(wasConnected, reason);
        }
      }
    }
  }

  @Override
  public void onRtp(byte[] buffer, int offset, int length, long nowNanos) {
    mediaMoves = true;
    listener.onRtp(buffer, offset, length, nowNanos);
  }

  @Override
  public void onRtcp(byte[] buffer, int offset, int length, long nowNanos) {
    mediaMoves = true;
    listener.onRtcp(buffer, offset, length, nowNanos);
  }

  /** Tells the peer, ends the transport and forgets its addresses; idempotent. */
  @Override
  public void close() {
    if (!closed) {
      release();
      transport.close();
    }
  }

  private void release() {
    closed = true;
    connected = false;
    transport.usernameFragments().forEach(ufrag -> worker.links().removeUfrag(ufrag, this));
    for (InetSocketAddress source : sources) {
      worker.links().removeSource(source, this);
    }
    sources.clear();
  }
}
