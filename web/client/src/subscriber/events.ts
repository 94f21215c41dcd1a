import type { EventWith, OTEvent } from '../events/event.js';
import type { Reason } from '../signalling/messages.js';
import type { Subscriber } from './subscriber.js';

/**
 * Why a subscriber's pictures went or came back: the publisher's choice, that of this page, or that this browser can't decode what the
 * publisher sends.
 */
export type VideoReason = 'publishVideo' | 'subscribeToVideo' | 'codecNotSupported';

/** The events of a {@link Subscriber}. */
export interface SubscriberEvents {
  /** Media is set up, for the first time or again after `disconnected`. */
  connected: OTEvent<'connected', Subscriber>;
  /** The network stopped carrying media; it may come back. */
  disconnected: OTEvent<'disconnected', Subscriber>;
  destroyed: EventWith<'destroyed', Subscriber, { reason: Reason }>;
  /** The video element exists; with `insertDefaultUI: false` this is where the application gets it. */
  videoElementCreated: EventWith<'videoElementCreated', Subscriber, { element: HTMLVideoElement }>;
  /** `audioLevel` is the peak amplitude, 0 to 1; up to 20 times a second, and only while somebody listens. */
  audioLevelUpdated: EventWith<'audioLevelUpdated', Subscriber, { audioLevel: number }>;
  videoDisabled: EventWith<'videoDisabled', Subscriber, { reason: VideoReason }>;
  videoEnabled: EventWith<'videoEnabled', Subscriber, { reason: VideoReason }>;
  /** The browser plays no sound before the person has done something on the page; see `OT.unblockAudio`. */
  audioBlocked: OTEvent<'audioBlocked', Subscriber>;
  audioUnblocked: OTEvent<'audioUnblocked', Subscriber>;
}
