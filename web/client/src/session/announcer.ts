import type { OTError } from '../errors.js';
import { cancelableEventOf, eventOf, OTEvent } from '../events/event.js';
import { reportException } from '../exceptions.js';
import type { Dimensions, PropertyChange, Reason } from '../signalling/messages.js';
import type { Connection } from './connection.js';
import type { RoomObserver } from './room.js';
import type { Session } from './session.js';
import type { Stream } from './stream.js';

/** What the announcer can't do itself. */
export interface AnnouncerActions {
  /** Removes the subscribers of a stream that is gone. */
  readonly dropSubscribers: (stream: Stream, reason: Reason) => void;
  readonly leave: (reason: Reason) => void;
}

/** Dispatches what happens in a room as events of its session. */
export class Announcer implements RoomObserver {
  readonly #session: Session;
  readonly #connectionEvents: boolean;
  readonly #actions: AnnouncerActions;

  constructor(session: Session, connectionEvents: boolean, actions: AnnouncerActions) {
    this.#session = session;
    this.#connectionEvents = connectionEvents;
    this.#actions = actions;
  }

  connectionCreated(connection: Connection): void {
    if (!this.#connectionEvents) return;
    this.#session.emit(eventOf('connectionCreated', this.#session, { connection }));
  }

  connectionDestroyed(connection: Connection, reason: Reason): void {
    if (!this.#connectionEvents) return;
    this.#session.emit(eventOf('connectionDestroyed', this.#session, { connection, reason }));
  }

  streamCreated(stream: Stream): void {
    this.#session.emit(eventOf('streamCreated', this.#session, { stream }));
  }

  streamDestroyed(stream: Stream, reason: Reason): void {
    this.#session.emit(cancelableEventOf('streamDestroyed', this.#session, { stream, reason }), {
      defaultAction: () => {
        this.#actions.dropSubscribers(stream, reason);
      },
    });
  }

  streamPropertyChanged(
    stream: Stream,
    { property, newValue }: PropertyChange,
    oldValue: boolean | Dimensions,
  ): void {
    const payload = { stream, changedProperty: property, oldValue, newValue };
    this.#session.emit(eventOf('streamPropertyChanged', this.#session, payload));
  }

  activeSpeakerChanged(stream: Stream): void {
    this.#session.emit(eventOf('activeSpeakerChanged', this.#session, { stream }));
  }

  signal(signalType: string | undefined, data: string | undefined, from: Connection | null): void {
    const type = signalType === undefined ? 'signal' : `signal:${signalType}`;
    const names = signalType === undefined ? ['signal'] : ['signal', type];
    this.#session.emit(eventOf(type, this.#session, { data, from }), { names });
  }

  interrupted(): void {
    this.#session.emit(new OTEvent('sessionReconnecting', this.#session));
  }

  restored(): void {
    this.#session.emit(new OTEvent('sessionReconnected', this.#session));
  }

  disconnected(reason: Reason): void {
    this.#actions.leave(reason);
  }

  exception(error: OTError, target: object): void {
    reportException(error, target);
  }
}
