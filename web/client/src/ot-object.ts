import * as api from './ot.js';
import type * as types from './types.js';

/** The whole API as one plain object, which applications spread, spy on and extend. */
export const OT = { ...api };

// The API is known for types like OT.Session; only a namespace can put types next to the object of the same name.
// eslint-disable-next-line @typescript-eslint/no-namespace
export declare namespace OT {
  export type Session = types.Session;
  export type SessionOptions = types.SessionOptions;
  export type SessionEvents = types.SessionEvents;
  export type Publisher = types.Publisher;
  export type PublisherProperties = types.PublisherProperties;
  export type PublisherEvents = types.PublisherEvents;
  export type PublisherStats = types.PublisherStats;
  export type Subscriber = types.Subscriber;
  export type SubscriberProperties = types.SubscriberProperties;
  export type SubscriberEvents = types.SubscriberEvents;
  export type SubscriberStats = types.SubscriberStats;
  export type Stream = types.Stream;
  export type Connection = types.Connection;
  export type Capabilities = types.Capabilities;
  export type Device = types.Device;
  export type Dimensions = types.Dimensions;
  export type VideoSource = types.VideoSource;
  export type WidgetStyle = types.WidgetStyle;
  export type Signal = types.Signal;
  export type Event<Type extends string = string, Target = unknown> = types.Event<Type, Target>;
  export type SignalEvent = types.SignalEvent;
  export type ExceptionEvent = types.ExceptionEvent;
  export type OTError = types.OTError;
}

/** Scripts that came before modules expect a global of this name; one that is there already is left alone. */
export function offerGlobal(): void {
  if (typeof window !== 'undefined' && !('OT' in window)) Object.assign(window, { OT });
}
