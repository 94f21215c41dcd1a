import { OTError, toOTError } from '../errors.js';
import type { Platform } from '../platform.js';
import { SerialQueue } from '../serial-queue.js';
import type { SubscribedTrack, SubscribeOffer } from '../signalling/messages.js';
import { MediaPath } from './media-path.js';
import type { PathHealth } from './path.js';

/** The receivers of one subscription's media, as far as they are negotiated. */
export interface IncomingMedia {
  readonly audio: RTCRtpReceiver | undefined;
  readonly video: RTCRtpReceiver | undefined;
}

/** What a subscribing peer can't do itself. */
export interface SubscribePeerContext {
  readonly platform: Platform;
  /** A PeerConnection, or the error why there is none. */
  newPeerConnection(): RTCPeerConnection;
  answer(revision: number, sdp: string): Promise<unknown>;
  /** Asks the server for an offer with new ICE credentials; with `renew` for the first offer of a new PeerConnection. */
  restart(renew: boolean): Promise<unknown>;
  /** Whether any subscribed stream has media that should come. */
  mediaExpected(): boolean;
  /** An offer was applied: {@link SubscribePeer.mediaOf} may have changed. */
  negotiated(): void;
  healthChanged(health: PathHealth): void;
  /** No media gets through any more, or an offer could not be applied. */
  failed(error: OTError): void;
}

/**
 * What carries everything that this client receives: one PeerConnection, and another one in its place when the server says so. The
 * server offers; offers are answered one after another.
 */
export class SubscribePeer {
  readonly #context: SubscribePeerContext;
  readonly #queue = new SerialQueue();
  readonly path: MediaPath;
  #pc: RTCPeerConnection | undefined;
  /** Which of the client's subscribe PeerConnections this is, by the server's count. */
  #peer = 0;
  #tracks: readonly SubscribedTrack[] = [];
  #closed = false;

  constructor(context: SubscribePeerContext) {
    this.#context = context;
    this.path = new MediaPath(context.platform, {
      // Before the first offer there is nothing to restart.
      restart: () => (this.#pc ? context.restart(false) : Promise.resolve()),
      renew: () => context.restart(true),
      mediaExpected: () => context.mediaExpected(),
      healthChanged: (health) => {
        context.healthChanged(health);
      },
      gaveUp: () => {
        context.failed(
          new OTError(
            'OT_ICE_WORKFLOW_FAILED',
            'No media gets through from the server: its media port may be blocked on the way',
          ),
        );
      },
    });
  }

  /** Applies an offer and answers it. A failure is told to the context. */
  offered(offer: SubscribeOffer): Promise<void> {
    return this.#queue.run(async () => {
      if (this.#closed) return;
      let sdp: string;
      try {
        const pc = this.#peerConnectionFor(offer);
        await pc.setRemoteDescription({ type: 'offer', sdp: offer.sdp });
        await pc.setLocalDescription();
        sdp = pc.localDescription?.sdp ?? '';
      } catch (error) {
        this.#fail(toOTError(error, 'OT_SET_REMOTE_DESCRIPTION_FAILED'));
        return;
      }
      this.#tracks = offer.tracks;
      const answered = this.#context.answer(offer.revision, sdp);
      this.#context.negotiated();
      await answered;
    });
  }

  /** What the last applied offer gave a subscription. */
  mediaOf(subscriptionId: string): IncomingMedia {
    const receiver = (kind: 'audio' | 'video'): RTCRtpReceiver | undefined => {
      const track = this.#tracks.find(
        (candidate) => candidate.subscriptionId === subscriptionId && candidate.kind === kind,
      );
      return track && this.#pc?.getTransceivers().find(({ mid }) => mid === track.mid)?.receiver;
    };
    return { audio: receiver('audio'), video: receiver('video') };
  }

  close(): void {
    this.#closed = true;
    this.path.close();
    this.#pc?.close();
  }

  #peerConnectionFor({ peer }: SubscribeOffer): RTCPeerConnection {
    if (this.#pc && peer <= this.#peer) return this.#pc;
    this.#pc?.close();
    const pc = this.#context.newPeerConnection();
    this.#pc = pc;
    this.#peer = peer;
    this.path.watch(pc);
    return pc;
  }

  #fail(error: OTError): void {
    if (this.#closed) return;
    this.close();
    this.#context.failed(error);
  }
}
