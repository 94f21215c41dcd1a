import { alsoTell, errorOnly, settle, withPromise, type CompletionHandler } from '../completion.js';
import { OTError, toOTError } from '../errors.js';
import { Emitter } from '../events/emitter.js';
import { cancelableEventOf, eventOf } from '../events/event.js';
import { reportException } from '../exceptions.js';
import type {
  PublisherProperties,
  SessionOptions,
  Signal,
  SubscriberProperties,
} from '../options.js';
import type { Cancel, Platform } from '../platform.js';
import { Publisher } from '../publisher/publisher.js';
import { sessions } from '../registry.js';
import type { JoinedMessage, Reason } from '../signalling/messages.js';
import { explainRefusal } from '../signalling/refusal.js';
import { Subscriber } from '../subscriber/subscriber.js';
import type { Target } from '../ui/placement.js';
import { Announcer } from './announcer.js';
import {
  requireStream,
  requireUnpublished,
  sortArguments,
  type ConnectCall,
  type PublishCall,
  type SubscribeCall,
} from './calls.js';
import { capabilitiesOf, requireCapability, type Capabilities } from './capabilities.js';
import type { Connection } from './connection.js';
import type { SessionEvents } from './events.js';
import { join, whenPageGoes } from './join.js';
import { Room } from './room.js';
import { explainSignalFailure, signalRequest } from './signals.js';
import type { Stream } from './stream.js';

/** Where a client stands in its session. */
export type SessionState = 'disconnected' | 'connecting' | 'connected' | 'reconnecting';

type State =
  | { readonly name: 'disconnected' }
  | { readonly name: 'connecting'; readonly attempt: symbol; readonly joined: Promise<void> }
  | { readonly name: 'connected'; readonly room: Room; readonly forgetPage: Cancel };

const DISCONNECTED: State = { name: 'disconnected' };

/** A room on the server, as this client sees it. */
export class Session extends Emitter<SessionEvents> {
  /** As given to `initSession`. */
  readonly sessionId: string;
  /** The same as `sessionId`. */
  readonly id: string;
  /** The application id. */
  readonly apiKey: string;
  /** This client's presence; undefined while not connected. */
  connection: Connection | undefined;
  /** What the token allows; undefined while not connected. */
  capabilities: Capabilities | undefined;

  /** Joins the session: `session.connect(token, handler)` or `await session.connect.promise(token)`. */
  readonly connect: ConnectCall = withPromise(
    (token: string, handler?: CompletionHandler): this => {
      settle(this.#connect(token), errorOnly(handler));
      return this;
    },
    (token: string): Promise<void> => this.#connect(token),
  );

  /** Publishes: `session.publish(publisher, handler)` or `await session.publish.promise(publisher)`. */
  readonly publish: PublishCall = withPromise(
    (first?: Publisher | Target, ...rest: unknown[]): Publisher => {
      const { properties, handler } = sortArguments<PublisherProperties>([undefined, ...rest]);
      const publisher = this.#publisherFor(first, properties);
      settle(this.#publish(publisher), errorOnly(handler));
      return publisher;
    },
    (first?: Publisher | Target, properties: PublisherProperties = {}): Promise<Publisher> =>
      this.#publish(this.#publisherFor(first, properties)),
  );

  /** Receives a stream: `session.subscribe(stream, target, properties, handler)` or its promise style. */
  readonly subscribe: SubscribeCall = withPromise(
    (stream: Stream, ...rest: unknown[]): Subscriber => {
      const { target, properties, handler } = sortArguments<SubscriberProperties>(rest);
      const subscriber = this.#subscriberFor(stream, target, properties);
      settle(this.#subscribe(subscriber), errorOnly(handler));
      return subscriber;
    },
    (stream: Stream, target?: Target, properties: SubscriberProperties = {}): Promise<Subscriber> =>
      this.#subscribe(this.#subscriberFor(stream, target, properties)),
  );

  readonly #platform: Platform;
  readonly #options: SessionOptions;
  #state: State = DISCONNECTED;

  /** @internal */
  constructor(platform: Platform, apiKey: string, sessionId: string, options: SessionOptions) {
    super();
    this.#platform = platform;
    this.#options = options;
    this.apiKey = apiKey;
    this.sessionId = sessionId;
    this.id = sessionId;
    sessions.add(this);
  }

  /** Whether this client is in the session, also while its network is interrupted. */
  isConnected(): boolean {
    return this.#state.name === 'connected';
  }

  /** The same as {@link isConnected}. */
  get connected(): boolean {
    return this.isConnected();
  }

  /** Where this client stands; `reconnecting` while the network keeps a joined session from working. */
  get currentState(): SessionState {
    return this.#room()?.isInterrupted === true ? 'reconnecting' : this.#state.name;
  }

  /** Whether {@link currentState} is one of `states`. */
  is(...states: SessionState[]): boolean {
    return states.includes(this.currentState);
  }

  /** Leaves; own streams end and subscribers are removed. Does nothing while not connected. */
  disconnect(handler?: CompletionHandler): Promise<void> {
    this.#leave('clientDisconnected');
    return alsoTell(Promise.resolve(), errorOnly(handler));
  }

  /** Takes a publisher's stream out of the session; the publisher is destroyed unless a handler prevents it. */
  unpublish(publisher: Publisher): this {
    this.endPublication(publisher, 'clientDisconnected');
    return this;
  }

  /** Ends a subscriber and removes it from the page. */
  unsubscribe(subscriber: Subscriber): this {
    const room = this.#room();
    if (room) room.unsubscribe(subscriber, 'clientDisconnected', true);
    else subscriber.ended('clientDisconnected', { announce: false });
    return this;
  }

  /**
   * Sends a message to everyone in the session, this client included, or to one connection. While the network is interrupted it is
   * kept and sent afterwards, in order; with `retryAfterReconnect: false` it fails then with code 500.
   *
   * @throws SignalError with code 400 (wrong type, data or receiver), 403 (not allowed), 404 (the receiver is not connected), 413 (too
   * long), 429 (too many) or 500 (not connected).
   */
  signal(signal: Signal, handler?: CompletionHandler): Promise<void> {
    return alsoTell(this.#signal(signal), errorOnly(handler));
  }

  /** The subscribers of this page that receive a stream; often none or one. */
  getSubscribersForStream(stream: { readonly streamId: string }): Subscriber[] {
    return this.#room()?.subscribersOf(stream) ?? [];
  }

  /** The publisher of this page that sends a stream, if one does. */
  getPublisherForStream(stream: { readonly streamId: string }): Publisher | undefined {
    return this.#room()?.publisherOf(stream.streamId);
  }

  /** @deprecated Use `on`. */
  addEventListener(...args: Parameters<Emitter<SessionEvents>['on']>): void {
    this.on(...args);
  }

  /** @deprecated Use `off`. */
  removeEventListener(...args: Parameters<Emitter<SessionEvents>['off']>): void {
    this.off(...args);
  }

  /** @internal */
  endPublication(publisher: Publisher, reason: Reason): void {
    this.#room()?.unpublish(publisher, reason, true);
  }

  #room(): Room | undefined {
    return this.#state.name === 'connected' ? this.#state.room : undefined;
  }

  #connect(token: string): Promise<void> {
    switch (this.#state.name) {
      case 'connected':
        return Promise.resolve();
      case 'connecting':
        return this.#state.joined;
      case 'disconnected': {
        const attempt = Symbol('attempt to join');
        const joined = this.#join(token, attempt).catch((thrown: unknown) => {
          if (this.#isCurrent(attempt)) this.#state = DISCONNECTED;
          const error = toOTError(explainRefusal(thrown));
          reportException(error, this);
          throw error;
        });
        this.#state = { name: 'connecting', attempt, joined };
        return joined;
      }
    }
  }

  async #join(token: string, attempt: symbol): Promise<void> {
    const ticket = { sessionId: this.sessionId, token, serverUrl: this.#options.serverUrl };
    const { signalling, found } = await join(this.#platform, ticket, {
      event: (event) => this.#room()?.handle(event),
      interrupted: () => this.#room()?.signallingChanged('lost'),
      resumed: () => this.#room()?.signallingChanged('resumed'),
      networkChanged: () => this.#room()?.networkChanged(),
      ended: () => {
        this.#leave('networkDisconnected');
      },
    });
    if (!this.#isCurrent(attempt)) {
      signalling.close();
      throw new OTError('OT_DISCONNECTED', 'disconnect was called before the session was joined');
    }
    signalling.joined(found);
    const announcer = this.#announcer();
    this.#entered(new Room(this.#platform, signalling, found, announcer), found, announcer);
  }

  #isCurrent(attempt: symbol): boolean {
    return this.#state.name === 'connecting' && this.#state.attempt === attempt;
  }

  #entered(room: Room, joined: JoinedMessage, announcer: Announcer): void {
    const forgetPage = whenPageGoes(() => {
      this.#leave('clientDisconnected');
    });
    this.#state = { name: 'connected', room, forgetPage };
    this.connection = room.connection;
    this.capabilities = capabilitiesOf(joined.capabilities);
    sessions.add(this);
    const connections = room.connections();
    const streams = room.streams();
    const { mediaMode, mediaPath } = joined;
    this.emit(eventOf('sessionConnected', this, { connections, streams, mediaMode, mediaPath }));
    for (const connection of connections) announcer.connectionCreated(connection);
    for (const stream of streams) announcer.streamCreated(stream);
  }

  #announcer(): Announcer {
    return new Announcer(this, this.#options.connectionEventsSuppressed !== true, {
      dropSubscribers: (stream, reason) => {
        const room = this.#room();
        for (const subscriber of room?.subscribersOf(stream) ?? []) {
          room?.unsubscribe(subscriber, reason, false);
        }
      },
      leave: (reason) => {
        this.#leave(reason);
      },
    });
  }

  #leave(reason: Reason): void {
    const state = this.#state;
    this.#state = DISCONNECTED;
    if (state.name !== 'connected') return;
    const { room, forgetPage } = state;
    forgetPage();
    room.close(reason);
    room.signalling.close();
    this.connection = undefined;
    this.capabilities = undefined;
    sessions.remove(this);
    this.emit(cancelableEventOf('sessionDisconnected', this, { reason }), {
      defaultAction: () => {
        for (const subscriber of room.subscribers()) room.unsubscribe(subscriber, reason, false);
      },
    });
  }

  #publisherFor(publisherOrTarget: Publisher | Target, properties: PublisherProperties): Publisher {
    if (publisherOrTarget instanceof Publisher) return publisherOrTarget;
    return new Publisher(this.#platform, publisherOrTarget, properties, undefined);
  }

  async #publish(publisher: Publisher): Promise<Publisher> {
    try {
      const room = this.#requireRoom();
      requireCapability(this.capabilities, 'publish');
      requireUnpublished(publisher);
      const publication = room.publication(publisher);
      publisher.publishing(this, publication);
      try {
        publisher.streamStarted(await publication.start(publisher.prepared()));
      } catch (error) {
        room.unpublish(publisher, 'clientDisconnected', true);
        throw error;
      }
      return publisher;
    } catch (thrown) {
      throw this.#failed(thrown, publisher);
    }
  }

  #subscriberFor(stream: Stream, target: Target, properties: SubscriberProperties): Subscriber {
    return new Subscriber(this.#platform, this, requireStream(stream), target, properties);
  }

  async #subscribe(subscriber: Subscriber): Promise<Subscriber> {
    try {
      const room = this.#requireRoom();
      const stream = subscriber.stream;
      requireCapability(this.capabilities, 'subscribe');
      if (!stream || !room.streams().includes(stream)) {
        throw new OTError('OT_STREAM_NOT_FOUND', 'The stream is not in the session any more');
      }
      const subscription = room.subscription(subscriber, stream);
      subscriber.subscribing(subscription);
      await subscription.start();
      return subscriber;
    } catch (thrown) {
      const error = this.#failed(thrown, subscriber);
      subscriber.failed(error);
      throw error;
    }
  }

  async #signal(signal: Signal): Promise<void> {
    try {
      const room = this.#requireRoom();
      await room.signalling.request('signal', signalRequest(signal), {
        lasting: signal.retryAfterReconnect !== false,
      });
    } catch (thrown) {
      throw explainSignalFailure(thrown, signal);
    }
  }

  #requireRoom(): Room {
    const room = this.#room();
    if (!room) throw new OTError('OT_NOT_CONNECTED', 'The session is not connected');
    return room;
  }

  #failed(thrown: unknown, target: object): OTError {
    const error = toOTError(explainRefusal(thrown));
    // What was ended on purpose is told to the handler, and is no exception.
    if (error.name !== 'OT_STREAM_DESTROYED') reportException(error, target);
    return error;
  }
}
