import { OTError, toOTError } from '../errors.js';
import { logError, logWarning } from '../logging.js';
import { PublishPeer } from '../peers/publish-peer.js';
import { SubscribePeer } from '../peers/subscribe-peer.js';
import type { Platform } from '../platform.js';
import type { Publisher } from '../publisher/publisher.js';
import type {
  Announcement,
  Dimensions,
  JoinedMessage,
  PropertyChange,
  Reason,
  ServerEvent,
  StreamMessage,
} from '../signalling/messages.js';
import type { Signalling } from '../signalling/signalling.js';
import type { Subscriber } from '../subscriber/subscriber.js';
import { Connection } from './connection.js';
import { Publication, type PublicationContext } from './publication.js';
import { Stream } from './stream.js';
import { Subscription, type SubscriptionContext } from './subscription.js';

/** What a room tells its session. */
export interface RoomObserver {
  connectionCreated(connection: Connection): void;
  connectionDestroyed(connection: Connection, reason: Reason): void;
  streamCreated(stream: Stream): void;
  streamDestroyed(stream: Stream, reason: Reason): void;
  streamPropertyChanged(
    stream: Stream,
    change: PropertyChange,
    oldValue: boolean | Dimensions,
  ): void;
  signal(type: string | undefined, data: string | undefined, from: Connection | null): void;
  /** The server ended this client's presence, or is about to. */
  disconnected(reason: Reason): void;
  exception(error: OTError, target: object): void;
}

/** A session while this client is in it: who and what is there, what is published and what is subscribed to. */
export class Room {
  readonly signalling: Signalling;
  readonly connection: Connection;
  readonly #platform: Platform;
  readonly #observer: RoomObserver;
  readonly #connections = new Map<string, Connection>();
  /** Own streams too. */
  readonly #streams = new Map<string, Stream>();
  readonly #publishers = new Set<Publisher>();
  readonly #subscribers = new Set<Subscriber>();
  #publishPeer: PublishPeer | undefined;
  #subscribePeer: SubscribePeer | undefined;
  #closed = false;

  constructor(
    platform: Platform,
    signalling: Signalling,
    joined: JoinedMessage,
    observer: RoomObserver,
  ) {
    this.#platform = platform;
    this.signalling = signalling;
    this.#observer = observer;
    this.connection = new Connection(joined.connection);
    for (const message of [joined.connection, ...joined.connections]) {
      this.#connections.set(
        message.id,
        message.id === this.connection.id ? this.connection : new Connection(message),
      );
    }
    for (const message of joined.streams) this.#addStream(message);
  }

  connections(): Connection[] {
    return [...this.#connections.values()];
  }

  streams(): Stream[] {
    return [...this.#streams.values()];
  }

  subscribers(): Subscriber[] {
    return [...this.#subscribers];
  }

  publisherOf(streamId: string): Publisher | undefined {
    return [...this.#publishers].find(
      ({ publication }) => publication?.stream?.streamId === streamId,
    );
  }

  /** Starts a publication of `publisher`; its outcome is that of `start`. */
  publication(publisher: Publisher): Publication {
    this.#publishers.add(publisher);
    const context: PublicationContext = {
      signalling: this.signalling,
      peer: () => this.#publishing(),
      ownStream: (streamId, announcement) => this.#ownStream(streamId, announcement),
    };
    return new Publication(context, publisher.label());
  }

  /** Ends a publication and tells its publisher. */
  unpublish(publisher: Publisher, reason: Reason, announce: boolean): void {
    const publication = publisher.publication;
    if (!this.#publishers.delete(publisher) || !publication) return;
    publication.end({ announce });
    const stream = publication.stream;
    if (stream) {
      this.#streams.delete(stream.streamId);
      // The server ended the subscriptions to it as well.
      for (const subscriber of this.subscribersOf(stream)) {
        this.unsubscribe(subscriber, reason, false);
      }
    }
    publisher.streamEnded(reason);
  }

  subscription(subscriber: Subscriber, streamId: string): Subscription {
    this.#subscribers.add(subscriber);
    const context: SubscriptionContext = {
      platform: this.#platform,
      signalling: this.signalling,
      peer: () => this.#subscribing(),
    };
    return new Subscription(context, streamId, subscriber.wanted(), {
      media: (media) => {
        subscriber.mediaChanged(media);
      },
      stateChanged: (state) => {
        subscriber.connectionChanged(state);
      },
      refused: (kind, codec) => {
        subscriber.codecRefused(kind, codec);
      },
    });
  }

  unsubscribe(subscriber: Subscriber, reason: Reason, announce: boolean): void {
    this.#subscribers.delete(subscriber);
    subscriber.ended(reason, { announce });
  }

  subscribersOf(stream: { readonly streamId: string }): Subscriber[] {
    return this.subscribers().filter(
      (subscriber) => subscriber.stream?.streamId === stream.streamId,
    );
  }

  /** Applies one event of the server. */
  handle(event: ServerEvent): void {
    if (this.#closed) return;
    switch (event.event) {
      case 'connectionCreated': {
        const connection = new Connection(event.connection);
        this.#connections.set(connection.id, connection);
        this.#observer.connectionCreated(connection);
        return;
      }
      case 'connectionDestroyed': {
        const connection = this.#connections.get(event.connectionId);
        if (!connection) return;
        this.#connections.delete(connection.id);
        this.#observer.connectionDestroyed(connection, event.reason);
        return;
      }
      case 'streamCreated':
        this.#observer.streamCreated(this.#addStream(event.stream));
        return;
      case 'streamDestroyed':
        this.#streamDestroyed(event.streamId, event.reason);
        return;
      case 'streamPropertyChanged':
        this.#streamPropertyChanged(event.streamId, event.change);
        return;
      case 'signal': {
        const from = event.from === undefined ? null : this.#connectionOf(event.from);
        this.#observer.signal(event.signalType, event.data, from);
        return;
      }
      case 'subscribeOffer':
        this.#subscribing()
          .offered(event)
          .catch((error: unknown) => {
            logWarning('an answer did not reach the server', error);
          });
        return;
      case 'subscriptionRefused':
        for (const { subscription } of this.#subscribers) subscription?.refused(event);
        return;
      case 'streamInterrupted':
      case 'streamRestored':
        return;
      case 'disconnected':
        this.#observer.disconnected(event.reason);
    }
  }

  /** Ends everything that is published and closes the PeerConnections; subscribers are the session's to remove. */
  close(reason: Reason): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const publisher of [...this.#publishers]) this.unpublish(publisher, reason, false);
    for (const subscriber of this.#subscribers) subscriber.subscription?.end({ announce: false });
    this.#publishPeer?.close();
    this.#subscribePeer?.close();
  }

  #addStream(message: StreamMessage): Stream {
    const stream = new Stream(message, this.#connectionOf(message.connectionId));
    this.#streams.set(stream.streamId, stream);
    return stream;
  }

  #connectionOf(id: string): Connection {
    const known = this.#connections.get(id);
    if (!known) logError(`the server named a connection it did not announce: ${id}`);
    return known ?? new Connection({ id, createdAt: this.#platform.nowMs(), data: '' });
  }

  #streamDestroyed(streamId: string, reason: Reason): void {
    const publisher = this.publisherOf(streamId);
    if (publisher) {
      this.unpublish(publisher, reason, false);
      return;
    }
    const stream = this.#streams.get(streamId);
    if (!stream) return;
    this.#streams.delete(streamId);
    this.#observer.streamDestroyed(stream, reason);
  }

  #streamPropertyChanged(streamId: string, change: PropertyChange): void {
    const stream = this.#streams.get(streamId);
    if (!stream) return;
    const oldValue = stream.apply(change);
    for (const subscriber of this.subscribersOf(stream)) subscriber.streamChanged();
    this.#observer.streamPropertyChanged(stream, change, oldValue);
  }

  #ownStream(streamId: string, announcement: Announcement): Stream {
    return this.#addStream({
      initials: undefined,
      videoType: undefined,
      videoDimensions: undefined,
      frameRate: undefined,
      ...announcement,
      id: streamId,
      connectionId: this.connection.id,
      createdAt: this.#platform.nowMs(),
    });
  }

  /** The PeerConnection for what this client sends; made when first needed. */
  #publishing(): PublishPeer {
    this.#publishPeer ??= new PublishPeer(
      this.#newPeerConnection(),
      async (sdp, tracks) => (await this.signalling.request('publishOffer', { sdp, tracks })).sdp,
      (error) => {
        for (const publisher of [...this.#publishers]) {
          if (publisher.stream) this.#observer.exception(error, publisher);
          this.unpublish(publisher, 'networkDisconnected', true);
        }
      },
    );
    return this.#publishPeer;
  }

  /** The PeerConnection for what this client receives; made when first needed. */
  #subscribing(): SubscribePeer {
    const refresh = (): void => {
      for (const subscriber of this.#subscribers) subscriber.subscription?.refresh();
    };
    this.#subscribePeer ??= new SubscribePeer(
      this.#newPeerConnection(),
      (revision, sdp) => this.signalling.request('subscribeAnswer', { revision, sdp }),
      {
        negotiated: refresh,
        stateChanged: refresh,
        failed: (error) => {
          for (const subscriber of this.subscribers()) {
            this.#observer.exception(error, subscriber);
            subscriber.subscription?.fail(error);
            this.unsubscribe(subscriber, 'networkDisconnected', true);
          }
        },
      },
    );
    return this.#subscribePeer;
  }

  #newPeerConnection(): RTCPeerConnection {
    try {
      return this.#platform.newPeerConnection();
    } catch (error) {
      throw toOTError(error, 'OT_CREATE_PEER_CONNECTION_FAILED');
    }
  }
}
