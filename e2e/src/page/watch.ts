import type { SubscriptionStats } from './hooks.js';

const WATCH_MILLIS = 100;

/** Notices for how long pictures stand still. */
export class Watch {
  readonly #longest = new Map<string, number>();
  readonly #advanced = new Map<string, { readonly frames: number; readonly atMillis: number }>();
  readonly #timer: number;

  constructor(read: () => Promise<SubscriptionStats[]>) {
    this.#timer = window.setInterval(() => {
      void read().then((seen) => {
        for (const { streamId, framesDecoded } of seen) this.#look(streamId, framesDecoded);
      });
    }, WATCH_MILLIS);
  }

  #look(streamId: string, frames: number): void {
    const now = performance.now();
    const last = this.#advanced.get(streamId) ?? { frames, atMillis: now };
    this.#longest.set(
      streamId,
      Math.max(this.#longest.get(streamId) ?? 0, Math.round(now - last.atMillis)),
    );
    if (frames !== last.frames || !this.#advanced.has(streamId)) {
      this.#advanced.set(streamId, { frames, atMillis: now });
    }
  }

  end(): Readonly<Record<string, number>> {
    clearInterval(this.#timer);
    return Object.fromEntries(this.#longest);
  }
}
