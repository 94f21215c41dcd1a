package dev.sluice.simulation.subscriber;

import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.red.RedPayload;
import dev.sluice.simulation.media.Formats;
import dev.sluice.simulation.media.SoundNote;
import java.util.Arrays;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/** A browser's receiver of one sound: what it asks for again, and what it heard. */
final class SoundReceiver {
  private static final int REMEMBERED = 256;

  private final int ssrc;
  private final long packetNanos;
  private final SoundLog log;
  private final NackList nacks = new NackList();
  private final RedPayload red = new RedPayload();
  private final byte[] @Nullable [] sent = new byte[REMEMBERED][];
  // Of the newest packet: its place, and when it would have come on an empty path
  private long newest;
  private long newestEmptyNanos;

  SoundReceiver(int ssrc, long packetNanos) {
    this.ssrc = ssrc;
    this.packetNanos = packetNanos;
    log = new SoundLog(packetNanos);
  }

  int ssrc() {
    return ssrc;
  }

  SoundLog log() {
    return log;
  }

  NackList nacks() {
    return nacks;
  }

  /** As libwebrtc does, asks for nothing that would come too late to be played. */
  void forgetWhatIsPlayed(long nowNanos) {
    long latenessNanos = nowNanos + nacks.rttNanos() - newestEmptyNanos;
    long slackNanos = SoundLog.REPEAT_TOO_LATE_NANOS - latenessNanos;
    nacks.forgetBefore(newest - Math.floorDiv(slackNanos, packetNanos));
  }

  /**
   * Takes a packet that arrived.
   *
   * @param emptyNanos what it takes on an empty path
   */
  void onPacket(RtpPacket packet, long emptyNanos, long nowNanos) {
    long sequence = nacks.onPacket(packet.sequenceNumber(), true, nowNanos);
    eachPiece(
        packet,
        (note, blocksAfter) -> {
          long onEmptyPathNanos = note.capturedNanos() + emptyNanos;
          log.onArrival(
              note.index(),
              note.capturedNanos(),
              Math.max(0, nowNanos - onEmptyPathNanos),
              sequence > newest || blocksAfter > 0);
          if (sequence > newest && blocksAfter == 0) {
            newest = sequence;
            newestEmptyNanos = onEmptyPathNanos;
          }
        });
  }

  /**
   * A packet left the router.
   *
   * @return whether it is the first of its number
   * @throws IllegalStateException when it is another one under a number that was used: encrypted it
   *     would give the keys away (RFC 7714 §8.1)
   */
  boolean onSent(RtpPacket packet) {
    eachPiece(packet, (note, _) -> log.onSent(note.index(), note.capturedNanos()));
    byte[] bytes =
        Arrays.copyOfRange(packet.buffer(), packet.offset(), packet.offset() + packet.length());
    int slot = packet.sequenceNumber() % REMEMBERED;
    byte[] before = sent[slot];
    sent[slot] = bytes;
    if (before == null || !sameNumber(before, bytes)) {
      return true;
    }
    if (!Arrays.equals(before, bytes)) {
      throw new IllegalStateException(
          "two packets of sound with the number %d".formatted(packet.sequenceNumber()));
    }
    return false;
  }

  private static boolean sameNumber(byte[] one, byte[] other) {
    return Arrays.equals(one, 2, 4, other, 2, 4);
  }

  /** A packet was lost by chance: it is its own piece that counts for nothing. */
  void onLostByChance(RtpPacket packet) {
    eachPiece(
        packet,
        (note, blocksAfter) -> {
          if (blocksAfter == 0) {
            log.onLostByChance(note.index(), note.capturedNanos());
          }
        });
  }

  /** Calls with the note of each piece in a packet, and how many blocks stand behind it. */
  private void eachPiece(RtpPacket packet, ObjIntConsumer<SoundNote> piece) {
    if (packet.payloadType() != Formats.RED) {
      piece.accept(SoundNote.read(packet.buffer(), packet.payloadOffset()), 0);
    } else if (red.wrap(packet)) {
      int at = red.primaryOffset();
      for (int block = red.redundantBlocks() - 1; block >= 0; block--) {
        at -= red.redundantLength(block);
        piece.accept(SoundNote.read(packet.buffer(), at), red.redundantBlocks() - block);
      }
      piece.accept(SoundNote.read(packet.buffer(), red.primaryOffset()), 0);
    }
  }
}
