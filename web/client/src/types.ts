/** The types of the public API. */
export type { CompletionHandler, ResultHandler } from './completion.js';
export type { ErrorName, OTError, SignalError } from './errors.js';
export type { OTEvent as Event } from './events/event.js';
export type { Handler, HandlerMap } from './events/emitter.js';
export type { ExceptionEvent } from './exceptions.js';
export type { Device } from './media/devices.js';
export type {
  PublisherLayerStats,
  PublisherRtcStatsReport,
  PublisherStats,
  PublisherStatsEntry,
  PublisherTrackStats,
  SubscriberStats,
  SubscriberTrackStats,
} from './media/stats.js';
export type * from './options.js';
export type { PublisherEvents } from './publisher/events.js';
export type { Publisher, VideoSource } from './publisher/publisher.js';
export type { Connection } from './session/connection.js';
export type { SessionEvents, SignalEvent, StreamPropertyChangedEvent } from './session/events.js';
export type { Capabilities } from './session/capabilities.js';
export type { Session } from './session/session.js';
export type { Stream } from './session/stream.js';
export type { Dimensions, Reason, VideoType } from './signalling/messages.js';
export type { SubscriberEvents, VideoReason } from './subscriber/events.js';
export type { Subscriber } from './subscriber/subscriber.js';
export type { ScreenSharingCapability } from './ot.js';
