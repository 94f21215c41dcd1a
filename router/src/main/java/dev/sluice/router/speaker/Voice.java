package dev.sluice.router.speaker;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The voice of one stream, in slots of 100 ms each of which holds speech or doesn't. Speech is what
 * is louder than a voice must be at least, and clearly louder than what the stream is like anyway:
 * a fan is loud, too. Worker thread; nothing allocates.
 */
final class Voice {
  static final long SLOT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final int MEDIUM_SLOTS = 8;
  private static final int LONG_SLOTS = 30;
  private static final int MEDIUM_MASK = (1 << MEDIUM_SLOTS) - 1;
  private static final int LONG_MASK = (1 << LONG_SLOTS) - 1;
  // Six of eight slots: a cough or a knock is over before.
  private static final int SPEAKING_SLOTS = 6;
  private static final int QUIET_SLOTS = 2;
  private static final int LONG_SPEAKING_SLOTS = 15;
  private static final double LOUDER_DB = 6;

  private static final int SILENCE_DBOV = 127;
  private static final double MIN_SPEECH_DBOV = -50;
  private static final double ABOVE_NOISE_DB = 10;
  // Noise below the one isn't heard, above the other speech would have to be shouted.
  private static final double MIN_NOISE_DBOV = -65;
  private static final double MAX_NOISE_DBOV = -55;
  // It falls at once, in the gaps between words, and rises by 2 dB in a second.
  private static final double NOISE_RISE_DB = 0.2;
  private static final double LOUDNESS_SHARE = 0.1;
  // The power of each level: a slot is as loud as its power, so that gaps in it hardly count.
  private static final double[] POWERS = new double[SILENCE_DBOV + 1];

  static {
    Arrays.setAll(POWERS, level -> Math.pow(10, -level / 10.0));
  }

  private final String streamId;
  private long slot;
  private double power;
  private int levels;
  // A bit for each slot with speech; the lowest is the latest.
  private int speech;
  private double noiseDbov = MAX_NOISE_DBOV;
  private double loudnessDbov;

  Voice(String streamId, long nowNanos) {
    this.streamId = streamId;
    this.slot = Math.floorDiv(nowNanos, SLOT_NANOS);
  }

  String streamId() {
    return streamId;
  }

  /** A packet has come; see {@link ActiveSpeaker#onLevel}. */
  void onLevel(int level, long nowNanos) {
    advance(nowNanos);
    power += POWERS[Math.clamp(level, 0, SILENCE_DBOV)];
    levels++;
  }

  /** Closes the slots that are over. One without a packet holds no speech. */
  void advance(long nowNanos) {
    long latest = Math.floorDiv(nowNanos, SLOT_NANOS);
    long over = Math.min(latest - slot, LONG_SLOTS + 1);
    for (long i = 0; i < over; i++) {
      closeSlot();
    }
    slot = Math.max(slot, latest);
  }

  private void closeSlot() {
    boolean spoken = levels > 0 && isSpeech(10 * Math.log10(power / levels));
    speech = ((speech << 1) & LONG_MASK) | (spoken ? 1 : 0);
    power = 0;
    levels = 0;
  }

  private boolean isSpeech(double dbov) {
    double raised = Math.min(dbov, noiseDbov + NOISE_RISE_DB);
    noiseDbov = Math.clamp(raised, MIN_NOISE_DBOV, MAX_NOISE_DBOV);
    if (dbov < Math.max(MIN_SPEECH_DBOV, noiseDbov + ABOVE_NOISE_DB)) {
      return false;
    }
    loudnessDbov = speech == 0 ? dbov : loudnessDbov + (dbov - loudnessDbov) * LOUDNESS_SHARE;
    return true;
  }

  /** Whether it speaks, and not for an instant only. */
  boolean isSpeaking() {
    return mediumSlots() >= SPEAKING_SLOTS;
  }

  /** Whether it takes the word from another, which has gone quiet or is drowned out by it. */
  boolean takesOverFrom(Voice other) {
    return isSpeaking() && (other.mediumSlots() <= QUIET_SLOTS || drowns(other));
  }

  private boolean drowns(Voice other) {
    return Integer.bitCount(speech) >= LONG_SPEAKING_SLOTS
        && loudnessDbov >= other.loudnessDbov + LOUDER_DB;
  }

  /** Whether it is more of a speaker than another that speaks as well. */
  boolean surpasses(Voice other) {
    int lead = Integer.bitCount(speech) - Integer.bitCount(other.speech);
    return lead > 0 || (lead == 0 && loudnessDbov > other.loudnessDbov);
  }

  private int mediumSlots() {
    return Integer.bitCount(speech & MEDIUM_MASK);
  }
}
