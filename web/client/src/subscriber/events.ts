import type { EventWith, OTEvent } from '../events/event.js';
import type { VideoQualityReason } from '../media/publisher-stats.js';
import type { SubscriberStats } from '../media/subscriber-stats.js';
import type { Dimensions, Reason } from '../signalling/messages.js';
import type { QualityScore } from './quality-score.js';
import type { Subscriber } from './subscriber.js';

/**
 * Why a subscriber's pictures went or came back: the publisher's choice, that of this page, the network, or that this browser can't decode
 * what the publisher sends.
 */
export type VideoReason = 'publishVideo' | 'subscribeToVideo' | 'quality' | 'codecNotSupported';

/** The events of a {@link Subscriber}. */
export interface SubscriberEvents {
  /** Media is set up, for the first time or again after `disconnected`. */
  connected: OTEvent<'connected', Subscriber>;
  /** The network stopped carrying media; it may come back. */
  disconnected: OTEvent<'disconnected', Subscriber>;
  /** It receives no more and its widget is gone. */
  destroyed: EventWith<'destroyed', Subscriber, { reason: Reason }>;
  /** The video element exists; with `insertDefaultUI: false` this is where the application gets it. */
  videoElementCreated: EventWith<'videoElementCreated', Subscriber, { element: HTMLVideoElement }>;
  /** `audioLevel` is the peak amplitude, 0 to 1; up to 20 times a second, and only while somebody listens. */
  audioLevelUpdated: EventWith<'audioLevelUpdated', Subscriber, { audioLevel: number }>;
  /** The picture changed its size in pixels, for example with the layer that is received. */
  videoDimensionsChanged: EventWith<
    'videoDimensionsChanged',
    Subscriber,
    { oldValue: Dimensions; newValue: Dimensions }
  >;
  /** What is received, as the widget plays it. */
  mediaStreamAvailable: EventWith<'mediaStreamAvailable', Subscriber, { mediaStream: MediaStream }>;
  /** The network is bad: the pictures may soon stop. `videoDisabled` or `videoDisableWarningLifted` follows. */
  videoDisableWarning: OTEvent<'videoDisableWarning', Subscriber>;
  /** The network is good again. */
  videoDisableWarningLifted: OTEvent<'videoDisableWarningLifted', Subscriber>;
  /** The pictures went. */
  videoDisabled: EventWith<'videoDisabled', Subscriber, { reason: VideoReason }>;
  /** They came back. */
  videoEnabled: EventWith<'videoEnabled', Subscriber, { reason: VideoReason }>;
  /**
   * How good what is received is for a person: integers from 1 (bad) to 5 (excellent), of what is subscribed to and sent; not of
   * the pictures of a screen. Looked at every 2 s, and told when one of them changes.
   */
  qualityScoreChanged: EventWith<'qualityScoreChanged', Subscriber, { qualityScore: QualityScore }>;
  /** `stats.mediaLink.transport.networkCondition` changed, looked at every 2 s. */
  networkConditionChanged: EventWith<
    'networkConditionChanged',
    Subscriber,
    { reason: 'networkConditionChanged'; stats: SubscriberStats }
  >;
  /**
   * The pictures stood still (`videoInterruption`), or have another size (`resolutionChange`) or codec (`codecChange`), looked at every 2 s.
   */
  videoQualityChanged: EventWith<
    'videoQualityChanged',
    Subscriber,
    { reason: VideoQualityReason; stats: SubscriberStats }
  >;
  /** The browser plays no sound before the person has done something on the page; see `OT.unblockAudio`. */
  audioBlocked: OTEvent<'audioBlocked', Subscriber>;
  /** The sound plays. */
  audioUnblocked: OTEvent<'audioUnblocked', Subscriber>;
}
