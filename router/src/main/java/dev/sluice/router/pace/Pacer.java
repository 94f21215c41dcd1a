package dev.sluice.router.pace;

import dev.sluice.router.estimate.WireSize;
import dev.sluice.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets the packets of one subscribe transport go at a rate: those that matter most first, of those
 * that matter alike the ones that have waited longest, except that a track of which little waits
 * does not wait for one of which far more does. Audio never waits, sent again or not, but is
 * charged to the rate. Until a rate is set nothing waits.
 *
 * <p>For each packet: ask {@link #passes}; send it and tell {@link #onSent}, or {@link #queue} it.
 */
public final class Pacer {
  /** The rate at which nothing waits. */
  public static final long UNLIMITED_BPS = PacingBudget.UNLIMITED_BPS;

  // A second of 4 Mbit/s.
  private static final int MAX_QUEUED_BYTES = 512 * 1024;
  private static final int FAR_MORE = 8;
  // A transport that was congested once soon is again; after this its memory goes to others.
  private static final long KEEP_SPARE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Outlet outlet;
  private final long maxWaitNanos;
  private final PacingBudget budget = new PacingBudget();
  private final SentRates rates = new SentRates();
  private final List<Lane> lanes = new ArrayList<>();
  private final RtpPacket packet = new RtpPacket();
  private @Nullable QueuedPacket spare;
  private long spareNanos;
  private long queuedWireBytes;
  private int queuedBytes;

  /**
   * @param maxWaitNanos how long a packet may wait
   */
  public Pacer(Outlet outlet, long maxWaitNanos) {
    this.outlet = outlet;
    this.maxWaitNanos = maxWaitNanos;
  }

  /**
   * Sets the rate of all that is sent, on the wire; more than 0 bit/s, or {@link #UNLIMITED_BPS}.
   */
  public void setRate(long bitrateBps, long nowNanos) {
    budget.setRate(bitrateBps, nowNanos);
  }

  /** Whether a packet may leave now, as audio always may; else it is to be queued. */
  public boolean passes(SendClass sendClass, long nowNanos) {
    return switch (sendClass) {
      case AUDIO, AUDIO_RETRANSMISSION -> true;
      case BASE_RETRANSMISSION, BASE_VIDEO, RETRANSMISSION, ENHANCEMENT, PADDING ->
          lanes.isEmpty() && isOpen(nowNanos);
    };
  }

  /** A packet leaves, whether it has waited or not. */
  public void onSent(
      PacedTrack track, SendClass sendClass, byte[] buffer, int offset, int length, long nowNanos) {
    int wireBytes = WireSize.ofRtp(length);
    budget.charge(wireBytes, nowNanos);
    rates.onSent(sendClass, wireBytes, nowNanos);
    if (sendClass == SendClass.BASE_VIDEO || sendClass == SendClass.ENHANCEMENT) {
      track.onMediaSent(buffer, offset);
    }
  }

  /**
   * Keeps a copy of a packet until its turn comes. When there is no room, what matters least goes,
   * which may be this packet.
   *
   * @param sendClass of a video
   */
  public void queue(
      PacedTrack track, SendClass sendClass, byte[] buffer, int offset, int length, long nowNanos) {
    if (!packet.wrap(buffer, offset, length)) {
      throw new IllegalArgumentException("not an RTP packet of %d bytes".formatted(length));
    }
    Lane lane = track.lane(sendClass);
    if (lane.isEmpty()) {
      lanes.add(lane);
    }
    QueuedPacket queued = takeSpare(nowNanos);
    queued.set(packet, sendClass, nowNanos);
    lane.add(queued);
    queuedBytes += length;
    queuedWireBytes += WireSize.ofRtp(length);
    while (queuedBytes > MAX_QUEUED_BYTES) {
      drop(leastImportant());
    }
  }

  /** Sends what the rate allows now, and drops what has waited too long; every 10 ms or so. */
  public void drain(long nowNanos) {
    release(Long.MAX_VALUE, false, nowNanos);
    // From the end, because what is given up on is taken out, sometimes two lanes together
    for (int i = lanes.size() - 1; i >= 0; i = Math.min(i, lanes.size()) - 1) {
      Lane lane = lanes.get(i);
      if (nowNanos - lane.first().sinceNanos() > maxWaitNanos * lane.track().patience()) {
        drop(lane);
      }
    }
    if (lanes.isEmpty() && spare != null && nowNanos - spareNanos > KEEP_SPARE_NANOS) {
      spare = null;
    }
  }

  /**
   * Sends what waits even above the rate, because more is to be sent than there is.
   *
   * @return the bytes sent, on the wire: {@code wireBytes} or a packet more, less when less waits
   */
  public long drainAtOnce(long wireBytes, long nowNanos) {
    return release(wireBytes, true, nowNanos);
  }

  private long release(long wireBytes, boolean anyRate, long nowNanos) {
    long sent = 0;
    while (!lanes.isEmpty() && sent < wireBytes && (anyRate || isOpen(nowNanos))) {
      Lane lane = mostImportant();
      QueuedPacket next = lane.first();
      if (!outlet.send(lane.track(), next.sendClass(), next.bytes(), next.length(), nowNanos)) {
        break;
      }
      sent += WireSize.ofRtp(next.length());
      remove(lane);
      if (lane.isEmpty() && !lane.isOfRetransmissions()) {
        lane.track().onCaughtUp();
      }
    }
    return sent;
  }

  private boolean isOpen(long nowNanos) {
    boolean full = outlet.isFull(nowNanos);
    boolean late = !full && !lanes.isEmpty();
    return budget.isOpen(late, nowNanos) && !full;
  }

  private Lane mostImportant() {
    Lane most = lanes.getFirst();
    for (int i = 1; i < lanes.size(); i++) {
      Lane lane = lanes.get(i);
      int order = lane.rank().compareTo(most.rank());
      if (order < 0 || (order == 0 && goesBefore(lane, most))) {
        most = lane;
      }
    }
    return most;
  }

  private static boolean goesBefore(Lane lane, Lane other) {
    // A burst of a shared screen takes a second, and hardly any longer when others pass
    if (isFarMore(lane, other) || isFarMore(other, lane)) {
      return isFarMore(other, lane);
    }
    return lane.first().sinceNanos() - other.first().sinceNanos() < 0;
  }

  private static boolean isFarMore(Lane lane, Lane than) {
    return lane.bytes() > FAR_MORE * than.bytes();
  }

  private Lane leastImportant() {
    Lane least = lanes.getFirst();
    for (int i = 1; i < lanes.size(); i++) {
      Lane lane = lanes.get(i);
      int order = lane.rank().compareTo(least.rank());
      if (order > 0 || (order == 0 && lane.first().sinceNanos() - least.first().sinceNanos() < 0)) {
        least = lane;
      }
    }
    return least;
  }

  /** Gives up on the first of a lane, which with media is as good as all of it. */
  private void drop(Lane lane) {
    PacedTrack track = lane.track();
    if (lane.isOfRetransmissions()) {
      remove(lane);
      track.source().onRetransmissionExpired();
    } else {
      track.onOverflow();
      track.source().onOverflow(flush(track));
    }
  }

  /**
   * Drops what waits of a track, because nobody needs it any more.
   *
   * @return what was dropped; no packets when nothing waited
   */
  public Unsent flush(PacedTrack track) {
    int lastSequenceNumber = track.lastSequenceNumber();
    int packets = 0;
    int payloadBytes = 0;
    while (!track.media().isEmpty()) {
      payloadBytes += remove(track.media()).payloadLength();
      packets++;
    }
    while (!track.retransmissions().isEmpty()) {
      remove(track.retransmissions());
    }
    return new Unsent(lastSequenceNumber, packets, payloadBytes);
  }

  /** Takes the first of a lane out of the queue. */
  private QueuedPacket remove(Lane lane) {
    QueuedPacket removed = lane.poll();
    queuedBytes -= removed.length();
    queuedWireBytes -= WireSize.ofRtp(removed.length());
    removed.next = spare;
    spare = removed;
    if (lane.isEmpty()) {
      lanes.remove(lane);
    }
    return removed;
  }

  private QueuedPacket takeSpare(long nowNanos) {
    spareNanos = nowNanos;
    QueuedPacket taken = spare;
    if (taken == null) {
      return new QueuedPacket();
    }
    spare = taken.next;
    return taken;
  }

  /** What was sent in about the last second, on the wire, padding not. */
  public long sendingBps(long nowNanos) {
    return rates.mediaBps(nowNanos);
  }

  /** What was sent of a class in about the last second, on the wire. */
  public long sendingBps(SendClass sendClass, long nowNanos) {
    return rates.bitrateBps(sendClass, nowNanos);
  }

  /** Whether the first packet left a second ago or more, so that the rates mean something. */
  public boolean isMeasured(long nowNanos) {
    return rates.isMeasured(nowNanos);
  }

  /** How long it takes to send what waits, at the rate that is set; 0 when nothing does. */
  public long queueDelayNanos() {
    return budget.nanosOf(queuedWireBytes);
  }
}
