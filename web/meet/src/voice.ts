// Speech on a normal microphone reaches well above this peak; breathing and a fan stay below.
const SPEAKING_LEVEL = 0.1;
// Bridges the gaps between words, so that the ring does not flicker.
const HOLD_MS = 700;
const METER_STEPS = 5;

/** Tells whether somebody speaks from the levels of their audio. */
export class Voice {
  private loudAtMillis = Number.NEGATIVE_INFINITY;
  private speakingNow = false;

  get speaking(): boolean {
    return this.speakingNow;
  }

  /**
   * Takes one level, 0 to 1, and answers whether `speaking` changed by it.
   *
   * @param nowMillis the time of the level; must not go back
   */
  hear(level: number, nowMillis: number): boolean {
    if (level >= SPEAKING_LEVEL) {
      this.loudAtMillis = nowMillis;
    }
    const speaking = nowMillis - this.loudAtMillis < HOLD_MS;
    const changed = speaking !== this.speakingNow;
    this.speakingNow = speaking;
    return changed;
  }
}

/** How many of five bars a level, 0 to 1, lights. Logarithmic, as loudness is heard: the five bars span 30 dB. */
export function meterStep(level: number): number {
  if (level <= 0) {
    return 0;
  }
  const share = 1 + Math.log10(level) / 1.5;
  return Math.round(Math.min(1, Math.max(0, share)) * METER_STEPS);
}
