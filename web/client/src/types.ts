/** The types of the public API. */
export type { CompletionHandler, ResultHandler, WithPromise } from './completion.js';
export type { ErrorName, OTError, SignalError } from './errors.js';
export type { Collection, Criteria } from './collection.js';
export type { EventWith, OTEvent as Event } from './events/event.js';
export type { Handler, HandlerMap } from './events/emitter.js';
export type { ExceptionEvent, ExceptionEvents } from './exceptions.js';
export type { AudioOutputDevice } from './media/audio-output.js';
export type { Device } from './media/devices.js';
export type { AudioFilter, MediaProcessorConnector, VideoFilter } from './media/filters.js';
export type {
  NetworkCondition,
  NetworkConditionReason,
  NetworkDegradationSource,
  TransportStats,
} from './media/link.js';
export type {
  PublisherLayerStats,
  PublisherRtcStatsReport,
  PublisherStats,
  PublisherStatsEntry,
  PublisherTrackStats,
  PublisherVideoStats,
  VideoQualityReason,
} from './media/publisher-stats.js';
export type {
  SubscriberMediaLink,
  SubscriberStats,
  SubscriberTrackStats,
  SubscriberVideoStats,
} from './media/subscriber-stats.js';
export type * from './opentok-types.js';
export type * from './options.js';
export type { PublisherEvents } from './publisher/events.js';
export type { VideoSource } from './publisher/capturing.js';
export type { Publisher } from './publisher/publisher.js';
export type { ConnectCall, PublishCall, SubscribeCall } from './session/calls.js';
export type { Connection } from './session/connection.js';
export type { SessionEvents, SignalEvent, StreamPropertyChangedEvent } from './session/events.js';
export type { Capabilities } from './session/capabilities.js';
export type { Session, SessionState } from './session/session.js';
export type { Stream } from './session/stream.js';
export type { Dimensions, Reason, VideoType } from './signalling/messages.js';
export type { SubscriberEvents, VideoReason } from './subscriber/events.js';
export type { QualityScore } from './subscriber/quality-score.js';
export type { Subscriber } from './subscriber/subscriber.js';
export type {
  ExceptionCall,
  InitPublisherCall,
  MediaProcessorSupportCall,
  OTProperties,
  ScreenSharingCapability,
  SupportedCodecs,
} from './ot.js';
export type { Target } from './ui/placement.js';
