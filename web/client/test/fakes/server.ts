/** What a test sees of a request. */
export interface SentRequest {
  readonly id: number;
  readonly type: string;
  readonly [field: string]: unknown;
}

type Responder = (request: SentRequest) => object | undefined;

/** What the server keeps of a client over its sockets. */
class Presence {
  streams = 0;
  subscriptions = 0;
  revision = 0;
  peer = 1;
  /** The largest request id taken. */
  taken = 0;
  joined = false;
  resumes = 1;
  readonly frames: string[] = [];
}

/** The client's end of a socket whose other end is the test: it answers requests, sends events and takes a client back. */
export class FakeServer {
  readonly url: string;
  readonly subprotocol: string;
  readonly requests: SentRequest[] = [];
  readonly responders = new Map<string, Responder>();
  closedWith: number | undefined;
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: unknown }) => void) | null = null;
  onclose: ((close: { code: number }) => void) | null = null;
  /** False: nothing gets through in either direction, and nobody is told. */
  reachable = true;
  readonly #presence: Presence;

  /** `before` is the socket that this one follows. */
  constructor(url: string, subprotocol: string, before?: FakeServer) {
    this.url = url;
    this.subprotocol = subprotocol;
    this.#presence = before ? before.#presence : new Presence();
    const presence = this.#presence;
    this.responders.set('connect', () => welcome());
    this.responders.set('publish', () => ({ streamId: `own-stream-${++presence.streams}` }));
    this.responders.set('publishOffer', () => ({ sdp: 'answer' }));
    this.responders.set('subscribe', () => ({
      subscriptionId: `subscription-${++presence.subscriptions}`,
    }));
    this.responders.set('resume', () => ({
      resume: { token: `resume-${++presence.resumes}`, windowMs: 30_000 },
      received: presence.taken,
    }));
  }

  opens(): void {
    this.onopen?.();
  }

  send(text: string): void {
    if (!this.reachable) return;
    const request = JSON.parse(text) as SentRequest;
    this.requests.push(request);
    this.#presence.taken = Math.max(this.#presence.taken, request.id);
    const responder = this.responders.get(request.type) ?? (() => ({}));
    const result = responder(request);
    // A task of its own for each reply, as with a real socket; microtasks are what the library itself counts on.
    if (result) {
      setTimeout(() => {
        this.#reply(request, result);
      });
    }
  }

  #reply(request: SentRequest, result: object): void {
    const reply = { reply: request.id, ...result };
    if (request.type !== 'connect' && request.type !== 'resume') {
      this.frame(reply);
      return;
    }
    this.#deliver(JSON.stringify(reply));
    if ('error' in result) return;
    this.#presence.joined = true;
    if (request.type === 'connect') {
      this.#presence.frames.length = 0;
      this.#presence.taken = request.id;
      return;
    }
    for (const text of this.#presence.frames.slice(Number(request.seq))) this.#deliver(text);
  }

  close(code = 1005): void {
    this.closedWith = code;
  }

  /** Refuses requests of a type from now on. */
  refuses(type: string, code: string, message = ''): void {
    this.responders.set(type, () => ({ error: { code, message } }));
  }

  /** Leaves requests of a type open; the result answers the oldest. */
  holds(type: string): { release: (result?: object) => void } {
    const held: SentRequest[] = [];
    this.responders.set(type, (request) => {
      held.push(request);
      return undefined;
    });
    return {
      release: (result = {}) => {
        const request = held.shift();
        if (!request) throw new Error(`no request of type ${type} is held`);
        this.frame({ reply: request.id, ...result });
      },
    };
  }

  event(event: string, fields: object): void {
    this.frame({ event, ...fields });
  }

  /** Offers tracks to the subscribe PeerConnection. */
  offers(...tracks: { mid: string; kind: 'audio' | 'video'; subscriptionId: string }[]): void {
    this.event('subscribeOffer', {
      revision: ++this.#presence.revision,
      peer: this.#presence.peer,
      sdp: JSON.stringify(tracks.map(({ mid, kind }) => ({ mid, kind }))),
      tracks: tracks.map((track) => ({ ...track, streamId: 'stream-1' })),
    });
  }

  /** The next offers are for a new PeerConnection. */
  renewsPeer(): void {
    this.#presence.peer++;
  }

  /** Sends a message, numbered once the client has joined, and keeps it for a client that comes back. */
  frame(message: object): void {
    if (!this.#presence.joined) {
      this.#deliver(JSON.stringify(message));
      return;
    }
    const { frames } = this.#presence;
    const text = JSON.stringify({ ...message, seq: frames.length + 1 });
    frames.push(text);
    this.#deliver(text);
  }

  #deliver(text: string): void {
    if (this.reachable) this.onmessage?.({ data: text });
  }

  drops(code = 1006): void {
    this.reachable = false;
    this.onclose?.({ code });
  }

  sent(type: string): SentRequest[] {
    return this.requests.filter((request) => request.type === type);
  }

  types(): string[] {
    return this.requests.map(({ type }) => type);
  }
}

export function welcome(changes: object = {}): typeof WELCOME {
  return { ...WELCOME, ...changes };
}

const WELCOME = {
  connection: { id: 'me', createdAt: 1000, data: 'my data' },
  capabilities: {
    publish: true,
    subscribe: true,
    signal: true,
    forceDisconnect: false,
    forceUnpublish: false,
    forceMute: false,
  },
  session: {
    id: 'session-1',
    mediaMode: 'routed',
    mediaPath: 'router',
    videoCodecs: ['VP8', 'H264', 'VP9', 'AV1'],
  },
  resume: { token: 'resume-1', windowMs: 30_000 },
  connections: [],
  streams: [],
  pingIntervalMs: 1000,
  pingTimeoutMs: 3000,
  limits: { messagesPerSecond: 50 },
};

export function streamMessage(id: string, changes: object = {}): object {
  return {
    id,
    connectionId: 'other',
    createdAt: 2000,
    name: 'Ada',
    videoType: 'camera',
    hasAudio: true,
    hasVideo: true,
    videoDimensions: { width: 640, height: 480 },
    frameRate: 30,
    ...changes,
  };
}
