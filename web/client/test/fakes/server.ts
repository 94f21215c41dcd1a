/** What a test sees of a request. */
export interface SentRequest {
  readonly id: number;
  readonly type: string;
  readonly [field: string]: unknown;
}

type Responder = (request: SentRequest) => object | undefined;

/** The client's end of a socket whose other end is the test: it answers requests and sends events. */
export class FakeServer {
  readonly url: string;
  readonly subprotocol: string;
  readonly requests: SentRequest[] = [];
  readonly responders = new Map<string, Responder>();
  closedWith: number | undefined;
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: unknown }) => void) | null = null;
  onclose: ((close: { code: number }) => void) | null = null;
  #streams = 0;
  #subscriptions = 0;
  #revision = 0;

  constructor(url: string, subprotocol: string) {
    this.url = url;
    this.subprotocol = subprotocol;
    this.responders.set('connect', () => welcome());
    this.responders.set('publish', () => ({ streamId: `own-stream-${++this.#streams}` }));
    this.responders.set('publishOffer', () => ({ sdp: 'answer' }));
    this.responders.set('subscribe', () => ({
      subscriptionId: `subscription-${++this.#subscriptions}`,
    }));
  }

  opens(): void {
    this.onopen?.();
  }

  send(text: string): void {
    const request = JSON.parse(text) as SentRequest;
    this.requests.push(request);
    const responder = this.responders.get(request.type) ?? (() => ({}));
    const result = responder(request);
    // A task of its own for each reply, as with a real socket; microtasks are what the library itself counts on.
    if (result) {
      setTimeout(() => {
        this.frame({ reply: request.id, ...result });
      });
    }
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
      revision: ++this.#revision,
      sdp: JSON.stringify(tracks.map(({ mid, kind }) => ({ mid, kind }))),
      tracks: tracks.map((track) => ({ ...track, streamId: 'stream-1' })),
    });
  }

  frame(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  drops(code = 1006): void {
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
  session: { id: 'session-1', mediaMode: 'routed', mediaPath: 'router' },
  connections: [],
  streams: [],
  pingIntervalMs: 1000,
  pingTimeoutMs: 3000,
  limits: {},
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
