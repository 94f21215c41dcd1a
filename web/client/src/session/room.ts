import type { OTError } from '../errors.js';
import { logError, logWarning } from '../logging.js';
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
import { MediaPaths } from './media-paths.js';
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
  activeSpeakerChanged(stream: Stream): void;
  signal(type: string | undefined, data: string | undefined, from: Connection | null): void;
  /** The network keeps the session from working, or no longer does. */
  interrupted(): void;
  restored(): void;
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
  readonly #paths: MediaPaths;
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
    this.#paths = new MediaPaths(platform, signalling, joined.videoCodecs, {
      interrupted: () => {
        observer.interrupted();
      },
      restored: () => {
        observer.restored();
      },
      subscriptionsChanged: () => {
        for (const { subscription } of this.#subscribers) subscription?.refresh();
      },
      mediaExpected: () =>
        [...this.#subscribers].some(({ subscription }) => subscription?.expectsMedia() === true),
      publishingFailed: (error) => {
        this.#publishingFailed(error);
      },
      subscribingFailed: (error) => {
        this.#subscribingFailed(error);
      },
    });
  }

  /** Whether the network keeps the session from working now. */
  get isInterrupted(): boolean {
    return this.#paths.isInterrupted;
  }

  /** The signalling socket is lost, or has been replaced. */
  signallingChanged(state: 'lost' | 'resumed'): void {
    if (state === 'lost') this.#paths.suspend();
    else this.#paths.resume();
  }

  networkChanged(): void {
    this.#paths.networkChanged();
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
    this.#paths.revive();
    const context: PublicationContext = {
      signalling: this.signalling,
      peer: () => this.#paths.publishing(),
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

  subscription(subscriber: Subscriber, stream: Stream): Subscription {
    this.#subscribers.add(subscriber);
    this.#paths.revive();
    const context: SubscriptionContext = {
      platform: this.#platform,
      signalling: this.signalling,
      peer: () => this.#paths.subscribing(),
      isInterrupted: () => this.#paths.isInterrupted,
    };
    return new Subscription(context, stream, subscriber.wanted(), {
      media: (media) => {
        subscriber.mediaChanged(media);
      },
      stateChanged: (state) => {
        subscriber.connectionChanged(state);
      },
      refused: (kind, codec) => {
        subscriber.codecRefused(kind, codec);
      },
      qualityChanged: (quality) => {
        subscriber.qualityChanged(quality);
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
        this.#paths
          .subscribing()
          .offered(event)
          .catch((error: unknown) => {
            logWarning('an answer did not reach the server', error);
          });
        return;
      case 'subscriptionRefused':
        for (const { subscription } of this.#subscribers) subscription?.refused(event);
        return;
      case 'videoQuality':
        for (const { subscription } of this.#subscribers) subscription?.qualityChanged(event);
        return;
      case 'activeSpeaker': {
        const stream = this.#streams.get(event.streamId);
        if (stream) this.#observer.activeSpeakerChanged(stream);
        return;
      }
      case 'wantedLayers':
        this.#layersWanted(event.streamId, event.rids);
        return;
      case 'streamInterrupted':
      case 'streamRestored':
        this.#streamFlows(event.streamId, event.event === 'streamRestored');
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
    this.#paths.close();
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
    for (const subscriber of this.subscribersOf(stream)) subscriber.streamChanged(change);
    this.#observer.streamPropertyChanged(stream, change, oldValue);
  }

  #layersWanted(streamId: string, rids: readonly string[]): void {
    for (const { publication } of this.#publishers) {
      if (publication?.stream?.streamId !== streamId) continue;
      publication.wantLayers(rids).catch((error: unknown) => {
        logWarning('a layer was not switched on or off', error);
      });
    }
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

  #streamFlows(streamId: string, flows: boolean): void {
    const stream = this.#streams.get(streamId);
    if (!stream) return;
    stream.isInterrupted = !flows;
    for (const { subscription } of this.subscribersOf(stream)) subscription?.refresh();
  }

  #publishingFailed(error: OTError): void {
    for (const publisher of [...this.#publishers]) {
      if (publisher.stream) this.#observer.exception(error, publisher);
      this.unpublish(publisher, 'networkDisconnected', true);
    }
  }

  #subscribingFailed(error: OTError): void {
    for (const subscriber of this.subscribers()) {
      this.#observer.exception(error, subscriber);
      subscriber.subscription?.fail(error);
      this.unsubscribe(subscriber, 'networkDisconnected', true);
    }
  }
}
