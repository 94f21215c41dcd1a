import { OTError } from '../errors.js';
import { logError, logWarning } from '../logging.js';
import type { Cancel, Platform } from '../platform.js';
import { decodeFrame, decodeResumed, RESULTS, type Frame } from './decode.js';
import type { Fields } from './fields.js';
import { KeepAlive } from './keep-alive.js';
import { Line } from './line.js';
import type { JoinedMessage, Requests, RequestType, ServerEvent } from './messages.js';
import { interrupted, OpenRequests, type OpenRequest } from './open-requests.js';
import { Outbox } from './outbox.js';
import { linkUp, nextLink, type LinkInput, type LinkState } from './reconnection.js';
import { endsConnection, explainClosedJoin, Refusal } from './refusal.js';

/** Who is told what the server says. */
export interface SignallingListener {
  /** One event of the server, in order. */
  event(event: ServerEvent): void;
  /** The socket is lost and is being replaced; requests wait. */
  interrupted(): void;
  /** A new socket goes on where the lost one ended; requests that waited are on their way. */
  resumed(): void;
  /** The machine has another network now, and the socket may not have noticed. */
  networkChanged(): void;
  /** It is over without {@link Signalling.close}: the network, or the server. Called at most once. */
  ended(closeCode: number): void;
}

/** How long the first socket may take to open, in milliseconds. */
const OPEN_TIMEOUT_MS = 15_000;

/** The requests of a client get larger ids; so the reply to `resume` can't be mistaken for another. */
const RESUME_ID = 0;

/** Not a close code of the network (RFC 6455 §7.1.5): no close frame came. */
const NO_CLOSE_FRAME = 1006;

/** What a joined client needs to come back with a new socket. */
interface Presence {
  readonly connectionId: string;
  readonly keepAlive: KeepAlive;
  readonly outbox: Outbox;
  readonly forgetNetwork: Cancel;
  resume: { readonly token: string; readonly windowMs: number };
  link: LinkState;
}

/**
 * The conversation with the server: requests with their replies, and events. Once joined it outlives its socket: a lost one is replaced
 * for as long as the server keeps the connection; requests wait meanwhile, each is carried out once and each frame handled once.
 */
export class Signalling {
  readonly #platform: Platform;
  readonly #url: string;
  readonly #listener: SignallingListener;
  readonly #requests = new OpenRequests();
  #line: Line | undefined;
  #presence: Presence | undefined;
  #nextId = RESUME_ID + 1;
  /** The last frame handled. */
  #seq = 0;
  #closed = false;
  #stopTimer: Cancel = () => undefined;

  private constructor(platform: Platform, url: string, listener: SignallingListener) {
    this.#platform = platform;
    this.#url = url;
    this.#listener = listener;
  }

  /**
   * Opens a socket; resolves when requests can be sent.
   *
   * @throws OTError OT_CONNECT_FAILED when it can't be opened, OT_TIMEOUT when that takes longer than 15 s.
   */
  static async open(
    platform: Platform,
    url: string,
    listener: SignallingListener,
  ): Promise<Signalling> {
    const signalling = new Signalling(platform, url, listener);
    await signalling.#openFirst();
    return signalling;
  }

  /**
   * Sends a request; resolves with the result of its reply. While the socket is lost it waits for the next one; with `lasting` false it
   * fails instead, also when it was sent and the server did not get it.
   *
   * @throws Refusal when the server refuses it; OTError OT_DISCONNECTED when the session ends before the reply, OT_NOT_CONNECTED when
   * it was not to wait.
   */
  async request<Type extends RequestType>(
    type: Type,
    fields: Requests[Type]['fields'],
    { lasting = true }: { readonly lasting?: boolean } = {},
  ): Promise<Requests[Type]['result']> {
    if (this.#closed) throw disconnected();
    const isUp = this.#isUp();
    if (!isUp && !lasting) throw interrupted();
    const id = this.#nextId++;
    const text = JSON.stringify({ ...fields, id, type });
    const reply = new Promise<Fields>((resolve, reject) => {
      this.#requests.add({ id, text, lasting, resolve, reject });
    });
    if (isUp) this.#send(text);
    return RESULTS[type](await reply);
  }

  /** After the reply to `connect`: from now on a lost socket is noticed and replaced. */
  joined({ connection, resume, limits, pingIntervalMs, pingTimeoutMs }: JoinedMessage): void {
    const keepAlive = new KeepAlive(
      this.#platform,
      { pingIntervalMs, pingTimeoutMs },
      () => {
        this.#ping();
      },
      () => {
        this.#dropLine();
        this.#gone(NO_CLOSE_FRAME);
      },
    );
    this.#presence = {
      connectionId: connection.id,
      keepAlive,
      outbox: new Outbox(this.#platform, limits.messagesPerSecond, (text) =>
        this.#line?.send(text),
      ),
      forgetNetwork: this.#platform.networkChanges(() => {
        this.#networkChanged();
      }),
      resume,
      link: linkUp(this.#platform.elapsedMs()),
    };
    keepAlive.start();
  }

  /** What shares the network with the socket has lost it: an answer soon, or the socket is replaced. */
  doubt(): void {
    if (this.#isUp()) this.#presence?.keepAlive.probe();
  }

  /** Leaves: says `disconnect` and closes with 1000. The listener hears no more. */
  close(): void {
    if (this.#closed) return;
    if (this.#isUp()) {
      this.#line?.send(JSON.stringify({ id: this.#nextId++, type: 'disconnect' }));
    }
    this.#line?.close(1000);
    this.#end(disconnected());
  }

  #openFirst(): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.#platform.after(OPEN_TIMEOUT_MS, () => {
        this.#dropLine();
        reject(
          new OTError('OT_TIMEOUT', `No answer from ${this.#url} within ${OPEN_TIMEOUT_MS} ms`),
        );
      });
      let isOpen = false;
      this.#line = new Line(this.#platform, this.#url, {
        opened: () => {
          isOpen = true;
          cancel();
          resolve();
        },
        text: (text) => {
          this.#received(text);
        },
        closed: (closeCode) => {
          cancel();
          if (isOpen) this.#gone(closeCode);
          else reject(explainClosedJoin(closeCode));
        },
      });
    });
  }

  #isUp(): boolean {
    return this.#presence === undefined || this.#presence.link.name === 'up';
  }

  #send(text: string): void {
    if (this.#presence) this.#presence.outbox.send(text);
    else this.#line?.send(text);
  }

  #ping(): void {
    this.request('ping', this.#seq === 0 ? {} : { seq: this.#seq }).catch((error: unknown) => {
      logWarning('a ping failed', error);
    });
  }

  #received(text: string): void {
    this.#presence?.keepAlive.heard();
    let frame: Frame;
    try {
      frame = decodeFrame(text);
    } catch (fault) {
      logError('a message of the server makes no sense and was ignored', fault);
      return;
    }
    if (frame.seq !== undefined) {
      if (frame.seq <= this.#seq) return;
      this.#seq = frame.seq;
    }
    this.#handle(frame);
  }

  #handle(frame: Frame): void {
    switch (frame.kind) {
      case 'event':
        this.#listener.event(frame.event);
        return;
      case 'reply':
        if (frame.id === RESUME_ID) this.#resumed(frame.fields);
        else this.#take(frame.id)?.resolve(frame.fields);
        return;
      case 'refusal':
        if (frame.id === RESUME_ID) this.#resumeRefused(frame.code, frame.message);
        else this.#take(frame.id)?.reject(new Refusal(frame.code, frame.message));
        return;
      case 'unknownEvent':
        // A newer server may know more events; the protocol lets a client ignore them.
        logWarning(`ignored the unknown event "${frame.name}"`);
    }
  }

  #take(id: number): OpenRequest | undefined {
    const request = this.#requests.take(id);
    if (!request) logError(`a reply to no open request (${id}) was ignored`);
    return request;
  }

  /** The socket in use is gone. */
  #gone(closeCode: number): void {
    const presence = this.#presence;
    this.#line = undefined;
    if (!presence || endsConnection(closeCode)) {
      this.#over(presence ? disconnected() : explainClosedJoin(closeCode), closeCode);
      return;
    }
    presence.keepAlive.stop();
    presence.outbox.stop();
    this.#advance({ kind: 'lost', windowMs: presence.resume.windowMs });
    if (!this.#closed) this.#listener.interrupted();
  }

  #networkChanged(): void {
    if (this.#isUp()) this.doubt();
    else this.#advance({ kind: 'networkChanged' });
    this.#listener.networkChanged();
  }

  /** Takes the link to its next state and does what that asks for. */
  #advance(input: LinkInput): void {
    const presence = this.#presence;
    if (!presence || this.#closed) return;
    const before = presence.link;
    const link = nextLink(before, input, this.#platform.elapsedMs(), this.#platform.random());
    if (link === before) return;
    presence.link = link;
    this.#stopTimer();
    switch (link.name) {
      case 'waiting':
      case 'trying':
        this.#dropLine();
        this.#stopTimer = this.#platform.after(link.dueMs - this.#platform.elapsedMs(), () => {
          this.#advance({ kind: 'due' });
        });
        if (link.name === 'trying') this.#try(presence);
        return;
      case 'over':
        this.#dropLine();
        this.#over(disconnected(), NO_CLOSE_FRAME);
        return;
      case 'up':
    }
  }

  #try(presence: Presence): void {
    const line = new Line(this.#platform, this.#url, {
      opened: () => {
        const { connectionId, resume } = presence;
        const fields = { connectionId, token: resume.token, seq: this.#seq };
        line.send(JSON.stringify({ id: RESUME_ID, type: 'resume', ...fields }));
      },
      text: (text) => {
        this.#received(text);
      },
      closed: (closeCode) => {
        if (presence.link.name === 'up') this.#gone(closeCode);
        else this.#advance({ kind: endsConnection(closeCode) ? 'refused' : 'failed' });
      },
    });
    this.#line = line;
  }

  #resumed(fields: Fields): void {
    const presence = this.#presence;
    const line = this.#line;
    if (presence?.link.name !== 'trying' || !line) return;
    const { resume, received } = decodeResumed(fields);
    presence.resume = resume;
    this.#advance({ kind: 'resumed' });
    presence.keepAlive.start();
    presence.outbox.restart((text) => {
      line.send(text);
    }, this.#requests.resend(received));
    this.#listener.resumed();
  }

  #resumeRefused(code: string, message: string): void {
    logWarning(`the server refused to resume: ${code} ${message}`);
    this.#advance({ kind: code === 'resume_failed' ? 'refused' : 'failed' });
  }

  #dropLine(): void {
    this.#line?.close();
    this.#line = undefined;
  }

  #over(error: OTError, closeCode: number): void {
    this.#end(error);
    this.#listener.ended(closeCode);
  }

  #end(error: OTError): void {
    this.#closed = true;
    this.#stopTimer();
    this.#presence?.keepAlive.stop();
    this.#presence?.outbox.stop();
    this.#presence?.forgetNetwork();
    this.#requests.failAll(error);
  }
}

function disconnected(): OTError {
  return new OTError('OT_DISCONNECTED', 'The connection to the session is closed');
}
