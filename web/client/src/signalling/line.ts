import type { Platform } from '../platform.js';

/** Who hears what a socket does. */
export interface LineListener {
  opened(): void;
  text(text: string): void;
  /** The socket is gone, with the close code of docs/signalling.md or of RFC 6455 §7.4. */
  closed(closeCode: number): void;
}

/** One WebSocket to the server. */
export class Line {
  readonly #socket: WebSocket;

  constructor(platform: Platform, url: string, listener: LineListener) {
    this.#socket = platform.openSocket(url, 'sluice.v1');
    this.#socket.onopen = () => {
      listener.opened();
    };
    this.#socket.onmessage = (message) => {
      listener.text(String(message.data));
    };
    this.#socket.onclose = (close) => {
      listener.closed(close.code);
    };
  }

  send(text: string): void {
    this.#socket.send(text);
  }

  /** Closes the socket, whether it is open yet or not. The listener hears no more. */
  close(code?: number): void {
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close(code);
  }
}
