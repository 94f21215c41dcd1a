import { once } from 'node:events';
import WebSocket from 'ws';
import type { Invitation } from './application.js';
import { eventually } from './eventually.js';

export type Message = Readonly<Record<string, unknown>>;

export interface Closing {
  readonly code: number;
  readonly reason: string;
}

/** A client written from docs/signalling.md alone: it sends what a test says, also what no library would send. */
export class SignallingSocket {
  readonly #received: Message[] = [];
  readonly #socket: WebSocket;
  #closing: Closing | undefined;
  #nextId: number;

  private constructor(socket: WebSocket, firstId: number) {
    this.#socket = socket;
    this.#nextId = firstId;
    socket.on('message', (data: Buffer) => {
      this.#received.push(JSON.parse(data.toString('utf8')) as Message);
    });
    socket.on('close', (code, reason) => {
      this.#closing = { code, reason: reason.toString('utf8') };
    });
    // A connection torn down by the server shows in `closing`.
    socket.on('error', () => undefined);
  }

  /**
   * Opens a socket and sends nothing on it. Ids of requests go on from `firstId`, as they have to when a connection is resumed; it comes
   * from `localAddress` of this machine.
   */
  static async open(
    url: string,
    {
      firstId = 1,
      localAddress,
    }: { readonly firstId?: number; readonly localAddress?: string } = {},
  ): Promise<SignallingSocket> {
    const socket = new WebSocket(
      `${url.replace(/^http/, 'ws')}/v1/signalling`,
      'sluice.v1',
      localAddress === undefined ? {} : { localAddress },
    );
    await once(socket, 'open');
    return new SignallingSocket(socket, firstId);
  }

  /** Opens a socket and joins; fails when the server refuses. */
  static async join(url: string, invitation: Invitation): Promise<SignallingSocket> {
    const socket = await SignallingSocket.open(url);
    const reply = await socket.request('connect', {
      sessionId: invitation.sessionId,
      token: invitation.token,
    });
    if (reply.error) throw new Error(`the server refused: ${JSON.stringify(reply.error)}`);
    return socket;
  }

  /** All replies and events so far. */
  get received(): readonly Message[] {
    return this.#received;
  }

  /** Undefined while the socket is open. */
  get closing(): Closing | undefined {
    return this.#closing;
  }

  /** Sends a request and resolves with its reply, be it an error. */
  async request(type: string, fields: Message = {}): Promise<Message> {
    const id = this.takeId();
    this.raw(JSON.stringify({ id, type, ...fields }));
    return this.#find(`a reply to ${type}`, (message) => message.reply === id);
  }

  /** The error code of a request's reply; fails when it succeeded. */
  async refusal(type: string, fields: Message = {}): Promise<string> {
    const reply = await this.request(type, fields);
    const error = reply.error as { code?: unknown; message?: unknown } | undefined;
    if (typeof error?.code !== 'string' || typeof error.message !== 'string') {
      throw new Error(
        `${type} was not refused with a code and a message: ${JSON.stringify(reply)}`,
      );
    }
    return error.code;
  }

  /** The first event of this type. */
  event(type: string): Promise<Message> {
    return this.#find(`the event ${type}`, (message) => message.event === type);
  }

  /** An id for a request that is sent raw; ids have to grow. */
  takeId(): number {
    return this.#nextId++;
  }

  /** Sends a frame as it is: text for a string, binary for bytes. */
  raw(data: string | Uint8Array): void {
    this.#socket.send(data);
  }

  /** How the server closed the socket. */
  async closed(withinMillis = 5_000): Promise<Closing> {
    const closing = await eventually(
      'the server closes the socket',
      () => this.#closing,
      (seen) => seen !== undefined,
      { withinMillis },
    );
    if (!closing) throw new Error('the socket closed without a code');
    return closing;
  }

  close(): void {
    this.#socket.close(1000);
  }

  /** Goes away without a word. */
  terminate(): void {
    this.#socket.terminate();
  }

  async #find(what: string, matches: (message: Message) => boolean): Promise<Message> {
    const messages = await eventually(
      `${what} arrives${this.#closing ? ` (closed with ${this.#closing.code})` : ''}`,
      () => this.#received,
      (seen) => seen.some(matches),
      { withinMillis: 5_000 },
    );
    const found = messages.find(matches);
    if (!found) throw new Error(`${what} is gone`);
    return found;
  }
}
