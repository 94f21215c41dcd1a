import { OTError, toOTError } from '../errors.js';
import { logWarning } from '../logging.js';
import type { IncomingMedia, PeerState, SubscribePeer } from '../peers/subscribe-peer.js';
import type { Cancel, Platform } from '../platform.js';
import { explainRefusal } from '../signalling/refusal.js';
import type { Signalling } from '../signalling/signalling.js';

/** How long media may take to be set up, in milliseconds. */
const SETUP_TIMEOUT_MS = 30_000;

/** What a subscription needs of its session. */
export interface SubscriptionContext {
  readonly platform: Platform;
  readonly signalling: Signalling;
  peer(): SubscribePeer;
}

/** Which media is wanted now. */
export interface Wanted {
  readonly audio: boolean;
  readonly video: boolean;
}

/** Who plays the media. */
export interface SubscriptionListener {
  /** What to play, or what to play now instead. */
  media(media: IncomingMedia): void;
  /** Media can flow, or can't any more. */
  stateChanged(state: 'connected' | 'disconnected'): void;
}

/** One subscriber's media in one session, from the request to its end. */
export class Subscription {
  readonly #context: SubscriptionContext;
  readonly #streamId: string;
  readonly #listener: SubscriptionListener;
  #id: string | undefined;
  #media: IncomingMedia = { audio: undefined, video: undefined };
  #state: PeerState = 'connecting';
  #wanted: Wanted;
  #told: Wanted;
  #ended = false;
  #waiting: { resolve: () => void; reject: (error: OTError) => void } | undefined;
  #cancelTimeout: Cancel = () => undefined;

  constructor(
    context: SubscriptionContext,
    streamId: string,
    wanted: Wanted,
    listener: SubscriptionListener,
  ) {
    this.#context = context;
    this.#streamId = streamId;
    this.#wanted = this.#told = wanted;
    this.#listener = listener;
  }

  /**
   * Subscribes; resolves when media can flow.
   *
   * @throws OTError why there is no media; OT_STREAM_DESTROYED when it was ended meanwhile, OT_TIMEOUT after 30 s.
   */
  async start(): Promise<void> {
    const set = new Promise<void>((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
    this.#cancelTimeout = this.#context.platform.after(SETUP_TIMEOUT_MS, () => {
      this.fail(new OTError('OT_TIMEOUT', `No media within ${SETUP_TIMEOUT_MS} ms`));
    });
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
    const has = media.audio !== undefined || media.video !== undefined;
    const state = has ? peer.state() : 'connecting';
    if (state === this.#state) return;
    this.#state = state;
    if (state !== 'connecting') this.#listener.stateChanged(state);
    if (state === 'connected') {
      this.#cancelTimeout();
      this.#waiting?.resolve();
    }
  }

  /** Stops or resumes a medium. */
  async want(wanted: Wanted): Promise<void> {
    this.#wanted = wanted;
    await this.#tellWanted();
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
    this.fail(new OTError('OT_STREAM_DESTROYED', 'The subscription was ended'));
    if (announce && this.#id !== undefined) this.#unsubscribe(this.#id);
  }

  async #request(): Promise<void> {
    const { subscriptionId } = await this.#context.signalling.request('subscribe', {
      streamId: this.#streamId,
      ...this.#told,
    });
    if (this.#ended) {
      this.#unsubscribe(subscriptionId);
      return;
    }
    this.#id = subscriptionId;
    this.refresh();
    await this.#tellWanted();
  }

  async #tellWanted(): Promise<void> {
    const { audio, video } = this.#wanted;
    const told = this.#told;
    if (this.#id === undefined || this.#ended) return;
    if (audio === told.audio && video === told.video) return;
    this.#told = this.#wanted;
    await this.#context.signalling.request('updateSubscription', {
      subscriptionId: this.#id,
      ...(audio === told.audio ? {} : { audio }),
      ...(video === told.video ? {} : { video }),
    });
  }

  #unsubscribe(subscriptionId: string): void {
    this.#context.signalling.request('unsubscribe', { subscriptionId }).catch((error: unknown) => {
      // The stream may have ended at the same time, and its subscriptions with it.
      logWarning('a subscription was not ended properly', error);
    });
  }
}
