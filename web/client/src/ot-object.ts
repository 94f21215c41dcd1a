import * as api from './ot.js';
import type * as types from './types.js';

/** The whole API as one plain object, which applications spread, spy on and extend. */
export const OT = { ...api };

/**
 * The types again as `OT.Session` and so on, as applications name them: only a namespace can put types next to the object of the same name.
 *
 * @hidden
 */
// eslint-disable-next-line @typescript-eslint/no-namespace
export declare namespace OT {
  export type Session = types.Session;
  export type SessionOptions = types.SessionOptions;
  export type SessionEvents = types.SessionEvents;
  export type Publisher = types.Publisher;
  export type PublisherProperties = types.PublisherProperties;
  export type PublisherEvents = types.PublisherEvents;
  export type PublisherStats = types.PublisherStats;
  export type PublisherStyle = types.PublisherStyle;
  export type Subscriber = types.Subscriber;
  export type SubscriberProperties = types.SubscriberProperties;
  export type SubscriberEvents = types.SubscriberEvents;
  export type SubscriberStats = types.SubscriberStats;
  export type SubscriberStyle = types.SubscriberStyle;
  export type Stream = types.Stream;
  export type Connection = types.Connection;
  export type Capabilities = types.Capabilities;
  export type Device = types.Device;
  export type AudioOutputDevice = types.AudioOutputDevice;
  export type Dimensions = types.Dimensions;
  export type VideoSource = types.VideoSource;
  export type VideoContentHint = types.VideoContentHint;
  export type VideoType = types.VideoType;
  export type WidgetProperties = types.WidgetProperties;
  export type WidgetStyle = types.WidgetStyle;
  export type GetUserMediaProperties = types.GetUserMediaProperties;
  export type VideoFilter = types.VideoFilter;
  export type AudioFilter = types.AudioFilter;
  export type MediaProcessorConnector = types.MediaProcessorConnector;
  export type Signal = types.Signal;
  export type SignalEvent = types.SignalEvent;
  export type StreamPropertyChangedEvent = types.StreamPropertyChangedEvent;
  export type ExceptionEvent = types.ExceptionEvent;
  export type OTError = types.OTError;
  export type ScreenSharingCapabilityResponse = types.ScreenSharingCapabilityResponse;
  export type IncomingTrackStats = types.IncomingTrackStats;
  export type OutgoingTrackStats = types.OutgoingTrackStats;
  export type PublisherStatContainer = types.PublisherStatContainer;
  export type PublisherStatsArr = types.PublisherStatsArr;
  export type PublisherRtcStatsReportContainer = types.PublisherRtcStatsReportContainer;
  export type PublisherRtcStatsReportArr = types.PublisherRtcStatsReportArr;
  export type Event<Type extends string = string, Target = unknown> = types.Event<Type, Target>;
  export type VideoElementCreatedEvent<Target = unknown> = types.VideoElementCreatedEvent<Target>;
  export type VideoDimensionsChangedEvent<Target = unknown> =
    types.VideoDimensionsChangedEvent<Target>;
}

/** Scripts that came before modules expect globals of these names; one that is there already is left alone. */
export function offerGlobal(): void {
  if (typeof window === 'undefined') return;
  // TB is what the API was called at first.
  for (const name of ['OT', 'TB']) if (!(name in window)) Object.assign(window, { [name]: OT });
}
