import { logWarning } from '../logging.js';
import type { Cancel, Platform } from '../platform.js';

/** What a sampler reads, and who is told. */
export interface Sampled<Reading> {
  read(): Promise<Reading>;
  /** `before` is the reading before this one; undefined for the first. */
  take(now: Reading, before: Reading | undefined): void;
}

/** Reads something at intervals, for as long as somebody wants to know. */
export class Sampler<Reading> {
  readonly #platform: Platform;
  readonly #intervalMs: number;
  readonly #sampled: Sampled<Reading>;
  #before: Reading | undefined;
  #isReading = false;
  #stop: Cancel | undefined;

  constructor(platform: Platform, intervalMs: number, sampled: Sampled<Reading>) {
    this.#platform = platform;
    this.#intervalMs = intervalMs;
    this.#sampled = sampled;
  }

  /** Starts with a first reading now, or stops; does nothing when it is so already. */
  run(on: boolean): void {
    if (on === (this.#stop !== undefined)) return;
    this.#stop?.();
    this.#stop = undefined;
    this.#before = undefined;
    if (!on) return;
    this.#stop = this.#platform.every(this.#intervalMs, () => {
      this.#sample();
    });
    this.#sample();
  }

  #sample(): void {
    if (this.#isReading) return;
    this.#isReading = true;
    const stop = this.#stop;
    this.#sampled
      .read()
      .then((now) => {
        if (stop !== this.#stop) return;
        const before = this.#before;
        this.#before = now;
        this.#sampled.take(now, before);
      })
      .catch((error: unknown) => {
        logWarning('the statistics of the media could not be read', error);
      })
      .finally(() => {
        this.#isReading = false;
      });
  }
}
