import type { PathHealth } from '../peers/path.js';

/** What a session depends on. */
export type Part = 'signalling' | 'publishing' | 'subscribing';

export interface InterruptionListener {
  began(): void;
  ended(): void;
}

/**
 * Whether the network keeps a session from working: an interruption begins when any part of it stops, and ends only when all parts work
 * again, so that nobody is told of a reconnection without media.
 */
export class Interruption {
  readonly #listener: InterruptionListener;
  readonly #parts = new Map<Part, PathHealth>();
  #lasts = false;

  constructor(listener: InterruptionListener) {
    this.#listener = listener;
  }

  get lasts(): boolean {
    return this.#lasts;
  }

  /** Takes note of how a part does now. */
  set(part: Part, health: PathHealth): void {
    this.#parts.set(part, health);
    const healths = [...this.#parts.values()];
    if (!this.#lasts && healths.includes('broken')) {
      this.#lasts = true;
      this.#listener.began();
    } else if (this.#lasts && !healths.includes('broken') && !healths.includes('doubtful')) {
      this.#lasts = false;
      this.#listener.ended();
    }
  }
}
