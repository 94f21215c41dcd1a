import { toOTError, type OTError } from '../errors.js';
import type { PathHealth } from '../peers/path.js';
import { PublishPeer } from '../peers/publish-peer.js';
import { SubscribePeer } from '../peers/subscribe-peer.js';
import type { Platform } from '../platform.js';
import type { Signalling } from '../signalling/signalling.js';
import { Interruption } from './interruption.js';

/** What is told of the media of a session. */
export interface MediaPathsListener {
  /** The network keeps the session from working, or no longer does. */
  interrupted(): void;
  restored(): void;
  /** Subscriptions may have other media, or their path another health. */
  subscriptionsChanged(): void;
  /** Whether any subscribed stream has media that should come. */
  mediaExpected(): boolean;
  publishingFailed(error: OTError): void;
  subscribingFailed(error: OTError): void;
}

/** The two ways that media takes between this client and the server, and how well they and the signalling do. */
export class MediaPaths {
  readonly #platform: Platform;
  readonly #signalling: Signalling;
  readonly #videoCodecs: readonly string[];
  readonly #listener: MediaPathsListener;
  readonly #interruption: Interruption;
  #publishing: PublishPeer | undefined;
  #subscribing: SubscribePeer | undefined;

  constructor(
    platform: Platform,
    signalling: Signalling,
    videoCodecs: readonly string[],
    listener: MediaPathsListener,
  ) {
    this.#platform = platform;
    this.#signalling = signalling;
    this.#videoCodecs = videoCodecs;
    this.#listener = listener;
    this.#interruption = new Interruption({
      began: () => {
        listener.interrupted();
      },
      ended: () => {
        listener.restored();
      },
    });
  }

  /** Whether the network keeps the session from working now. */
  get isInterrupted(): boolean {
    return this.#interruption.lasts;
  }

  /** The path of what this client sends; made when first needed. */
  publishing(): PublishPeer {
    this.#publishing ??= new PublishPeer({
      platform: this.#platform,
      videoCodecs: this.#videoCodecs,
      newPeerConnection: () => this.#newPeerConnection(),
      exchange: async (sdp, tracks) =>
        (await this.#signalling.request('publishOffer', { sdp, tracks })).sdp,
      healthChanged: (health) => {
        this.#healthChanged('publishing', health);
      },
      failed: (error) => {
        this.#listener.publishingFailed(error);
      },
    });
    return this.#publishing;
  }

  /** The path of what this client receives; made when first needed. */
  subscribing(): SubscribePeer {
    this.#subscribing ??= new SubscribePeer({
      platform: this.#platform,
      newPeerConnection: () => this.#newPeerConnection(),
      answer: (revision, sdp) => this.#signalling.request('subscribeAnswer', { revision, sdp }),
      restart: (renew) =>
        this.#signalling.request('restartSubscribe', renew ? { renew: true } : {}),
      mediaExpected: () => this.#listener.mediaExpected(),
      negotiated: () => {
        this.#listener.subscriptionsChanged();
      },
      healthChanged: (health) => {
        this.#healthChanged('subscribing', health);
        this.#listener.subscriptionsChanged();
      },
      failed: (error) => {
        this.#listener.subscribingFailed(error);
      },
    });
    return this.#subscribing;
  }

  /** The signalling socket is lost. */
  suspend(): void {
    this.#publishing?.path.suspend();
    this.#subscribing?.path.suspend();
    this.#interruption.set('signalling', 'broken');
  }

  /** The signalling socket has been replaced: whatever cost it may have hit the media as well. */
  resume(): void {
    this.#publishing?.path.resume();
    this.#subscribing?.path.resume();
    this.#interruption.set('signalling', 'flowing');
  }

  networkChanged(): void {
    this.#publishing?.path.doubt();
    this.#subscribing?.path.doubt();
  }

  /** What was given up is tried anew, for somebody who needs it now. */
  revive(): void {
    for (const peer of [this.#publishing, this.#subscribing]) {
      if (peer?.path.health === 'over') peer.path.doubt();
    }
  }

  close(): void {
    this.#publishing?.close();
    this.#subscribing?.close();
  }

  /** A network that is gone shows in media within seconds, in the socket only after the silence of `pingTimeoutMs`. */
  #healthChanged(part: 'publishing' | 'subscribing', health: PathHealth): void {
    if (health === 'broken') this.#signalling.doubt();
    this.#interruption.set(part, health);
  }

  #newPeerConnection(): RTCPeerConnection {
    try {
      return this.#platform.newPeerConnection();
    } catch (error) {
      throw toOTError(error, 'OT_CREATE_PEER_CONNECTION_FAILED');
    }
  }
}
