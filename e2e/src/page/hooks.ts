/**
 * What the test page lets a test do and see. Everything is plain JSON: it crosses from the browser to the test. The page does it all with
 * the public API of the client library.
 */
export interface ParticipantHooks {
  /** Connects; resolves with the own connection id when the session is connected. */
  connect(options: ConnectOptions): Promise<string>;
  /** Publishes camera and microphone; resolves with the stream id when the stream is announced. */
  publish(options: PublishOptions): Promise<string>;
  unpublish(): void;
  publishAudio(on: boolean): void;
  publishVideo(on: boolean): void;
  signal(message: SignalMessage): Promise<void>;
  disconnect(): Promise<void>;
  /** One entry for each stream subscribed to now. */
  subscriptions(): Promise<SubscriptionStats[]>;
  /** What this page's publisher sends. */
  uplink(): Promise<UplinkStats>;
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

export interface PublishOptions {
  readonly name: string;
  readonly resolution?: string;
  readonly frameRate?: number;
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
  readonly framesDecoded: number;
  /** Of the last decoded frame; 0 before the first. */
  readonly frameWidth: number;
  readonly frameHeight: number;
  readonly audioEnergy: number;
  readonly audioPackets: number;
}

export interface LayerStats {
  readonly rid: string;
  readonly ssrc: number;
  readonly packetsSent: number;
  readonly bytesSent: number;
}

export interface UplinkStats {
  readonly atMillis: number;
  /** All bytes that the transport of the publisher has sent: video, audio, retransmissions, RTCP. */
  readonly bytesSent: number;
  readonly layers: readonly LayerStats[];
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
