/**
 * What the test page lets a test do and see. Everything is plain JSON: it crosses from the browser to the test. The page does it all with
 * the public API of the client library.
 */
export interface ParticipantHooks {
  /** Makes this browser one that can send nothing else. Before `connect`. */
  limitEncoders(limits: EncoderLimits): void;
  /** Connects; resolves with the own connection id when the session is connected. */
  connect(options: ConnectOptions): Promise<string>;
  /** Publishes camera and microphone; resolves with the stream id when the stream is announced. */
  publish(options: PublishOptions): Promise<string>;
  unpublish(): void;
  publishAudio(on: boolean): void;
  publishVideo(on: boolean): void;
  signal(message: SignalMessage): Promise<void>;
  /** Resolves when the server has taken the wish. */
  preferResolution(streamId: string, resolution: Resolution): Promise<void>;
  /** Tells the library what the browser tells when the machine comes online again. */
  comeOnline(): void;
  disconnect(): Promise<void>;
  /** One entry for each stream subscribed to now. */
  subscriptions(): Promise<SubscriptionStats[]>;
  /** What this page's publisher sends. */
  uplink(): Promise<UplinkStats>;
  /** From now on looks every 100 ms whether the picture of each subscription advances. */
  watchPictures(): void;
  /** The longest standstill of each subscription's picture since `watchPictures`, in milliseconds, by stream id; ends the watch. */
  standstills(): Readonly<Record<string, number>>;
  /** Everything that happened, in order. */
  events(): PageEvent[];
  /** Milliseconds from the call of `connect` until each of `streams` streams showed a decoded frame here. */
  millisToFrames(streams: number, withinMillis: number): Promise<number>;
}

export interface ConnectOptions {
  readonly applicationId: string;
  readonly sessionId: string;
  readonly token: string;
  /** Whether to subscribe to every stream that comes; true when absent. */
  readonly subscribe?: boolean;
}

export interface EncoderLimits {
  /** As in a MIME type, for example `H264`. */
  readonly videoCodec?: string;
  /** Of WebRTC-SVC, instead of what the library asks for. */
  readonly scalabilityMode?: string;
  /** `red`: sound goes as redundant data of RFC 2198. */
  readonly audioCodec?: string;
}

export interface Resolution {
  readonly width: number;
  readonly height: number;
}

export interface PublishOptions {
  readonly name: string;
  /** Whether to send simulcast layers; true when absent. */
  readonly scalableVideo?: boolean;
  readonly resolution?: string;
  readonly frameRate?: number;
  /** Bits per second. */
  readonly audioBitrate?: number;
  readonly audioFallback?: { readonly publisher?: boolean; readonly subscriber?: boolean };
}

export interface SignalMessage {
  readonly type?: string;
  readonly data?: string;
}

export interface SubscriptionStats {
  readonly streamId: string;
  readonly name: string;
  /** Of the report's clock, not the test's. */
  readonly atMillis: number;
  readonly videoBytes: number;
  readonly framesDecoded: number;
  /** Of the last decoded frame; 0 before the first. */
  readonly frameWidth: number;
  readonly frameHeight: number;
  /** As in a MIME type, for example `VP8`; '' before the first packet. */
  readonly videoCodec: string;
  /** Came and were not needed, such as what redundant data repeats; browsers name Opus as the codec with it and without. */
  readonly audioPacketsDiscarded: number;
  /** The ICE user name of this end; an ICE restart makes a new one. */
  readonly iceUsernameFragment: string;
  readonly audioEnergy: number;
  readonly audioPackets: number;
  readonly audioPacketsLost: number;
  /** Of the sound that was played so far. */
  readonly audioSamples: number;
  /** Those of them that had to be made up, because nothing had come. */
  readonly audioSamplesConcealed: number;
}

export interface LayerStats {
  readonly rid: string;
  readonly ssrc: number;
  readonly packetsSent: number;
  readonly bytesSent: number;
  /** '' where the browser tells none. */
  readonly scalabilityMode: string;
}

export interface UplinkStats {
  readonly atMillis: number;
  /** All bytes that the transport of the publisher has sent: video, audio, retransmissions, RTCP. */
  readonly bytesSent: number;
  readonly layers: readonly LayerStats[];
  /** The ICE user names of this end; an ICE restart makes new ones. */
  readonly iceUsernameFragments: readonly string[];
}

export interface PageEvent {
  readonly type: string;
  readonly atMillis: number;
  readonly detail: Readonly<Record<string, unknown>>;
}

declare global {
  interface Window {
    participant: ParticipantHooks;
  }
}
