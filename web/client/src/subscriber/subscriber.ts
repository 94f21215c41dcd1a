import { alsoTell, settle, withPromise, type ResultHandler } from '../completion.js';
import { OTError } from '../errors.js';
import { eventOf, OTEvent } from '../events/event.js';
import { reportException } from '../exceptions.js';
import { logWarning } from '../logging.js';
import { mergedReport, subscriberStats, type SubscriberStats } from '../media/stats.js';
import type { SubscriberProperties } from '../options.js';
import type { IncomingMedia } from '../peers/subscribe-peer.js';
import type { Platform } from '../platform.js';
import { subscribers } from '../registry.js';
import type { Session } from '../session/session.js';
import type { Stream } from '../session/stream.js';
import type { Subscription } from '../session/subscription.js';
import type { Wanted } from '../session/wish.js';
import type { Reason } from '../signalling/messages.js';
import type { Target } from '../ui/placement.js';
import { Shown } from '../ui/shown.js';
import type { SubscriberEvents, VideoReason } from './events.js';

/** Receives and shows one stream. */
export class Subscriber extends Shown<SubscriberEvents> {
  /** What it receives; undefined once it is destroyed. */
  stream: Stream | undefined;
  session: Session | undefined;

  /** Receives the sound or not. */
  readonly subscribeToAudio = withPromise(
    (on: boolean): this => {
      this.#report(this.#setAudio(on));
      return this;
    },
    (on: boolean): Promise<void> => this.#setAudio(on),
  );

  /** Receives the pictures or not. */
  readonly subscribeToVideo = withPromise(
    (on: boolean): this => {
      this.#report(this.#setVideo(on));
      return this;
    },
    (on: boolean): Promise<void> => this.#setVideo(on),
  );

  /** Sets the volume of this subscriber, 0 to 100. */
  readonly setAudioVolume = withPromise(
    (volume: number): this => {
      this.#setVolume(volume);
      return this;
    },
    (volume: number): Promise<void> => {
      this.#setVolume(volume);
      return Promise.resolve();
    },
  );

  #audioOn: boolean;
  #videoOn: boolean;
  /** Sound of one's own stream is not even asked for, except to test the network. */
  readonly #mayHear: boolean;
  #pictures: boolean;
  #decodable = true;
  #played: MediaStream | undefined;
  #media: IncomingMedia = { audio: undefined, video: undefined };
  #subscription: Subscription | undefined;
  #destroyed = false;

  /** @internal */
  constructor(
    platform: Platform,
    session: Session,
    stream: Stream,
    target: Target,
    properties: SubscriberProperties,
  ) {
    super(platform, {
      kind: 'subscriber',
      target,
      properties,
      defaultFitMode: stream.videoType === 'screen' ? 'contain' : 'cover',
      name: stream.name,
      initials: stream.initials,
      sound: properties.subscribeToAudio !== false,
    });
    this.session = session;
    this.stream = stream;
    const isOwn = stream.connection.connectionId === session.connection?.connectionId;
    this.#mayHear = !isOwn || properties.testNetwork === true;
    this.#audioOn = properties.subscribeToAudio !== false;
    this.#videoOn = properties.subscribeToVideo !== false;
    this.#pictures = this.#wantsPictures();
    this.#setVolume(properties.audioVolume ?? 100);
    this.#show();
    subscribers.add(this);
  }

  /** 0 to 100. */
  getAudioVolume(): number {
    return Math.round(this.view.element.volume * 100);
  }

  /** Whether the browser plays no sound before the person has done something on the page. */
  isAudioBlocked(): boolean {
    return this.view.isBlocked();
  }

  /**
   * What was received so far.
   *
   * @throws OTError OT_NOT_CONNECTED before there is media.
   */
  getStats(handler?: ResultHandler<SubscriberStats>): Promise<SubscriberStats> {
    const stats = this.getRtcStatsReport().then((report) =>
      subscriberStats(report, this.platform.nowMs()),
    );
    return alsoTell(stats, handler);
  }

  /**
   * The browser's own report of what is received.
   *
   * @throws OTError OT_NOT_CONNECTED before there is media.
   */
  async getRtcStatsReport(): Promise<RTCStatsReport> {
    const receivers = this.#subscription?.receivers() ?? [];
    if (receivers.length === 0) {
      throw new OTError('OT_NOT_CONNECTED', 'The subscriber has no media');
    }
    return mergedReport(receivers);
  }

  /** @internal What to ask the server for. */
  wanted(): Wanted {
    return { audio: this.#audioOn && this.#mayHear, video: this.#videoOn };
  }

  /** @internal */
  get subscription(): Subscription | undefined {
    return this.#subscription;
  }

  /** @internal The session asked for its media. */
  subscribing(subscription: Subscription): void {
    this.#subscription = subscription;
  }

  /** @internal Its media was negotiated, or negotiated anew. */
  mediaChanged(media: IncomingMedia): void {
    const first = this.#played === undefined;
    this.#media = media;
    // Both tracks in one MediaStream: the browser keeps the lips in step.
    this.#played ??= this.platform.newMediaStream([]);
    playTracks(this.#played, media);
    void this.view.play(this.#played);
    if (first) this.emit(eventOf('videoElementCreated', this, { element: this.view.element }));
    this.#show();
  }

  /** @internal */
  connectionChanged(state: 'connected' | 'disconnected'): void {
    if (state === 'connected' && !this.#pictures) this.widget?.loaded();
    this.emit(new OTEvent(state, this));
  }

  /** @internal This browser can't decode a medium of the stream. */
  codecRefused(kind: 'audio' | 'video', codec: string): void {
    logWarning(`this browser can't decode the ${kind} of the stream: ${codec}`);
    if (kind === 'audio') return;
    this.#decodable = false;
    this.widget?.loaded();
    this.#picturesMayHaveChanged('codecNotSupported');
  }

  /** @internal A property of the stream changed. */
  streamChanged(): void {
    this.#picturesMayHaveChanged('publishVideo');
  }

  /** @internal Why it can't be shown. */
  failed(error: OTError): void {
    this.widget?.showFailure(error.message);
  }

  /** @internal Ends it and removes it from the page. Later calls do nothing. */
  ended(reason: Reason, { announce }: { readonly announce: boolean }): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#subscription?.end({ announce });
    this.dispose();
    subscribers.remove(this);
    this.stream = undefined;
    this.session = undefined;
    this.emit(eventOf('destroyed', this, { reason }));
  }

  /** @internal */
  protected override pictureResized(): void {
    // The publisher tells the new size of its stream.
  }

  /** @internal */
  protected override muteClicked(): void {
    this.subscribeToAudio(!this.#audioOn);
  }

  /** @internal */
  protected override audioBlocked(blocked: boolean): void {
    this.emit(new OTEvent(blocked ? 'audioBlocked' : 'audioUnblocked', this));
  }

  /** @internal */
  protected override audibleTrack(): MediaStreamTrack | undefined {
    return this.#media.audio?.track;
  }

  /** @internal */
  protected override levelMeasured(audioLevel: number): void {
    this.emit(eventOf('audioLevelUpdated', this, { audioLevel }));
  }

  async #setAudio(on: boolean): Promise<void> {
    this.#audioOn = on;
    this.view.setSound(on);
    this.widget?.showMuted(!on);
    await this.#subscription?.want(this.wanted());
  }

  async #setVideo(on: boolean): Promise<void> {
    this.#videoOn = on;
    this.#picturesMayHaveChanged('subscribeToVideo');
    await this.#subscription?.want(this.wanted());
  }

  #setVolume(volume: number): void {
    if (!(volume >= 0 && volume <= 100)) {
      throw new OTError('OT_INVALID_PARAMETER', `A volume is 0 to 100; it is ${volume}`);
    }
    this.view.element.volume = volume / 100;
  }

  #wantsPictures(): boolean {
    return this.stream?.hasVideo === true && this.#videoOn && this.#decodable;
  }

  #picturesMayHaveChanged(reason: VideoReason): void {
    const pictures = this.#wantsPictures();
    if (pictures === this.#pictures || this.#destroyed) return;
    this.#pictures = pictures;
    this.#show();
    this.emit(eventOf(pictures ? 'videoEnabled' : 'videoDisabled', this, { reason }));
  }

  #show(): void {
    this.widget?.showAudioOnly(!this.#pictures);
    if (!this.#audioOn) this.widget?.showMuted(true);
    this.refreshMeter();
  }

  #report(change: Promise<void>): void {
    settle(change, undefined, (error) => {
      reportException(error, this);
    });
  }
}

/**
 * Puts the tracks of `media` into `stream`. Chromium plays no sound either while a video track has not had its first packet, which may
 * never come when the camera is off: such a track joins when it has.
 */
function playTracks(stream: MediaStream, media: IncomingMedia): void {
  const audio = media.audio?.track;
  const video = media.video?.track;
  for (const track of stream.getTracks()) {
    if (track !== audio && track !== video) stream.removeTrack(track);
  }
  if (audio) stream.addTrack(audio);
  if (!video) return;
  if (audio && video.muted) {
    video.onunmute = () => {
      stream.addTrack(video);
    };
  } else {
    stream.addTrack(video);
  }
}
