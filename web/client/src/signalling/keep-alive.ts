import type { Cancel, Platform } from '../platform.js';

/** After a change of network the next frame decides within this time, in milliseconds, whether the socket still lives. */
const PROBE_MS = 3_000;

/** The pace of the pings and how long silence may last, in milliseconds; from the reply to `connect`. */
export interface Pace {
  readonly pingIntervalMs: number;
  readonly pingTimeoutMs: number;
}

/**
 * Pings, and notices that nothing comes back: a socket on a network that went away stays open for minutes. Silence only counts once a
 * ping is out, since a page in the background may not get to send any for a minute.
 */
export class KeepAlive {
  readonly #platform: Platform;
  readonly #pace: Pace;
  readonly #ping: () => void;
  readonly #silent: () => void;
  #heardMs = 0;
  #watching = false;
  #stopPings: Cancel = () => undefined;
  #stopWatch: Cancel = () => undefined;

  constructor(platform: Platform, pace: Pace, ping: () => void, silent: () => void) {
    this.#platform = platform;
    this.#pace = pace;
    this.#ping = ping;
    this.#silent = silent;
  }

  start(): void {
    this.heard();
    const { pingIntervalMs, pingTimeoutMs } = this.#pace;
    this.#stopPings = this.#platform.every(pingIntervalMs, () => {
      const silentMs = this.#platform.elapsedMs() - this.#heardMs;
      if (!this.#watching) this.#watch(Math.max(pingTimeoutMs - silentMs, pingIntervalMs));
      this.#ping();
    });
  }

  /** A frame came. */
  heard(): void {
    this.#heardMs = this.#platform.elapsedMs();
    this.#stopWatch();
    this.#watching = false;
  }

  /** The socket is in doubt: a ping now, and an answer soon. */
  probe(): void {
    this.#stopWatch();
    this.#watch(PROBE_MS);
    this.#ping();
  }

  stop(): void {
    this.#stopPings();
    this.#stopWatch();
  }

  #watch(forMs: number): void {
    this.#watching = true;
    this.#stopWatch = this.#platform.after(forMs, this.#silent);
  }
}
