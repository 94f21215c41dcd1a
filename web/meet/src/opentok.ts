/**
 * The part of the client library's public API that this page uses. The library is handed in where the page starts (`main.ts`), so that tests
 * and the harness can run the page on a library of their own.
 */

export interface OpenTok {
  initSession(applicationId: string, sessionId: string, options: { serverUrl: string }): Session;
  initPublisher(
    target: undefined,
    properties: PublisherProperties | ScreenProperties,
    done: (error?: Error) => void,
  ): Publisher;
  getDevices(): Promise<readonly Device[]>;
  /** 1 when this browser can take part, else 0. */
  checkSystemRequirements(): number;
  /** To be called from a click, after `audioBlocked`. */
  unblockAudio(): Promise<unknown>;
}

export interface Device {
  readonly kind: 'audioInput' | 'videoInput';
  readonly deviceId: string;
  readonly label: string;
}

export interface PublisherProperties {
  readonly insertDefaultUI: false;
  readonly name: string;
  readonly resolution: '1280x720';
  readonly frameRate: 30;
  readonly publishAudio: boolean;
  readonly publishVideo: boolean;
  /** A device's id, true for the system's choice, null for none. */
  readonly audioSource: string | true | null;
  readonly videoSource: string | true | null;
  /** Gives the pictures up for the sound when one's own network is bad. */
  readonly audioFallback: { readonly publisher: true };
}

/** What a shared screen is published with. */
export interface ScreenProperties {
  readonly insertDefaultUI: false;
  readonly name: string;
  readonly videoSource: 'screen';
  readonly audioSource: null;
  readonly publishAudio: false;
  readonly publishVideo: true;
  readonly videoContentHint: 'detail';
}

export interface SubscriberProperties {
  readonly insertDefaultUI: false;
  /** The layer that fits the size of the video on the page. */
  readonly preferredResolution: 'auto';
}

interface Emitter<Events> {
  on<Name extends keyof Events & string>(
    name: Name,
    handler: (event: Events[Name]) => void,
  ): unknown;
}

export interface Connection {
  readonly connectionId: string;
  readonly creationTime: number;
  readonly data: string;
}

export interface Stream {
  readonly streamId: string;
  readonly connection: Connection;
  readonly name: string;
  readonly hasAudio: boolean;
  readonly hasVideo: boolean;
  readonly videoType?: 'camera' | 'screen' | 'custom' | undefined;
}

export interface MediaEvents {
  readonly videoElementCreated: { readonly element: HTMLVideoElement | HTMLObjectElement };
  readonly audioLevelUpdated: { readonly audioLevel: number };
  readonly videoDisableWarning: object;
  readonly videoDisableWarningLifted: object;
  readonly videoDisabled: { readonly reason: string };
  readonly videoEnabled: { readonly reason: string };
}

export interface PublisherEvents extends MediaEvents {
  readonly muteForced: object;
  readonly mediaStopped: object;
}

export interface Publisher extends Emitter<PublisherEvents> {
  publishAudio(on: boolean): unknown;
  publishVideo(on: boolean): unknown;
  getAudioSource(): MediaStreamTrack | null | undefined;
  getVideoSource(): { readonly deviceId: string | null };
  setAudioSource(deviceId: string): Promise<unknown>;
  setVideoSource(deviceId: string): Promise<unknown>;
  destroy(): unknown;
}

export interface SubscriberEvents extends MediaEvents {
  readonly connected: object;
  /** Nothing comes from the publisher at the moment; `connected` or the stream's end follows. */
  readonly disconnected: object;
  readonly audioBlocked: object;
}

export type Subscriber = Emitter<SubscriberEvents>;

export interface SessionEvents {
  readonly connectionCreated: { readonly connection: Connection };
  readonly connectionDestroyed: { readonly connection: Connection };
  readonly streamCreated: { readonly stream: Stream };
  readonly streamDestroyed: { readonly stream: Stream };
  readonly streamPropertyChanged: { readonly stream: Stream };
  readonly activeSpeakerChanged: { readonly stream: Stream };
  readonly sessionReconnecting: object;
  readonly sessionReconnected: object;
  readonly sessionDisconnected: { readonly reason: string };
  readonly 'signal:chat': {
    readonly data?: string | undefined;
    readonly from: Connection | null;
  };
}

export interface Session extends Emitter<SessionEvents> {
  readonly connection?: Connection | null | undefined;
  connect(token: string, done: (error?: Error) => void): unknown;
  disconnect(): unknown;
  publish(publisher: Publisher, properties: undefined, done: (error?: Error) => void): unknown;
  subscribe(
    stream: Stream,
    target: undefined,
    properties: SubscriberProperties,
    done: (error?: Error) => void,
  ): Subscriber;
  signal(
    signal: { readonly type: string; readonly data: string },
    done: (error?: Error) => void,
  ): unknown;
}
