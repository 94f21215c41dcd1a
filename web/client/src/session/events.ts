import type { EventWith, OTEvent } from '../events/event.js';
import type { Dimensions, Reason } from '../signalling/messages.js';
import type { Connection } from './connection.js';
import type { Session } from './session.js';
import type { Stream } from './stream.js';

/** A message through the session; `type` is `signal:TYPE`, or `signal` when it was sent without one. */
export type SignalEvent = EventWith<
  string,
  Session,
  {
    data: string | undefined;
    /** Who sent it; null when the application's server did. */
    from: Connection | null;
  }
>;

/** The property of a stream that changed. */
export type StreamPropertyChangedEvent = EventWith<
  'streamPropertyChanged',
  Session,
  {
    stream: Stream;
    changedProperty: 'hasAudio' | 'hasVideo' | 'videoDimensions';
    oldValue: boolean | Dimensions;
    newValue: boolean | Dimensions;
  }
>;

/** The events of a {@link Session}. */
export interface SessionEvents {
  /**
   * The session is joined. `mediaMode` is what it was created with, `routed` or `relayed`; `mediaPath` tells how
   * media really travels: `router`, also for a relayed session, until a peer-to-peer path exists.
   */
  sessionConnected: EventWith<
    'sessionConnected',
    Session,
    {
      connections: readonly Connection[];
      streams: readonly Stream[];
      mediaMode: string;
      mediaPath: string;
    }
  >;
  /**
   * The network keeps the session from working: the connection to the server is lost, or no media gets through. The library works on
   * it by itself.
   */
  sessionReconnecting: OTEvent<'sessionReconnecting', Session>;
  /** The session works again, and media flows where it did. Publishers and subscribers go on. */
  sessionReconnected: OTEvent<'sessionReconnected', Session>;
  /** Cancelable: the default removes all subscribers. */
  sessionDisconnected: EventWith<'sessionDisconnected', Session, { reason: Reason }>;
  /** Somebody joined; after connecting also dispatched for oneself and for who is there already. */
  connectionCreated: EventWith<'connectionCreated', Session, { connection: Connection }>;
  connectionDestroyed: EventWith<
    'connectionDestroyed',
    Session,
    { connection: Connection; reason: Reason }
  >;
  /** Somebody else publishes; own streams are told of on their Publisher. */
  streamCreated: EventWith<'streamCreated', Session, { stream: Stream }>;
  /** Cancelable: the default removes the stream's subscribers. */
  streamDestroyed: EventWith<'streamDestroyed', Session, { stream: Stream; reason: Reason }>;
  /** For own streams too. */
  streamPropertyChanged: StreamPropertyChangedEvent;
  /**
   * Whoever publishes `stream` speaks now, and somebody else did before; own streams too. Nothing tells when they fall silent. Who joins
   * hears of the last one to speak. An addition of this library.
   */
  activeSpeakerChanged: EventWith<'activeSpeakerChanged', Session, { stream: Stream }>;
  /** Every message, whatever its type. */
  signal: SignalEvent;
  /** Messages of one type. */
  [name: `signal:${string}`]: SignalEvent;
}
