/** The part of the public OpenTok.js API that the test page calls, under the names of its documentation. */
export interface OpenTok {
  initSession(applicationId: string, sessionId: string): Session;
  initPublisher(
    target: string,
    properties: Readonly<Record<string, unknown>>,
    completed: Completed,
  ): Publisher;
}

export type Completed = (error?: Error | null) => void;

export interface Connection {
  readonly connectionId: string;
  readonly data: string;
}

export interface Stream {
  readonly streamId: string;
  readonly name: string;
  readonly connection: Connection;
}

/** The fields that the events used here carry beside their `type`. */
export interface OpenTokEvent {
  readonly type: string;
  readonly reason?: string;
  readonly stream?: Stream;
  readonly connection?: Connection;
  readonly changedProperty?: string;
  readonly oldValue?: unknown;
  readonly newValue?: unknown;
  readonly data?: string;
  readonly from?: Connection | null;
}

interface Emitter {
  on(handlers: Readonly<Record<string, (event: OpenTokEvent) => void>>): unknown;
}

export interface Session extends Emitter {
  readonly connection?: Connection;
  connect(token: string, completed: Completed): unknown;
  disconnect(): Promise<void>;
  publish(publisher: Publisher, completed: Completed): unknown;
  unpublish(publisher: Publisher): unknown;
  subscribe(
    stream: Stream,
    target: string,
    properties: Readonly<Record<string, unknown>>,
    completed: Completed,
  ): Subscriber;
  signal(signal: { readonly type?: string; readonly data?: string }, completed: Completed): unknown;
}

export interface Publisher extends Emitter {
  readonly stream?: Stream;
  publishAudio(on: boolean): unknown;
  publishVideo(on: boolean): unknown;
  destroy(): unknown;
  getRtcStatsReport(): Promise<readonly { readonly rtcStatsReport: RTCStatsReport }[]>;
}

export interface Subscriber extends Emitter {
  readonly stream?: Stream;
  setPreferredResolution(
    resolution: { readonly width: number; readonly height: number },
    completed: Completed,
  ): unknown;
  getRtcStatsReport(): Promise<RTCStatsReport>;
}
