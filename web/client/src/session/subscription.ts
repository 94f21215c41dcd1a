import { OTError, toOTError } from '../errors.js';
import { logWarning } from '../logging.js';
import type { PathHealth } from '../peers/path.js';
import type { IncomingMedia, SubscribePeer } from '../peers/subscribe-peer.js';
import { Pauses } from '../pauses.js';
import type { Cancel, Platform } from '../platform.js';
import { SerialQueue } from '../serial-queue.js';
import type {
  SubscriptionRefused,
  VideoQuality,
  VideoQualityChange,
} from '../signalling/messages.js';
import { explainRefusal } from '../signalling/refusal.js';
import type { Signalling } from '../signalling/signalling.js';
import type { Stream } from './stream.js';
import {
  changedFields,
  isVisible,
  subscribeFields,
  type LayerPreference,
  type Wanted,
  type Wish,
} from './wish.js';

/** How long media may take to be set up, in milliseconds; interruptions of the network don't count. */
const SETUP_TIMEOUT_MS = 30_000;
const SETUP_CHECK_MS = 1_000;

/** How long a preference must stand before the server is told: a window being resized changes it all the time. */
const PREFERENCE_DELAY_MS = 250;

/** What changes faster than this is told once, as it is then. */
const UPDATE_INTERVAL_MS = 100;

/** What a subscription needs of its session. */
export interface SubscriptionContext {
  readonly platform: Platform;
  readonly signalling: Signalling;
  peer(): SubscribePeer;
  /** Whether the network keeps the session from working now. */
  isInterrupted(): boolean;
}

/** Who plays the media. */
export interface SubscriptionListener {
  /** What to play, or what to play now instead. */
  media(media: IncomingMedia): void;
  /** Media can flow, or can't any more: the own network or that of the publisher is interrupted. */
  stateChanged(state: 'connected' | 'disconnected'): void;
  /** This browser can't decode the publisher's codec: nothing of this medium will come, the other one does. */
  refused(kind: 'audio' | 'video', codec: string): void;
  /** The network carries the pictures better or worse than before. */
  qualityChanged(quality: VideoQuality): void;
}

/** One subscriber's media in one session, from the request to its end. */
export class Subscription {
  readonly #context: SubscriptionContext;
  readonly #stream: Stream;
  readonly #listener: SubscriptionListener;
  #id: string | undefined;
  #media: IncomingMedia = { audio: undefined, video: undefined };
  #refused: ReadonlySet<'audio' | 'video'> = new Set();
  #quality: VideoQuality = 'good';
  #state: 'connecting' | 'connected' | 'disconnected' = 'connecting';
  readonly #telling = new SerialQueue();
  readonly #pauses: Pauses;
  #updatedAtMs = -Infinity;
  #wish: Wish;
  /** What the server knows. */
  #told: Wish;
  #ended = false;
  #settling: Promise<void> | undefined;
  #waiting: { resolve: () => void; reject: (error: OTError) => void } | undefined;
  #cancelTimeout: Cancel = () => undefined;

  constructor(
    context: SubscriptionContext,
    stream: Stream,
    wanted: Wanted,
    listener: SubscriptionListener,
  ) {
    this.#context = context;
    this.#pauses = new Pauses(context.platform);
    this.#stream = stream;
    this.#wish = this.#told = { ...wanted, preference: {} };
    this.#listener = listener;
  }

  /**
   * Subscribes; resolves when media can flow.
   *
   * @throws OTError why there is no media; OT_STREAM_DESTROYED when it was ended meanwhile, OT_TIMEOUT after 30 s in which the network
   * was there.
   */
  async start(): Promise<void> {
    const set = new Promise<void>((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
    this.#limitSetup();
    this.#request().catch((error: unknown) => {
      this.fail(toOTError(explainRefusal(error)));
    });
    await set;
  }

  /** Looks for its media after a negotiation or a change of the PeerConnection. */
  refresh(): void {
    if (this.#id === undefined || this.#ended) return;
    const peer = this.#context.peer();
    const media = peer.mediaOf(this.#id);
    if (media.audio !== this.#media.audio || media.video !== this.#media.video) {
      this.#media = media;
      this.#listener.media(media);
    }
    if (media.audio ?? media.video) this.#pathIs(peer.path.health);
  }

  /** Whether something should come now. */
  expectsMedia(): boolean {
    const { hasAudio, hasVideo, isInterrupted } = this.#stream;
    const audio = this.#wish.audio && hasAudio && !this.#refused.has('audio');
    const mayHaveVideo = hasVideo && !this.#refused.has('video') && this.#quality !== 'off';
    const video = this.#wish.video && isVisible(this.#wish) && mayHaveVideo;
    return this.#id !== undefined && !this.#ended && !isInterrupted && (audio || video);
  }

  /** Stops or resumes a medium. */
  async want(wanted: Wanted): Promise<void> {
    this.#wish = { ...this.#wish, ...wanted };
    await this.#tell();
  }

  /**
   * Asks for a layer, in place of what was asked for before; `{}` takes the preference back. Before {@link start} it becomes part of
   * the request, later the server is told once it stood for 250 ms, or at once of a picture that can be seen again. Resolves when the server knows the last preference, or the
   * subscription has ended.
   *
   * @throws Refusal when the server refuses it.
   */
  prefer(preference: LayerPreference): Promise<void> {
    this.#wish = { ...this.#wish, preference };
    if (isVisible(this.#wish) && !isVisible(this.#told)) return this.#tell();
    this.#settling ??= this.#pauses.pause(PREFERENCE_DELAY_MS).then(() => {
      this.#settling = undefined;
      return this.#tell();
    });
    return this.#settling;
  }

  /** Takes note when the server says that a medium of this subscription can't be decoded here. */
  refused({ subscriptionId, kind, codec }: SubscriptionRefused): void {
    if (subscriptionId !== this.#id || this.#ended) return;
    this.#refused = new Set([...this.#refused, kind]);
    this.#listener.refused(kind, codec);
    const other = kind === 'audio' ? this.#media.video : this.#media.audio;
    // Nothing else will come, and that has been told.
    if (!other) this.#established();
  }

  /** Takes note when the server says how well the network carries the pictures of this subscription. */
  qualityChanged({ subscriptionId, quality }: VideoQualityChange): void {
    if (subscriptionId !== this.#id || this.#ended) return;
    this.#quality = quality;
    this.#listener.qualityChanged(quality);
  }

  receivers(): RTCRtpReceiver[] {
    return [this.#media.audio, this.#media.video].filter((receiver) => receiver !== undefined);
  }

  /** Makes a start() in progress fail. */
  fail(error: OTError): void {
    this.#cancelTimeout();
    this.#waiting?.reject(error);
  }

  /** Ends it; `announce` unless the server knows already. Later calls do nothing. */
  end({ announce }: { readonly announce: boolean }): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#pauses.end();
    this.fail(new OTError('OT_STREAM_DESTROYED', 'The subscription was ended'));
    if (announce && this.#id !== undefined) this.#unsubscribe(this.#id);
  }

  #limitSetup(): void {
    let leftMs = SETUP_TIMEOUT_MS;
    this.#cancelTimeout = this.#context.platform.every(SETUP_CHECK_MS, () => {
      if (this.#context.isInterrupted()) return;
      leftMs -= SETUP_CHECK_MS;
      if (leftMs > 0) return;
      this.fail(new OTError('OT_TIMEOUT', `No media within ${SETUP_TIMEOUT_MS} ms`));
    });
  }

  #pathIs(health: PathHealth): void {
    switch (health) {
      case 'flowing':
        this.#established();
        if (!this.#stream.isInterrupted) this.#become('connected');
        else if (this.#state === 'connected') this.#become('disconnected');
        return;
      case 'broken':
      case 'over':
        if (this.#state === 'connected') this.#become('disconnected');
        return;
      case 'new':
      case 'doubtful':
    }
  }

  #become(state: 'connected' | 'disconnected'): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#listener.stateChanged(state);
  }

  #established(): void {
    this.#cancelTimeout();
    this.#waiting?.resolve();
  }

  async #request(): Promise<void> {
    this.#told = this.#wish;
    const { subscriptionId } = await this.#context.signalling.request('subscribe', {
      streamId: this.#stream.streamId,
      ...subscribeFields(this.#told),
    });
    if (this.#ended) {
      this.#unsubscribe(subscriptionId);
      return;
    }
    this.#id = subscriptionId;
    this.refresh();
    await this.#tell();
  }

  /** One change at a time: each starts from what the server really took over. Who changes its mind all the time is told of at intervals. */
  #tell(): Promise<void> {
    return this.#telling.run(async () => {
      if (!this.#hasChanges()) return;
      const { platform } = this.#context;
      const waitMs = this.#updatedAtMs + UPDATE_INTERVAL_MS - platform.elapsedMs();
      if (waitMs > 0) await this.#pauses.pause(waitMs);
      if (!this.#hasChanges()) return;
      this.#updatedAtMs = platform.elapsedMs();
      const wish = this.#wish;
      try {
        await this.#context.signalling.request('updateSubscription', {
          subscriptionId: this.#id ?? '',
          ...changedFields(this.#told, wish),
        });
      } catch (error) {
        // A preference that was refused must not go along with the next change of something else.
        if (this.#wish.preference === wish.preference) {
          this.#wish = { ...this.#wish, preference: this.#told.preference };
        }
        throw error;
      }
      this.#told = wish;
    });
  }

  #hasChanges(): boolean {
    const changes = changedFields(this.#told, this.#wish);
    return this.#id !== undefined && !this.#ended && Object.keys(changes).length > 0;
  }

  #unsubscribe(subscriptionId: string): void {
    this.#context.signalling.request('unsubscribe', { subscriptionId }).catch((error: unknown) => {
      // The stream may have ended at the same time, and its subscriptions with it.
      logWarning('a subscription was not ended properly', error);
    });
  }
}
