import type {
  Connection,
  Device,
  OpenTok,
  Publisher,
  PublisherEvents,
  PublisherProperties,
  ScreenProperties,
  Session,
  SessionEvents,
  Stream,
  Subscriber,
  SubscriberEvents,
} from '../../src/opentok.js';
import { FakeEmitter } from './emitter.js';

/** What a fake device or person looks like; a plain element in tests, a moving picture in the harness. */
export type VideoSource = (label: string) => HTMLVideoElement;

type Done = (error?: Error) => void;
type Properties = PublisherProperties | ScreenProperties;

/** An error as the client library makes them: told apart by name. */
export function namedError(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}

/** A client library with one room in it, in this page. */
export class FakeOpenTok implements OpenTok {
  readonly publishers: FakePublisher[] = [];
  readonly sessions: FakeSession[] = [];
  devices: readonly Device[] = [
    { kind: 'videoInput', deviceId: 'cam-1', label: 'Built-in camera' },
    { kind: 'videoInput', deviceId: 'cam-2', label: 'Desk camera' },
    { kind: 'audioInput', deviceId: 'mic-1', label: 'Built-in microphone' },
  ];
  supported = true;
  /** The error of the next attempts to open the given devices; undefined opens them. */
  mediaFault: (properties: Properties) => Error | undefined = () => undefined;
  connectFault: Error | undefined;
  publishFault: Error | undefined;
  /** Those who are in the room when one enters. */
  readonly present: FakePerson[] = [];

  constructor(readonly videoSource: VideoSource = () => document.createElement('video')) {}

  initSession(
    applicationId: string,
    sessionId: string,
    options: { serverUrl: string },
  ): FakeSession {
    const session = new FakeSession(this, { applicationId, sessionId, ...options });
    this.sessions.push(session);
    return session;
  }

  initPublisher(_: undefined, properties: Properties, done: Done): FakePublisher {
    const publisher = new FakePublisher(properties);
    this.publishers.push(publisher);
    queueMicrotask(() => {
      const fault = this.mediaFault(properties);
      done(fault);
      if (fault === undefined && properties.videoSource !== null) {
        publisher.emit('videoElementCreated', { element: this.videoSource('Ada Lovelace') });
      }
    });
    return publisher;
  }

  getDevices(): Promise<readonly Device[]> {
    return Promise.resolve(this.devices);
  }

  checkSystemRequirements(): number {
    return this.supported ? 1 : 0;
  }

  unblockAudio(): Promise<void> {
    return Promise.resolve();
  }

  /** The session the page is in. */
  get session(): FakeSession {
    const last = this.sessions.at(-1);
    if (last === undefined) {
      throw new Error('the page has entered no session');
    }
    return last;
  }

  /** The publisher the page made last. */
  get publisher(): FakePublisher {
    const last = this.publishers.at(-1);
    if (last === undefined) {
      throw new Error('the page has made no publisher');
    }
    return last;
  }
}

export class FakePublisher extends FakeEmitter<PublisherEvents> implements Publisher {
  audio: boolean;
  video: boolean;
  destroyed = false;
  cameraId: string | null;
  sourceFault: Error | undefined;

  constructor(readonly properties: Properties) {
    super();
    this.audio = properties.publishAudio;
    this.video = properties.publishVideo;
    this.cameraId = properties.videoSource === true ? 'cam-1' : properties.videoSource;
  }

  publishAudio(on: boolean): void {
    this.audio = on;
  }

  publishVideo(on: boolean): void {
    this.video = on;
  }

  getAudioSource(): null {
    return null;
  }

  getVideoSource(): { readonly deviceId: string | null } {
    return { deviceId: this.cameraId };
  }

  setAudioSource(): Promise<void> {
    return this.sourceFault ? Promise.reject(this.sourceFault) : Promise.resolve();
  }

  setVideoSource(deviceId: string): Promise<void> {
    if (this.sourceFault) {
      return Promise.reject(this.sourceFault);
    }
    this.cameraId = deviceId;
    return Promise.resolve();
  }

  destroy(): void {
    this.destroyed = true;
  }
}

/** Somebody else. */
export class FakePerson {
  readonly connection: Connection;
  readonly stream: { -readonly [K in keyof Stream]: Stream[K] };

  constructor(
    readonly name: string,
    creationTime: number,
    stream: Partial<Stream> = {},
    readonly data = JSON.stringify({ name }),
  ) {
    this.connection = { connectionId: `connection-of-${name}`, creationTime, data };
    this.stream = {
      streamId: `stream-of-${name}`,
      connection: this.connection,
      name,
      hasAudio: true,
      hasVideo: true,
      videoType: 'camera',
      ...stream,
    };
  }
}

export class FakeSession extends FakeEmitter<SessionEvents> implements Session {
  connection: Connection | undefined;
  token = '';
  readonly published: Publisher[] = [];
  readonly subscribers = new Map<string, FakeSubscriber>();
  disconnected = false;
  subscribeFault: Error | undefined;
  signalFault: Error | undefined;

  constructor(
    private readonly openTok: FakeOpenTok,
    readonly entry: {
      readonly applicationId: string;
      readonly sessionId: string;
      readonly serverUrl: string;
    },
  ) {
    super();
  }

  connect(token: string, done: Done): void {
    this.token = token;
    queueMicrotask(() => {
      const fault = this.openTok.connectFault;
      if (fault !== undefined) {
        done(fault);
        return;
      }
      this.connection = { connectionId: 'own', creationTime: 1000, data: '{"name":"Me"}' };
      done();
      this.emit('connectionCreated', { connection: this.connection });
      for (const person of this.openTok.present) {
        this.arrive(person);
        this.send(person);
      }
    });
  }

  disconnect(): void {
    this.disconnected = true;
    this.emit('sessionDisconnected', { reason: 'clientDisconnected' });
  }

  publish(publisher: Publisher, _: undefined, done: Done): void {
    this.published.push(publisher);
    queueMicrotask(() => {
      done(this.openTok.publishFault);
    });
  }

  subscribe(stream: Stream, _: undefined, __: object, done: Done): FakeSubscriber {
    const subscriber = new FakeSubscriber();
    this.subscribers.set(stream.streamId, subscriber);
    queueMicrotask(() => {
      done(this.subscribeFault);
      if (this.subscribeFault === undefined) {
        subscriber.emit('videoElementCreated', { element: this.openTok.videoSource(stream.name) });
      }
    });
    return subscriber;
  }

  signal(signal: { readonly type: string; readonly data: string }, done: Done): void {
    queueMicrotask(() => {
      done(this.signalFault);
      if (this.signalFault === undefined) {
        this.hear(this.connection ?? null, signal.data);
      }
    });
  }

  arrive(person: FakePerson): void {
    this.emit('connectionCreated', { connection: person.connection });
  }

  send(person: FakePerson): void {
    this.emit('streamCreated', { stream: person.stream });
  }

  change(person: FakePerson, properties: Partial<Pick<Stream, 'hasAudio' | 'hasVideo'>>): void {
    Object.assign(person.stream, properties);
    this.emit('streamPropertyChanged', { stream: person.stream });
  }

  speak(stream: Stream): void {
    this.emit('activeSpeakerChanged', { stream });
  }

  depart(person: FakePerson): void {
    this.emit('streamDestroyed', { stream: person.stream });
    this.emit('connectionDestroyed', { connection: person.connection });
  }

  hear(from: Connection | null, data: string): void {
    this.emit('signal:chat', { from, data });
  }

  subscriberOf(person: FakePerson): FakeSubscriber {
    const subscriber = this.subscribers.get(person.stream.streamId);
    if (subscriber === undefined) {
      throw new Error(`the page does not subscribe to ${person.name}`);
    }
    return subscriber;
  }
}

export class FakeSubscriber extends FakeEmitter<SubscriberEvents> implements Subscriber {}
