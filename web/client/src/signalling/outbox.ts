import type { Cancel, Platform } from '../platform.js';

/** The server takes 200 messages at once (docs/signalling.md); what goes on meanwhile has room too. */
const BURST = 150;

const TURN_MS = 100;

/** Of what the server takes in the long run, the share that is used for what has piled up. */
const SHARE = 0.8;

/**
 * Sends in order. What piled up while the socket was lost goes out at the pace that the server takes: hundreds of signals at once would
 * end the connection.
 */
export class Outbox {
  readonly #platform: Platform;
  readonly #perTurn: number;
  #send: (text: string) => void;
  #backlog: string[] = [];
  #stop: Cancel = () => undefined;

  constructor(platform: Platform, messagesPerSecond: number, send: (text: string) => void) {
    this.#platform = platform;
    this.#perTurn = Math.max(1, Math.floor((messagesPerSecond * SHARE * TURN_MS) / 1000));
    this.#send = send;
  }

  /** Sends a message, after what still waits. */
  send(text: string): void {
    if (this.#backlog.length > 0) this.#backlog.push(text);
    else this.#send(text);
  }

  /** Goes over to a new socket and begins with `texts`. */
  restart(send: (text: string) => void, texts: readonly string[]): void {
    this.stop();
    this.#send = send;
    this.#backlog = [...texts];
    this.#turn(BURST);
    if (this.#backlog.length === 0) return;
    this.#stop = this.#platform.every(TURN_MS, () => {
      this.#turn(this.#perTurn);
      if (this.#backlog.length === 0) this.#stop();
    });
  }

  /** Forgets what waits. */
  stop(): void {
    this.#stop();
    this.#backlog = [];
  }

  #turn(count: number): void {
    for (const text of this.#backlog.splice(0, count)) this.#send(text);
  }
}
