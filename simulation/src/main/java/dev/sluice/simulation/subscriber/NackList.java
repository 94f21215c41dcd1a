package dev.sluice.simulation.subscriber;

import dev.sluice.rtp.SequenceNumbers;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/** Which packets to ask for again, and when: at once, then each round trip, 10 times. */
final class NackList {
  private static final int MAX_TRIES = 10;
  private static final int MAX_MISSING = 1000;
  private static final long FIRST_RTT_NANOS = 100_000_000;
  private static final long MIN_RTT_NANOS = 20_000_000;

  private static final class Missing {
    private long askedNanos;
    private int tries;
  }

  private final TreeMap<Long, Missing> missing = new TreeMap<>();
  private boolean started;
  private long highest;
  private long rttNanos = FIRST_RTT_NANOS;
  private long abandoned;

  /** Takes the number of a packet; tells its place in the endless series of them. */
  long onPacket(int sequenceNumber, boolean repeated, long nowNanos) {
    if (!started) {
      started = true;
      highest = 0x1_0000L + sequenceNumber;
      return highest;
    }
    long sequence = SequenceNumbers.unwrap(highest, sequenceNumber);
    if (sequence > highest) {
      for (long lost = highest + 1; lost < sequence; lost++) {
        missing.put(lost, new Missing());
      }
      highest = sequence;
      if (missing.size() > MAX_MISSING) {
        abandoned += missing.size();
        missing.clear();
      }
    } else {
      Missing found = missing.remove(sequence);
      if (found != null && repeated && found.tries == 1) {
        rttNanos = Math.max(MIN_RTT_NANOS, rttNanos + (nowNanos - found.askedNanos - rttNanos) / 8);
      }
    }
    return sequence;
  }

  /** Nobody needs what came before a key frame, or sound that comes too late. */
  void forgetBefore(long sequence) {
    missing.headMap(sequence).clear();
  }

  /** Writes what is to be asked for now, and returns how many; it counts as asked. */
  int due(long nowNanos, int[] into) {
    int count = 0;
    for (Iterator<Map.Entry<Long, Missing>> each = missing.entrySet().iterator();
        each.hasNext() && count < into.length; ) {
      Map.Entry<Long, Missing> entry = each.next();
      Missing packet = entry.getValue();
      if (packet.tries > 0 && nowNanos - packet.askedNanos < rttNanos) {
        continue;
      }
      if (packet.tries == MAX_TRIES) {
        abandoned++;
        each.remove();
        continue;
      }
      packet.tries++;
      packet.askedNanos = nowNanos;
      into[count++] = (int) (entry.getKey() & 0xFFFF);
    }
    return count;
  }

  /** How long it takes from asking for a packet until it comes. */
  long rttNanos() {
    return rttNanos;
  }

  boolean isEmpty() {
    return missing.isEmpty();
  }

  /** How many were given up. */
  long abandoned() {
    return abandoned;
  }

  /** The highest number so far, with its cycles (RFC 3550 §6.4.1). */
  int extendedHighest() {
    return (int) highest;
  }
}
