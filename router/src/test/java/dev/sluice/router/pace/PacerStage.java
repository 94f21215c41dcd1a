package dev.sluice.router.pace;

import dev.sluice.router.estimate.WireSize;
import dev.sluice.rtp.NetworkOrder;
import dev.sluice.rtp.RtpHeaderWriter;
import dev.sluice.rtp.extension.ExtensionIds;
import java.util.ArrayList;
import java.util.List;

/** A pacer with made-up tracks and an outlet that writes down what leaves, in virtual time. */
final class PacerStage implements Outlet {
  static final long MILLI = 1_000_000;
  static final int PACKET_BYTES = 1_000;

  /** A packet that left. */
  record Sent(String track, SendClass sendClass, int sequenceNumber, long nanos) {}

  /** A made-up track. */
  final class Track implements PacedSource {
    final String name;
    final PacedTrack paced = new PacedTrack(ExtensionIds.none(), this);
    final List<Unsent> overflows = new ArrayList<>();
    int nextSequence;
    int expired;

    private Track(String name, int firstSequence) {
      this.name = name;
      this.nextSequence = firstSequence;
    }

    /** Sends a packet of the class, or lets it wait. */
    void send(SendClass sendClass) {
      int length = write(nextSequence++ & 0xFFFF);
      if (pacer.passes(sendClass, nowNanos)) {
        pass(this, sendClass, buffer, length);
      } else {
        pacer.queue(paced, sendClass, buffer, 0, length, nowNanos);
      }
    }

    void send(SendClass sendClass, int packets) {
      for (int i = 0; i < packets; i++) {
        send(sendClass);
      }
    }

    @Override
    public void onSent(SendClass sendClass, int length) {
      throw new AssertionError("told by who seals");
    }

    @Override
    public void onUnsealed() {
      throw new AssertionError("told by who seals");
    }

    @Override
    public void onOverflow(Unsent unsent) {
      overflows.add(unsent);
      nextSequence = unsent.lastSequenceNumber() + 1;
    }

    @Override
    public void onRetransmissionExpired() {
      expired++;
    }

    @Override
    public int writeRepeat(int maxBytes, long now, byte[] out, int offset) {
      return 0;
    }

    @Override
    public int writePadding(int maxBytes, byte[] out, int offset) {
      return 0;
    }
  }

  final Pacer pacer = new Pacer(this, 1_000 * MILLI);
  final List<Sent> sent = new ArrayList<>();
  long nowNanos = 1_000 * MILLI;
  boolean connected = true;
  boolean full;
  boolean recording = true;
  long sentPackets;
  private final RtpHeaderWriter header = new RtpHeaderWriter();
  private final byte[] buffer = new byte[PACKET_BYTES];
  private final List<Track> tracks = new ArrayList<>();

  Track track(String name) {
    return track(name, 100);
  }

  Track track(String name, int firstSequence) {
    Track track = new Track(name, firstSequence);
    tracks.add(track);
    return track;
  }

  private int write(int sequenceNumber) {
    header.begin(buffer, 0, 96, false, sequenceNumber, 1, 77);
    header.finish();
    return PACKET_BYTES;
  }

  private void pass(Track track, SendClass sendClass, byte[] packet, int length) {
    sentPackets++;
    pacer.onSent(track.paced, sendClass, packet, 0, length, nowNanos);
    if (recording) {
      sent.add(new Sent(track.name, sendClass, NetworkOrder.unsignedShort(packet, 2), nowNanos));
    }
  }

  @Override
  public boolean send(
      PacedTrack paced, SendClass sendClass, byte[] packet, int length, long nowNanos) {
    if (!connected) {
      return false;
    }
    for (int i = 0; i < tracks.size(); i++) {
      if (tracks.get(i).paced == paced) {
        pass(tracks.get(i), sendClass, packet, length);
      }
    }
    return true;
  }

  @Override
  public boolean isFull(long nowNanos) {
    return full;
  }

  /** Lets time pass in ticks of 10 ms. */
  void pass(long millis) {
    for (long passed = 0; passed < millis; passed += 10) {
      nowNanos += 10 * MILLI;
      pacer.drain(nowNanos);
    }
  }

  /** Sets a rate, and spends the burst that it comes with. */
  void exhaust(Track track, long bitrateBps) {
    pacer.setRate(bitrateBps, nowNanos);
    exhaust(track);
  }

  /** Spends what may leave at once. */
  void exhaust(Track track) {
    while (pacer.passes(SendClass.BASE_VIDEO, nowNanos)) {
      track.send(SendClass.BASE_VIDEO);
    }
    sent.clear();
  }

  long sentBps(List<Sent> packets, long durationNanos) {
    return packets.size() * (long) WireSize.ofRtp(PACKET_BYTES) * 8_000_000_000L / durationNanos;
  }

  /** The tracks of what left, in order. */
  String order() {
    return String.join("", sent.stream().map(Sent::track).toList());
  }
}
