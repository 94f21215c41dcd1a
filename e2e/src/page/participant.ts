import { limitEncoders } from './encoders.js';
import { Watch } from './watch.js';
import type {
  ConnectOptions,
  EncoderLimits,
  LayerStats,
  PageEvent,
  ParticipantHooks,
  PublishOptions,
  Resolution,
  SignalMessage,
  SubscriptionStats,
  UplinkStats,
} from './hooks.js';
import type {
  Completed,
  OpenTok,
  OpenTokEvent,
  Publisher,
  Session,
  Stream,
  Subscriber,
} from './opentok.js';

declare const OT: OpenTok;

type Stats = Readonly<Record<string, unknown>>;

const POLL_MILLIS = 20;

class Participant implements ParticipantHooks {
  readonly #events: PageEvent[] = [];
  readonly #subscribers = new Map<string, Subscriber>();
  #session: Session | undefined;
  #publisher: Publisher | undefined;
  #connectCalledAt = 0;
  #watch: Watch | undefined;

  limitEncoders(limits: EncoderLimits): void {
    limitEncoders(limits);
  }

  connect(options: ConnectOptions): Promise<string> {
    this.#connectCalledAt = performance.now();
    const session = OT.initSession(options.applicationId, options.sessionId);
    this.#session = session;
    const note = (event: OpenTokEvent) => {
      this.#note(event);
    };
    session.on({
      connectionCreated: note,
      connectionDestroyed: note,
      sessionConnected: note,
      sessionDisconnected: note,
      sessionReconnecting: note,
      sessionReconnected: note,
      streamPropertyChanged: note,
      signal: note,
      streamCreated: (event) => {
        this.#note(event);
        if (event.stream && options.subscribe !== false) this.#subscribe(session, event.stream);
      },
      streamDestroyed: (event) => {
        this.#note(event);
        if (event.stream) this.#subscribers.delete(event.stream.streamId);
      },
    });
    return completion((completed) => session.connect(options.token, completed)).then(() =>
      present(session.connection?.connectionId, 'session.connection once connected'),
    );
  }

  async publish({
    name,
    resolution = '640x480',
    frameRate = 15,
    scalableVideo = true,
    audioBitrate,
    audioFallback,
  }: PublishOptions): Promise<string> {
    const session = present(this.#session, 'connect before publish');
    let publisher: Publisher | undefined;
    await completion((completed) => {
      publisher = OT.initPublisher(
        'publisher',
        {
          name,
          resolution,
          frameRate,
          scalableVideo,
          ...(audioBitrate !== undefined && { audioBitrate }),
          ...(audioFallback && { audioFallback }),
          insertMode: 'append',
          width: 320,
          height: 240,
        },
        completed,
      );
    });
    const ready = present(publisher, 'initPublisher answers with a publisher');
    this.#publisher = ready;
    const note = (event: OpenTokEvent) => {
      this.#note({ ...fields(event), type: `publisher:${event.type}` });
    };
    ready.on({
      streamCreated: note,
      streamDestroyed: note,
      videoDisableWarning: note,
      videoDisableWarningLifted: note,
      videoDisabled: note,
      videoEnabled: note,
    });
    await completion((completed) => session.publish(ready, completed));
    return present(ready.stream?.streamId, 'publisher.stream once published');
  }

  unpublish(): void {
    present(this.#session, 'a session').unpublish(present(this.#publisher, 'a publisher'));
    this.#publisher = undefined;
  }

  publishAudio(on: boolean): void {
    present(this.#publisher, 'a publisher').publishAudio(on);
  }

  publishVideo(on: boolean): void {
    present(this.#publisher, 'a publisher').publishVideo(on);
  }

  async signal(message: SignalMessage): Promise<void> {
    const session = present(this.#session, 'connect before signal');
    await completion((completed) => session.signal(message, completed));
  }

  async preferResolution(streamId: string, resolution: Resolution): Promise<void> {
    const subscriber = present(this.#subscribers.get(streamId), `a subscription to ${streamId}`);
    await completion((completed) => subscriber.setPreferredResolution(resolution, completed));
  }

  comeOnline(): void {
    window.dispatchEvent(new Event('online'));
  }

  watchPictures(): void {
    this.#watch = new Watch(() => this.subscriptions());
  }

  standstills(): Readonly<Record<string, number>> {
    const watch = present(this.#watch, 'watchPictures before standstills');
    this.#watch = undefined;
    return watch.end();
  }

  async disconnect(): Promise<void> {
    await present(this.#session, 'a session').disconnect();
    this.#subscribers.clear();
  }

  subscriptions(): Promise<SubscriptionStats[]> {
    return Promise.all([...this.#subscribers.values()].map(subscriptionStats));
  }

  async uplink(): Promise<UplinkStats> {
    const reports = await present(this.#publisher, 'a publisher').getRtcStatsReport();
    const report = present(reports[0], 'an element of getRtcStatsReport()').rtcStatsReport;
    const transports = ofType(report, 'transport');
    const layers = ofType(report, 'outbound-rtp')
      .filter((stats) => stats.kind === 'video')
      .map((stats): LayerStats => ({
        rid: text(stats, 'rid'),
        ssrc: number(stats, 'ssrc'),
        packetsSent: number(stats, 'packetsSent'),
        bytesSent: number(stats, 'bytesSent'),
        scalabilityMode: text(stats, 'scalabilityMode'),
      }));
    return {
      atMillis: number(present(transports[0], 'transport statistics'), 'timestamp'),
      bytesSent: transports.reduce((sum, stats) => sum + number(stats, 'bytesSent'), 0),
      layers,
      iceUsernameFragments: transports.map((stats) => text(stats, 'iceLocalUsernameFragment')),
    };
  }

  events(): PageEvent[] {
    return this.#events;
  }

  async millisToFrames(streams: number, withinMillis: number): Promise<number> {
    for (;;) {
      const shown = (await this.subscriptions()).filter((stats) => stats.framesDecoded > 0);
      const millis = performance.now() - this.#connectCalledAt;
      if (shown.length >= streams) return millis;
      if (millis > withinMillis) {
        throw new Error(
          `${shown.length} of ${streams} streams showed a frame within ${withinMillis} ms`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MILLIS));
    }
  }

  #subscribe(session: Session, stream: Stream): void {
    const subscriber = session.subscribe(
      stream,
      'subscribers',
      { insertMode: 'append', width: 320, height: 240 },
      (error) => {
        if (error) {
          const reason = `${error.name}: ${error.message}`;
          this.#note({ type: 'subscriber:failed', stream, reason });
        } else {
          // Before this there are no statistics to ask for.
          this.#subscribers.set(stream.streamId, subscriber);
        }
      },
    );
    const note = (event: OpenTokEvent) => {
      this.#note({ ...fields(event), type: `subscriber:${event.type}`, stream });
    };
    subscriber.on({
      videoDisableWarning: note,
      videoDisableWarningLifted: note,
      videoDisabled: note,
      videoEnabled: note,
      destroyed: note,
    });
  }

  #note(event: OpenTokEvent): void {
    const { reason, stream, connection, changedProperty, oldValue, newValue, data, from } = event;
    this.#events.push({
      type: event.type,
      atMillis: performance.now(),
      detail: {
        ...(reason !== undefined && { reason }),
        ...(stream && { streamId: stream.streamId, name: stream.name }),
        ...(connection && { connectionId: connection.connectionId, data: connection.data }),
        ...(changedProperty !== undefined && { changedProperty, oldValue, newValue }),
        ...(data !== undefined && { data }),
        ...(from !== undefined && { from: from?.connectionId ?? null }),
      },
    });
  }
}

/** Events may keep their fields behind getters, which a spread would lose. */
function fields(event: OpenTokEvent): OpenTokEvent {
  const { type, reason, stream, data } = event;
  return {
    type,
    ...(reason !== undefined && { reason }),
    ...(stream && { stream }),
    ...(data !== undefined && { data }),
  };
}

function completion(start: (completed: Completed) => unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

async function subscriptionStats(subscriber: Subscriber): Promise<SubscriptionStats> {
  const stream = present(subscriber.stream, 'subscriber.stream');
  const report = await subscriber.getRtcStatsReport();
  const inbound = ofType(report, 'inbound-rtp');
  const video = one(inbound, 'video');
  const audio = one(inbound, 'audio');
  return {
    streamId: stream.streamId,
    name: stream.name,
    atMillis: video ? number(video, 'timestamp') : performance.now(),
    videoBytes: video ? number(video, 'bytesReceived') : 0,
    framesDecoded: video ? number(video, 'framesDecoded') : 0,
    frameWidth: video ? number(video, 'frameWidth') : 0,
    frameHeight: video ? number(video, 'frameHeight') : 0,
    videoCodec: codec(report, video),
    audioPacketsDiscarded: audio ? number(audio, 'packetsDiscarded') : 0,
    iceUsernameFragment: text(ofType(report, 'transport')[0] ?? {}, 'iceLocalUsernameFragment'),
    audioEnergy: audio ? number(audio, 'totalAudioEnergy') : 0,
    audioPackets: audio ? number(audio, 'packetsReceived') : 0,
    audioPacketsLost: audio ? number(audio, 'packetsLost') : 0,
    audioSamples: audio ? number(audio, 'totalSamplesReceived') : 0,
    audioSamplesConcealed: audio ? number(audio, 'concealedSamples') : 0,
  };
}

/** A report of one subscriber that shows two streams would make every figure here worthless. */
function one(inbound: readonly Stats[], kind: string): Stats | undefined {
  const found = inbound.filter((stats) => stats.kind === kind);
  if (found.length > 1)
    throw new Error(`a subscriber's report has ${found.length} ${kind} streams`);
  return found[0];
}

function ofType(report: RTCStatsReport, type: string): Stats[] {
  const found: Stats[] = [];
  report.forEach((stats: Stats) => {
    if (stats.type === type) found.push(stats);
  });
  return found;
}

/** Browsers leave out counters that never counted. */
function number(stats: Stats, name: string): number {
  const value = stats[name];
  return typeof value === 'number' ? value : 0;
}

function text(stats: Stats, name: string): string {
  const value = stats[name];
  return typeof value === 'string' ? value : '';
}

/** The codec that the stream goes in, without the medium before it; '' before the first packet. */
function codec(report: RTCStatsReport, stats: Stats | undefined): string {
  const codecId = stats && text(stats, 'codecId');
  const found = ofType(report, 'codec').find((entry) => entry.id === codecId);
  return found ? text(found, 'mimeType').replace(/^.*\//, '') : '';
}

function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`missing: ${what}`);
  return value;
}

window.participant = new Participant();
