import type { EventWith, OTEvent } from '../events/event.js';
import type { PublisherStatsEntry, VideoQualityReason } from '../media/publisher-stats.js';
import type { Dimensions, Reason } from '../signalling/messages.js';
import type { Stream } from '../session/stream.js';
import type { Publisher } from './publisher.js';

/** The events of a {@link Publisher}. */
export interface PublisherEvents {
  /** Camera and microphone may be used. */
  accessAllowed: OTEvent<'accessAllowed', Publisher>;
  /** They may not; `message` begins with the device. Cancelable: the default shows the message in the widget. */
  accessDenied: EventWith<'accessDenied', Publisher, { message: string }>;
  /** The browser asks the person. Not dispatched when the answer is stored. */
  accessDialogOpened: OTEvent<'accessDialogOpened', Publisher>;
  /** The person has answered. */
  accessDialogClosed: OTEvent<'accessDialogClosed', Publisher>;
  /** The own stream is in the session. */
  streamCreated: EventWith<'streamCreated', Publisher, { stream: Stream }>;
  /** It no longer is. Cancelable: the default destroys the publisher; without it the publisher can be published again. */
  streamDestroyed: EventWith<'streamDestroyed', Publisher, { stream: Stream; reason: Reason }>;
  /** The devices are released and the widget is gone. */
  destroyed: OTEvent<'destroyed', Publisher>;
  /** The video element exists; with `insertDefaultUI: false` this is where the application gets it. */
  videoElementCreated: EventWith<'videoElementCreated', Publisher, { element: HTMLVideoElement }>;
  /** What is captured, as the widget plays it. */
  mediaStreamAvailable: EventWith<'mediaStreamAvailable', Publisher, { mediaStream: MediaStream }>;
  /** The picture changed its size in pixels, for example with the screen that is shared. */
  videoDimensionsChanged: EventWith<
    'videoDimensionsChanged',
    Publisher,
    { oldValue: Dimensions; newValue: Dimensions }
  >;
  /** `audioLevel` is the peak amplitude, 0 to 1; up to 20 times a second, and only while somebody listens. */
  audioLevelUpdated: EventWith<'audioLevelUpdated', Publisher, { audioLevel: number }>;
  /** `statsContainer.stats.transportStats.networkCondition` changed, looked at every 2 s while published. */
  networkConditionChanged: EventWith<
    'networkConditionChanged',
    Publisher,
    { reason: 'networkConditionChanged'; statsContainer: PublisherStatsEntry }
  >;
  /**
   * Something else than before keeps the pictures from being better (`bandwidth`, `cpu`, `other`; `none`: nothing does any more), or they
   * have another size (`resolutionChange`) or codec (`codecChange`); looked at every 2 s while published.
   */
  videoQualityChanged: EventWith<
    'videoQualityChanged',
    Publisher,
    { reason: VideoQualityReason; statsContainer: PublisherStatsEntry }
  >;
  /**
   * With `audioFallback.publisher`: the own network is weak, and the pictures may stop. `videoDisabled` or `videoDisableWarningLifted`
   * follows.
   */
  videoDisableWarning: OTEvent<'videoDisableWarning', Publisher>;
  /** It is good again, or no pictures are sent anyway. */
  videoDisableWarningLifted: OTEvent<'videoDisableWarningLifted', Publisher>;
  /** The own network can't carry the pictures: nobody gets them any more. */
  videoDisabled: EventWith<'videoDisabled', Publisher, { reason: 'quality' }>;
  /** They are sent again. */
  videoEnabled: EventWith<'videoEnabled', Publisher, { reason: 'quality' }>;
  /** The browser or the device ended a track, for example when the person stops sharing the screen. */
  mediaStopped: EventWith<'mediaStopped', Publisher, { track: MediaStreamTrack }>;
}
