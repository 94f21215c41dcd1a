package dev.sluice.router.live;

import dev.sluice.router.estimate.WireSize;
import dev.sluice.router.forward.PacketStamp;
import dev.sluice.router.forward.SentAudio;
import dev.sluice.router.net.SendBatch;
import dev.sluice.router.pace.Outlet;
import dev.sluice.router.pace.PacedTrack;
import dev.sluice.router.pace.Pacer;
import dev.sluice.router.pace.SendClass;
import dev.sluice.router.pace.SentListener;
import dev.sluice.router.pace.Unsent;
import dev.sluice.router.worker.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The media end of a subscribe transport, shared by all its tracks: lets a packet go when the
 * transport's rate has room for it, stamps it with its place in the order of sending and seals it.
 * Write a packet at the position of {@link #begin}, then {@link #send}.
 */
final class Downlink implements Outlet {
  // Of any packet that was taken, with our header and the original sequence number (RFC 4588 §4).
  static final int MAX_RETRANSMISSION_BYTES = 2400;
  // The client has given up on what is older.
  private static final long MAX_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);
  private static final int MAX_FILLER_BYTES = MAX_RETRANSMISSION_BYTES;
  // A header with our extensions and some padding.
  private static final int MIN_FILLER_BYTES = 40;
  private static final int UNSEALED = Integer.MIN_VALUE;

  private final Link link;
  private final SentListener listener;
  private final PacketStamp stamp = new PacketStamp();
  private final LongPredicate full;
  private final Pacer pacer = new Pacer(this, MAX_WAIT_NANOS);
  private final List<PacedTrack> tracks = new ArrayList<>();

  /**
   * @param listener told of every packet that feedback will tell of
   * @param full whether so much is on its way, at a time, that what can wait should
   */
  Downlink(Link link, SentListener listener, LongPredicate full) {
    this.link = link;
    this.listener = listener;
    this.full = full;
  }

  boolean isConnected() {
    return link.isConnected();
  }

  /** A track whose packets are going to be sent; those of others may fill up probes with it too. */
  void add(PacedTrack track) {
    tracks.add(track);
  }

  /** What waits of the track is dropped. */
  void remove(PacedTrack track) {
    Unsent _ = pacer.flush(track);
    tracks.remove(track);
  }

  /**
   * Sets the rate of all that is sent, on the wire: more than 0 bit/s, or {@link
   * Pacer#UNLIMITED_BPS}, as it is at first. Audio and padding leave whatever it is, and leave less
   * of it to the others.
   */
  void setRate(long pacingBps, long nowNanos) {
    pacer.setRate(pacingBps, nowNanos);
  }

  @Override
  public boolean isFull(long nowNanos) {
    return full.test(nowNanos);
  }

  /** Sends what has waited and may leave now; every 10 ms. */
  void onTick(long nowNanos) {
    pacer.drain(nowNanos);
  }

  /** Room for a packet, or null when nothing can be sent now. */
  @Nullable SendBatch begin(int maxBytes) {
    return link.beginPacket(maxBytes);
  }

  /** Sends the packet at the batch's position, or keeps a copy until there is room in the rate. */
  void send(SendBatch batch, int length, PacedTrack track, SendClass sendClass, long nowNanos) {
    if (pacer.passes(sendClass, nowNanos)) {
      int _ = seal(batch, length, track, sendClass, nowNanos);
    } else {
      pacer.queue(track, sendClass, batch.buffer(), batch.position(), length, nowNanos);
      pacer.drain(nowNanos);
    }
  }

  /** Sends the packet of audio at the batch's position, and keeps it to be sent again. */
  void sendAudio(SendBatch batch, int length, PacedTrack track, SentAudio kept, long nowNanos) {
    int position = batch.position();
    int transportSequence = seal(batch, length, track, SendClass.AUDIO, nowNanos);
    if (transportSequence != UNSEALED) {
      int sealedLength = batch.position() - position;
      kept.keep(batch.buffer(), position, length, sealedLength, transportSequence, nowNanos);
    }
  }

  /** Sends the packet of a slot as it was sent before. */
  void sendAudioAgain(SentAudio kept, int slot, PacedTrack track, long nowNanos) {
    if (!link.sendAgain(kept.buffer(), kept.offset(slot), kept.length(slot))) {
      return;
    }
    int length = kept.plainLength(slot);
    SendClass sendClass = SendClass.AUDIO_RETRANSMISSION;
    pacer.onSent(track, sendClass, kept.buffer(), kept.offset(slot), length, nowNanos);
    track.source().onSent(sendClass, length);
    if (kept.transportSequence(slot) >= 0) {
      listener.onSentAgain(kept.transportSequence(slot));
    }
  }

  /** Drops what waits of a track. */
  Unsent flush(PacedTrack track) {
    return pacer.flush(track);
  }

  /**
   * Sends so much more, whatever the rate is: what waits first, then packets that were sent lately
   * once more, then padding.
   *
   * @param wireBytes see {@link WireSize}
   * @return what was sent, on the wire: up to a packet more; 0 when no track takes retransmissions
   */
  int sendPadding(int wireBytes, long nowNanos) {
    int sent = (int) pacer.drainAtOnce(wireBytes, nowNanos);
    while (sent < wireBytes) {
      int more = sendFiller(wireBytes - sent, nowNanos);
      if (more == 0) {
        break;
      }
      sent += more;
    }
    return sent;
  }

  private int sendFiller(int wireBytes, long nowNanos) {
    SendBatch batch = link.beginPacket(MAX_FILLER_BYTES);
    if (batch == null) {
      return 0;
    }
    int maxBytes = Math.clamp(wireBytes - WireSize.ofRtp(0), MIN_FILLER_BYTES, MAX_FILLER_BYTES);
    PacedTrack filling = null;
    int length = 0;
    for (int i = 0; i < tracks.size() && length == 0; i++) {
      filling = tracks.get(i);
      length = filling.source().writeRepeat(maxBytes, nowNanos, batch.buffer(), batch.position());
    }
    for (int i = 0; i < tracks.size() && length == 0; i++) {
      filling = tracks.get(i);
      length = filling.source().writePadding(maxBytes, batch.buffer(), batch.position());
    }
    boolean sent =
        filling != null
            && length > 0
            && seal(batch, length, filling, SendClass.PADDING, nowNanos) != UNSEALED;
    return sent ? WireSize.ofRtp(length) : 0;
  }

  /** What was sent of all media in about the last second, on the wire; padding is not in it. */
  long sendingBps(long nowNanos) {
    return pacer.sendingBps(nowNanos);
  }

  /** The audio in it, without what was asked for again. */
  long audioBps(long nowNanos) {
    return pacer.sendingBps(SendClass.AUDIO, nowNanos);
  }

  /** What was asked for again in it. */
  long retransmissionBps(long nowNanos) {
    return pacer.sendingBps(SendClass.RETRANSMISSION, nowNanos)
        + pacer.sendingBps(SendClass.BASE_RETRANSMISSION, nowNanos)
        + pacer.sendingBps(SendClass.AUDIO_RETRANSMISSION, nowNanos);
  }

  /** Whether packets have been sent for a second, so that the rates mean something. */
  boolean isMeasured(long nowNanos) {
    return pacer.isMeasured(nowNanos);
  }

  /** How long it takes to send what waits, at the rate that is set; 0 when nothing does. */
  long queueDelayNanos() {
    return pacer.queueDelayNanos();
  }

  @Override
  public boolean send(
      PacedTrack track, SendClass sendClass, byte[] packet, int length, long nowNanos) {
    SendBatch batch = link.beginPacket(length);
    if (batch == null) {
      return false;
    }
    System.arraycopy(packet, 0, batch.buffer(), batch.position(), length);
    int _ = seal(batch, length, track, sendClass, nowNanos);
    return true;
  }

  /** Returns the transport-wide number, -1 when the packet has none, or {@link #UNSEALED}. */
  private int seal(
      SendBatch batch, int length, PacedTrack track, SendClass sendClass, long nowNanos) {
    byte[] buffer = batch.buffer();
    int position = batch.position();
    int transportSequence = stamp.stamp(buffer, position, length, track.extensionIds(), nowNanos);
    if (!link.endRtp(length)) {
      track.source().onUnsealed();
      return UNSEALED;
    }
    // Encryption leaves the header readable (RFC 3711 §3.1).
    pacer.onSent(track, sendClass, buffer, position, length, nowNanos);
    track.source().onSent(sendClass, length);
    if (transportSequence >= 0) {
      listener.onSent(transportSequence, WireSize.ofRtp(length), sendClass, nowNanos);
    }
    return transportSequence;
  }
}
