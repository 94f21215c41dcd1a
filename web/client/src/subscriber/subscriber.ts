import {
  alsoTell,
  errorOnly,
  settle,
  withPromise,
  type CompletionHandler,
  type ResultHandler,
} from '../completion.js';
import { OTError, toOTError } from '../errors.js';
import { eventOf, OTEvent } from '../events/event.js';
import { reportException } from '../exceptions.js';
import { logWarning } from '../logging.js';
import { requireConnector, type MediaProcessorConnector } from '../media/filters.js';
import { mergedReport } from '../media/report.js';
import {
  readReceived,
  subscriberStats,
  type LinkFacts,
  type Received,
  type SubscriberStats,
} from '../media/subscriber-stats.js';
import type { SubscriberProperties, SubscriberStyle } from '../options.js';
import type { IncomingMedia } from '../peers/subscribe-peer.js';
import type { Platform } from '../platform.js';
import { subscribers } from '../registry.js';
import type { Session } from '../session/session.js';
import type { Stream } from '../session/stream.js';
import type { Subscription } from '../session/subscription.js';
import type { Wanted } from '../session/wish.js';
import type { Dimensions, PropertyChange, Reason, VideoQuality } from '../signalling/messages.js';
import { explainRefusal } from '../signalling/refusal.js';
import type { Target } from '../ui/placement.js';
import { Shown } from '../ui/shown.js';
import type { SubscriberEvents, VideoReason } from './events.js';
import { hasPictures, troubleOf, warningsOf, type PictureConditions } from './pictures.js';
import { PreferredLayer } from './preferred-layer.js';
import { bestOf, type Expectation } from './quality-score.js';
import { QualityWatch } from './quality-watch.js';
import { ReceivedMedia } from './received-media.js';

const QUALITY_EVENTS = ['qualityScoreChanged', 'networkConditionChanged', 'videoQualityChanged'];

/** Receives and shows one stream. */
export class Subscriber extends Shown<SubscriberEvents, SubscriberStyle> {
  /** What it receives; undefined once it is destroyed. */
  stream: Stream | undefined;
  /** The session it receives from; undefined once it is destroyed. */
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

  /**
   * Sets the volume of this subscriber, 0 to 100.
   *
   * @throws OTError OT_INVALID_PARAMETER for anything else; the promise style rejects with it.
   */
  readonly setAudioVolume = withPromise(
    (volume: number): this => {
      this.#setVolume(volume);
      return this;
    },
    (volume: number): Promise<void> =>
      new Promise((resolve) => {
        this.#setVolume(volume);
        resolve();
      }),
  );

  #audioOn: boolean;
  /** Sound of one's own stream is not even asked for, except to test the network. */
  readonly #mayHear: boolean;
  #conditions: PictureConditions;
  #playing = false;
  readonly #received: ReceivedMedia;
  readonly #properties: SubscriberProperties;
  readonly #layer: PreferredLayer;
  readonly #watch: QualityWatch;
  #lastRead: Received | undefined;
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
    this.#conditions = {
      published: publishedBy(stream),
      wanted: properties.subscribeToVideo !== false,
      decodable: true,
      network: 'good',
    };
    this.#properties = properties;
    this.#received = new ReceivedMedia(platform, (error) => {
      reportException(toOTError(error), this);
    });
    this.#layer = new PreferredLayer(platform, this.view.element, () => {
      this.#report(this.#tellLayer());
    });
    this.#watch = new QualityWatch(
      platform,
      {
        report: () => mergedReport(this.#subscription?.receivers() ?? []),
        facts: () => this.#linkFacts(),
        expected: () => this.#expected(),
      },
      {
        scoreChanged: (qualityScore) => {
          this.emit(eventOf('qualityScoreChanged', this, { qualityScore }));
        },
        conditionChanged: (stats) => {
          const reason = 'networkConditionChanged';
          this.emit(eventOf('networkConditionChanged', this, { reason, stats }));
        },
        videoQualityChanged: (reason, stats) => {
          this.emit(eventOf('videoQualityChanged', this, { reason, stats }));
        },
      },
    );
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
    const stats = this.getRtcStatsReport().then((report) => {
      const now = readReceived(report, this.platform.nowMs());
      const before = this.#lastRead;
      this.#lastRead = now;
      return subscriberStats(now, before, this.#linkFacts());
    });
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

  /**
   * Asks for the smallest layer that covers a size in pixels, 1 to 16384 each, or with `auto` for the one that suits how large the picture is
   * on the screen, now and when that changes; while it can't be seen, for nothing. A stream that is sent in one layer stays as it is.
   *
   * @throws OTError OT_INVALID_PARAMETER for anything else.
   */
  setPreferredResolution(
    resolution: Dimensions | 'auto',
    handler?: CompletionHandler,
  ): Promise<void> {
    const told = this.#prefer(() => {
      this.#layer.setResolution(resolution);
    });
    return alsoTell(told, errorOnly(handler));
  }

  /**
   * Asks for no more than so many frames per second, 1 to 240. A stream without temporal layers stays as it is.
   *
   * @throws OTError OT_INVALID_PARAMETER for anything else.
   */
  setPreferredFrameRate(frameRate: number, handler?: CompletionHandler): Promise<void> {
    const told = this.#prefer(() => {
      this.#layer.setFrameRate(frameRate);
    });
    return alsoTell(told, errorOnly(handler));
  }

  /**
   * Has the pictures processed before they are shown; null ends that.
   *
   * @throws OTError OT_INVALID_PARAMETER for no connector, OT_UNEXPECTED_ERROR_CODE with the connector's own error as `cause`.
   */
  async setVideoMediaProcessorConnector(connector: MediaProcessorConnector | null): Promise<void> {
    await this.#process('video', connector);
  }

  /** The same as {@link setVideoMediaProcessorConnector}, for the sound. */
  async setAudioMediaProcessorConnector(connector: MediaProcessorConnector | null): Promise<void> {
    await this.#process('audio', connector);
  }

  /** @internal What to ask the server for. */
  wanted(): Wanted {
    return { audio: this.#audioOn && this.#mayHear, video: this.#conditions.wanted };
  }

  /** @internal */
  get subscription(): Subscription | undefined {
    return this.#subscription;
  }

  /**
   * @internal The session will ask for its media.
   * @throws OTError OT_INVALID_PARAMETER for properties that are none.
   */
  subscribing(subscription: Subscription): void {
    this.#subscription = subscription;
    const { audioVolume, preferredResolution, preferredFrameRate } = this.#properties;
    if (audioVolume !== undefined) this.#setVolume(audioVolume);
    if (preferredResolution !== undefined) this.#layer.setResolution(preferredResolution);
    if (preferredFrameRate !== undefined) this.#layer.setFrameRate(preferredFrameRate);
    if (this.#layer.isWanted()) this.#report(this.#tellLayer());
  }

  /** @internal Its media was negotiated, or negotiated anew. */
  mediaChanged(media: IncomingMedia): void {
    this.#media = media;
    this.#received.take(media);
    void this.view.play(this.#received.stream);
    if (!this.#playing) {
      this.#playing = true;
      const { stream: mediaStream } = this.#received;
      this.emit(eventOf('mediaStreamAvailable', this, { mediaStream }));
      this.emit(eventOf('videoElementCreated', this, { element: this.view.element }));
      this.#refreshWatch();
    }
    this.#show();
  }

  /** @internal */
  connectionChanged(state: 'connected' | 'disconnected'): void {
    if (state === 'connected' && !hasPictures(this.#conditions)) this.widget?.loaded();
    this.emit(new OTEvent(state, this));
  }

  /** @internal This browser can't decode a medium of the stream. */
  codecRefused(kind: 'audio' | 'video', codec: string): void {
    logWarning(`this browser can't decode the ${kind} of the stream: ${codec}`);
    if (kind === 'audio') return;
    this.widget?.loaded();
    this.#change({ decodable: false }, 'codecNotSupported');
  }

  /** @internal The network carries the pictures better or worse than before; `off`: the server has stopped sending them. */
  qualityChanged(network: VideoQuality): void {
    this.#change({ network }, 'quality');
  }

  /** @internal A property of the stream changed. */
  streamChanged(change: PropertyChange): void {
    if (!this.stream || change.property !== 'hasVideo') return;
    const reason = change.forQuality ? 'quality' : 'publishVideo';
    this.#change({ published: publishedBy(this.stream) }, reason);
  }

  /** @internal Why it can't be shown. */
  failed(error: OTError): void {
    this.widget?.showFailure(error.message);
  }

  /** @internal Ends it and removes it from the page. Later calls do nothing. */
  ended(reason: Reason, { announce }: { readonly announce: boolean }): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#refreshWatch();
    this.#subscription?.end({ announce });
    this.#layer.end();
    this.#received.end();
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
  protected override handlersChanged(): void {
    super.handlersChanged();
    this.#refreshWatch();
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
    this.#change({ wanted: on }, 'subscribeToVideo');
    await this.#subscription?.want(this.wanted());
  }

  #setVolume(volume: number): void {
    if (!(volume >= 0 && volume <= 100)) {
      throw new OTError('OT_INVALID_PARAMETER', `A volume is 0 to 100; it is ${volume}`);
    }
    this.view.element.volume = volume / 100;
  }

  #change(changes: Partial<PictureConditions>, reason: VideoReason): void {
    if (this.#destroyed) return;
    const before = this.#conditions;
    const after = { ...before, ...changes };
    this.#conditions = after;
    this.#show();
    for (const warning of warningsOf(before, after)) this.emit(new OTEvent(warning, this));
    const pictures = hasPictures(after);
    if (pictures === hasPictures(before)) return;
    this.emit(eventOf(pictures ? 'videoEnabled' : 'videoDisabled', this, { reason }));
  }

  #prefer(set: () => void): Promise<void> {
    try {
      set();
    } catch (error) {
      return Promise.reject(toOTError(error));
    }
    return this.#tellLayer();
  }

  async #tellLayer(): Promise<void> {
    try {
      await this.#subscription?.prefer(this.#layer.current());
    } catch (thrown) {
      throw toOTError(explainRefusal(thrown));
    }
  }

  async #process(kind: 'audio' | 'video', connector: unknown): Promise<void> {
    const checked = requireConnector(connector);
    try {
      await this.#received.process(kind, checked);
    } catch (thrown) {
      throw toOTError(thrown);
    }
  }

  #show(): void {
    this.widget?.showTrouble(troubleOf(this.#conditions));
    this.widget?.showAudioOnly(!hasPictures(this.#conditions));
    if (!this.#audioOn) this.widget?.showMuted(true);
    this.refreshMeter();
  }

  /** Watches the quality while somebody listens, and only then. */
  #refreshWatch(): void {
    const wanted = QUALITY_EVENTS.some((name) => this.hasHandler(name));
    this.#watch.run(wanted && this.#playing && !this.#destroyed);
  }

  #linkFacts(): LinkFacts {
    const { stream } = this;
    const gone = stream?.isInterrupted === true;
    const publisher = stream?.isHeldBack === true ? 'heldBack' : 'sending';
    return { quality: this.#conditions.network, publisher: gone ? 'gone' : publisher };
  }

  #expected(): Expectation {
    const { published, wanted, decodable } = this.#conditions;
    const preference = this.#layer.current();
    const { stream } = this;
    // Of a screen that stands still, nothing comes: that tells nothing of the quality.
    const measurable = stream?.videoType !== 'screen' && preference.visible !== false;
    const pictures = published === 'sent' && wanted && decodable && measurable;
    return {
      audio: this.wanted().audio && stream?.hasAudio === true,
      video: stream && pictures ? bestOf(stream, preference) : undefined,
    };
  }

  #report(change: Promise<void>): void {
    settle(change, undefined, (error) => {
      reportException(error, this);
    });
  }
}

function publishedBy({ hasVideo, isHeldBack }: Stream): PictureConditions['published'] {
  if (hasVideo) return 'sent';
  return isHeldBack ? 'heldBack' : 'muted';
}
