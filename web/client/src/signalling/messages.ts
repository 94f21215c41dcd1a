/** The messages of the signalling protocol, version 1 (docs/signalling.md), as this library uses them. */

/** Why somebody or something left. */
export type Reason =
  | 'clientDisconnected'
  | 'networkDisconnected'
  | 'forceDisconnected'
  | 'forceUnpublished'
  | 'mediaStopped';

/** Width and height in pixels. */
export interface Dimensions {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
}

/** What the pictures of a stream come from. */
export type VideoType = 'camera' | 'screen' | 'custom';

/** How well the network carries the pictures of a subscription: well, hardly, or so badly that the server holds them back. */
export type VideoQuality = 'good' | 'warning' | 'off';

export interface ConnectionMessage {
  readonly id: string;
  readonly createdAt: number;
  readonly data: string;
}

export interface StreamMessage {
  readonly id: string;
  readonly connectionId: string;
  readonly createdAt: number;
  readonly name: string;
  readonly initials: string | undefined;
  readonly videoType: VideoType | undefined;
  readonly hasAudio: boolean;
  readonly hasVideo: boolean;
  readonly videoDimensions: Dimensions | undefined;
  readonly frameRate: number | undefined;
}

/** What the token's role allows. */
export interface CapabilitiesMessage {
  readonly publish: boolean;
  readonly subscribe: boolean;
  readonly signal: boolean;
  readonly forceDisconnect: boolean;
  readonly forceUnpublish: boolean;
  readonly forceMute: boolean;
}

/** What brings a client back that lost its socket: `token` is good once, within `windowMs` of the loss. */
export interface ResumeRight {
  readonly token: string;
  readonly windowMs: number;
}

/** The reply to `resume`. */
export interface ResumedMessage {
  readonly resume: ResumeRight;
  /** The id of the last request that the server has taken. */
  readonly received: number;
}

export interface JoinedMessage {
  readonly connection: ConnectionMessage;
  /** As the session was created: `routed` or `relayed`. */
  readonly mediaMode: string;
  /** How media really travels; `router` until a peer-to-peer path exists. */
  readonly mediaPath: string;
  /** The codecs of the session by name, for example `VP8`; the preferred first. */
  readonly videoCodecs: readonly string[];
  readonly capabilities: CapabilitiesMessage;
  readonly connections: readonly ConnectionMessage[];
  readonly streams: readonly StreamMessage[];
  readonly resume: ResumeRight;
  readonly limits: { readonly messagesPerSecond: number };
  readonly pingIntervalMs: number;
  readonly pingTimeoutMs: number;
}

/** What a stream is announced with. */
export interface Announcement {
  readonly name: string;
  readonly initials?: string;
  readonly videoType?: VideoType;
  readonly hasAudio: boolean;
  readonly hasVideo: boolean;
  readonly videoDimensions?: Dimensions;
  readonly frameRate?: number;
  /** Whether the server may hold the pictures back for who has a bad network; absent: by the kind of the pictures. */
  readonly audioFallback?: boolean;
}

/** The properties of an own stream that change while it is published. */
export interface StreamUpdate {
  readonly hasAudio?: boolean;
  readonly hasVideo?: boolean;
  readonly videoDimensions?: Dimensions;
  /** The network of this client, and no person, is why `hasVideo` changes. */
  readonly reason?: 'quality';
}

/** Which layer of a stream is wanted: the smallest that covers the size, without frames above the rate. */
export interface LayerRequest {
  readonly preferredResolution?: Dimensions | 'none';
  readonly preferredFrameRate?: number | 'none';
}

/** Requests by type: their fields and the result of their reply. */
export interface Requests {
  connect: {
    fields: { sessionId: string; token: string; client: string };
    result: JoinedMessage;
  };
  ping: { fields: { seq?: number }; result: undefined };
  publish: { fields: Announcement; result: { readonly streamId: string } };
  publishOffer: {
    fields: { sdp: string; tracks: readonly { mid: string; streamId: string }[] };
    result: { readonly sdp: string };
  };
  unpublish: { fields: { streamId: string }; result: undefined };
  updateStream: { fields: StreamUpdate & { streamId: string }; result: undefined };
  subscribe: {
    fields: LayerRequest & {
      streamId: string;
      audio: boolean;
      video: boolean;
      visible?: boolean;
    };
    result: { readonly subscriptionId: string };
  };
  subscribeAnswer: { fields: { revision: number; sdp: string }; result: undefined };
  updateSubscription: {
    fields: LayerRequest & {
      subscriptionId: string;
      audio?: boolean;
      video?: boolean;
      visible?: boolean;
    };
    result: undefined;
  };
  restartSubscribe: { fields: { renew?: true }; result: undefined };
  unsubscribe: { fields: { subscriptionId: string }; result: undefined };
  signal: { fields: { signalType?: string; data?: string; to?: string }; result: undefined };
}

export type RequestType = keyof Requests;

/** Where the media of a subscription is: an m-section of the subscribe PeerConnection. */
export interface SubscribedTrack {
  readonly mid: string;
  readonly kind: 'audio' | 'video';
  readonly subscriptionId: string;
  readonly streamId: string;
}

export interface SubscribeOffer {
  readonly event: 'subscribeOffer';
  readonly revision: number;
  /** Counts the subscribe PeerConnections of this client: a larger number than before belongs to a new one. */
  readonly peer: number;
  readonly sdp: string;
  readonly tracks: readonly SubscribedTrack[];
}

/** The answer took no codec for this medium: nothing of it will come. */
export interface SubscriptionRefused {
  readonly event: 'subscriptionRefused';
  readonly subscriptionId: string;
  readonly streamId: string;
  readonly kind: 'audio' | 'video';
  /** The name of the codec that the publisher sends, for example `H264`. */
  readonly codec: string;
}

/** The network of this client carries the pictures of a subscription better or worse than before. */
export interface VideoQualityChange {
  readonly event: 'videoQuality';
  readonly subscriptionId: string;
  readonly quality: VideoQuality;
}

export type PropertyChange =
  | { readonly property: 'hasAudio'; readonly newValue: boolean }
  | {
      readonly property: 'hasVideo';
      readonly newValue: boolean;
      /** Whether the publisher's network, and no person, is why. */
      readonly forQuality: boolean;
    }
  | { readonly property: 'videoDimensions'; readonly newValue: Dimensions };

export type ServerEvent =
  | { readonly event: 'connectionCreated'; readonly connection: ConnectionMessage }
  | {
      readonly event: 'connectionDestroyed';
      readonly connectionId: string;
      readonly reason: Reason;
    }
  | { readonly event: 'streamCreated'; readonly stream: StreamMessage }
  | { readonly event: 'streamDestroyed'; readonly streamId: string; readonly reason: Reason }
  | {
      readonly event: 'streamPropertyChanged';
      readonly streamId: string;
      readonly change: PropertyChange;
    }
  | {
      readonly event: 'signal';
      readonly signalType: string | undefined;
      readonly data: string | undefined;
      readonly from: string | undefined;
    }
  | { readonly event: 'streamInterrupted'; readonly streamId: string }
  | { readonly event: 'streamRestored'; readonly streamId: string }
  | SubscribeOffer
  | SubscriptionRefused
  | VideoQualityChange
  | { readonly event: 'activeSpeaker'; readonly streamId: string }
  | {
      readonly event: 'wantedLayers';
      readonly streamId: string;
      /** The layers of an own stream that anybody wants now. */
      readonly rids: readonly string[];
    }
  | { readonly event: 'disconnected'; readonly reason: Reason };
