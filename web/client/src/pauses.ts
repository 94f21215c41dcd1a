import type { Platform } from './platform.js';

/** Waiting that can be cut short, so that nothing waits on behalf of what has ended. */
export class Pauses {
  readonly #platform: Platform;
  readonly #waiting = new Set<() => void>();

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** Resolves after `delayMs`, or at once when everything is over. */
  pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const over = (): void => {
        cancel();
        this.#waiting.delete(over);
        resolve();
      };
      const cancel = this.#platform.after(delayMs, over);
      this.#waiting.add(over);
    });
  }

  /** Lets everybody who waits go on now. */
  end(): void {
    for (const over of this.#waiting) over();
  }
}
