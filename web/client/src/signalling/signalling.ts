import { OTError } from '../errors.js';
import { logError, logWarning } from '../logging.js';
import type { Cancel, Platform } from '../platform.js';
import { decodeFrame, RESULTS, type Frame } from './decode.js';
import type { Fields } from './fields.js';
import type { Requests, RequestType, ServerEvent } from './messages.js';
import { explainClosedJoin, Refusal } from './refusal.js';

/** Who is told what the server says. */
export interface SignallingListener {
  /** One event of the server, in order. */
  event(event: ServerEvent): void;
  /** The socket is gone without {@link Signalling.close}: the network or the server. Called at most once. */
  lost(closeCode: number): void;
}

interface OpenRequest {
  readonly resolve: (fields: Fields) => void;
  readonly reject: (error: unknown) => void;
}

/** How long the WebSocket may take to open, in milliseconds. */
const OPEN_TIMEOUT_MS = 15_000;

/** One signalling socket: requests with their replies, events, and the pings that tell a dead network from a quiet session. */
export class Signalling {
  readonly #platform: Platform;
  readonly #socket: WebSocket;
  readonly #listener: SignallingListener;
  readonly #open = new Map<number, OpenRequest>();
  #nextId = 1;
  #closed = false;
  #joined = false;
  #lastFrameMs: number;
  #pingOutstanding = false;
  #stopPings: Cancel = () => undefined;

  private constructor(platform: Platform, socket: WebSocket, listener: SignallingListener) {
    this.#platform = platform;
    this.#socket = socket;
    this.#listener = listener;
    this.#lastFrameMs = platform.nowMs();
    socket.onmessage = (message) => {
      this.#received(message.data);
    };
    socket.onclose = (close) => {
      this.#gone(close.code);
    };
  }

  /**
   * Opens a socket; resolves when requests can be sent.
   *
   * @throws OTError OT_CONNECT_FAILED when it can't be opened, OT_TIMEOUT when that takes too long.
   */
  static open(platform: Platform, url: string, listener: SignallingListener): Promise<Signalling> {
    return new Promise((resolve, reject) => {
      const socket = platform.openSocket(url, 'sluice.v1');
      const cancel = platform.after(OPEN_TIMEOUT_MS, () => {
        socket.onopen = socket.onclose = null;
        socket.close();
        reject(new OTError('OT_TIMEOUT', `No answer from ${url} within ${OPEN_TIMEOUT_MS} ms`));
      });
      socket.onopen = () => {
        cancel();
        resolve(new Signalling(platform, socket, listener));
      };
      socket.onclose = (close) => {
        cancel();
        reject(explainClosedJoin(close.code));
      };
    });
  }

  /**
   * Sends a request; resolves with the result of its reply.
   *
   * @throws Refusal when the server refuses it; OTError OT_DISCONNECTED when the socket goes before the reply.
   */
  async request<Type extends RequestType>(
    type: Type,
    fields: Requests[Type]['fields'],
  ): Promise<Requests[Type]['result']> {
    if (this.#closed) throw disconnected();
    const id = this.#nextId++;
    const reply = new Promise<Fields>((resolve, reject) => {
      this.#open.set(id, { resolve, reject });
    });
    this.#socket.send(JSON.stringify({ ...fields, id, type }));
    return RESULTS[type](await reply);
  }

  /** After the reply to `connect`: pings every `intervalMs` and takes the socket for lost when nothing came for `timeoutMs`. */
  keepAlive(intervalMs: number, timeoutMs: number): void {
    this.#joined = true;
    this.#stopPings = this.#platform.every(intervalMs, () => {
      const silentMs = this.#platform.nowMs() - this.#lastFrameMs;
      if (this.#pingOutstanding && silentMs >= timeoutMs) {
        this.#socket.close();
        this.#gone(1006);
        return;
      }
      this.#pingOutstanding = true;
      this.request('ping', {}).catch((error: unknown) => {
        logWarning('a ping failed', error);
      });
    });
  }

  /** Leaves: says `disconnect` and closes with 1000. The listener hears no more. */
  close(): void {
    if (this.#closed) return;
    this.#socket.send(JSON.stringify({ id: this.#nextId++, type: 'disconnect' }));
    this.#socket.close(1000);
    this.#end(disconnected());
  }

  #received(text: unknown): void {
    if (this.#closed) return;
    this.#lastFrameMs = this.#platform.nowMs();
    this.#pingOutstanding = false;
    let frame: Frame;
    try {
      frame = decodeFrame(String(text));
    } catch (fault) {
      logError('a message of the server makes no sense and was ignored', fault);
      return;
    }
    switch (frame.kind) {
      case 'event':
        this.#listener.event(frame.event);
        return;
      case 'reply':
        this.#take(frame.id)?.resolve(frame.fields);
        return;
      case 'refusal':
        this.#take(frame.id)?.reject(new Refusal(frame.code, frame.message));
        return;
      case 'unknownEvent':
        // A newer server may know more events; the protocol lets a client ignore them.
        logWarning(`ignored the unknown event "${frame.name}"`);
    }
  }

  #take(id: number): OpenRequest | undefined {
    const request = this.#open.get(id);
    this.#open.delete(id);
    if (!request) logError(`a reply to no open request (${id}) was ignored`);
    return request;
  }

  #gone(closeCode: number): void {
    if (this.#closed) return;
    this.#end(this.#joined ? disconnected() : explainClosedJoin(closeCode));
    this.#listener.lost(closeCode);
  }

  #end(error: OTError): void {
    this.#closed = true;
    this.#stopPings();
    for (const request of this.#open.values()) request.reject(error);
    this.#open.clear();
  }
}

function disconnected(): OTError {
  return new OTError('OT_DISCONNECTED', 'The connection to the session is closed');
}
