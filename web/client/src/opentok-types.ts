import type { EventWith } from './events/event.js';
import type {
  PublisherLayerStats,
  PublisherRtcStatsReport,
  PublisherStatsEntry,
  PublisherTrackStats,
} from './media/publisher-stats.js';
import type { SubscriberTrackStats } from './media/subscriber-stats.js';
import type { CaptureProperties } from './options.js';
import type { ScreenSharingCapability } from './ot.js';
import type { Dimensions } from './signalling/messages.js';

/** What `getUserMedia` takes; the name that applications of OpenTok.js know. */
export type GetUserMediaProperties = CaptureProperties;
/** What `checkScreenSharingCapability` finds; the name that applications of OpenTok.js know. */
export type ScreenSharingCapabilityResponse = ScreenSharingCapability;
/** One medium of a subscriber; the name that applications of OpenTok.js know. */
export type IncomingTrackStats = SubscriberTrackStats;
/** One medium of a publisher; the name that applications of OpenTok.js know. */
export type OutgoingTrackStats = PublisherTrackStats;
/** An element of what `publisher.getStats` gives; the name that applications of OpenTok.js know. */
export type PublisherStatContainer = PublisherStatsEntry;
/** What `publisher.getStats` gives; the name that applications of OpenTok.js know. */
export type PublisherStatsArr = PublisherStatsEntry[];
/** An element of what `publisher.getRtcStatsReport` gives; the name that applications of OpenTok.js know. */
export type PublisherRtcStatsReportContainer = PublisherRtcStatsReport;
/** What `publisher.getRtcStatsReport` gives; the name that applications of OpenTok.js know. */
export type PublisherRtcStatsReportArr = PublisherRtcStatsReport[];
/** A layer of a publisher; the name that applications of OpenTok.js know. */
export type VideoLayerStats = PublisherLayerStats;
/** The video element of a publisher or a subscriber exists. */
export type VideoElementCreatedEvent<Target = unknown> = EventWith<
  'videoElementCreated',
  Target,
  { element: HTMLVideoElement }
>;
/** The picture of a publisher or a subscriber changed its size in pixels. */
export type VideoDimensionsChangedEvent<Target = unknown> = EventWith<
  'videoDimensionsChanged',
  Target,
  { oldValue: Dimensions; newValue: Dimensions }
>;
