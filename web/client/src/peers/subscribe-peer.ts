import { OTError, toOTError } from '../errors.js';
import { SerialQueue } from '../serial-queue.js';
import type { SubscribeOffer } from '../signalling/messages.js';

/** The receivers of one subscription's media, as far as they are negotiated. */
export interface IncomingMedia {
  readonly audio: RTCRtpReceiver | undefined;
  readonly video: RTCRtpReceiver | undefined;
}

/** Whether media can flow. */
export type PeerState = 'connecting' | 'connected' | 'disconnected';

export interface SubscribePeerListener {
  /** An offer was applied: {@link SubscribePeer.mediaOf} may have changed. */
  negotiated(): void;
  stateChanged(state: PeerState): void;
  /** No media gets through any more, or an offer could not be applied. */
  failed(error: OTError): void;
}

/** The one PeerConnection that carries everything this client receives. The server offers; offers are answered one after another. */
export class SubscribePeer {
  readonly #pc: RTCPeerConnection;
  readonly #answer: (revision: number, sdp: string) => Promise<unknown>;
  readonly #listener: SubscribePeerListener;
  readonly #queue = new SerialQueue();
  #tracks: SubscribeOffer['tracks'] = [];
  #closed = false;

  constructor(
    pc: RTCPeerConnection,
    answer: (revision: number, sdp: string) => Promise<unknown>,
    listener: SubscribePeerListener,
  ) {
    this.#pc = pc;
    this.#answer = answer;
    this.#listener = listener;
    pc.onconnectionstatechange = () => {
      this.#stateChanged();
    };
  }

  /** Applies an offer and answers it. A failure is told to the listener. */
  offered(offer: SubscribeOffer): Promise<void> {
    return this.#queue.run(async () => {
      if (this.#closed) return;
      try {
        await this.#pc.setRemoteDescription({ type: 'offer', sdp: offer.sdp });
        await this.#pc.setLocalDescription();
      } catch (error) {
        this.#fail(toOTError(error, 'OT_SET_REMOTE_DESCRIPTION_FAILED'));
        return;
      }
      this.#tracks = offer.tracks;
      const answered = this.#answer(offer.revision, this.#pc.localDescription?.sdp ?? '');
      this.#listener.negotiated();
      await answered;
    });
  }

  /** What the last applied offer gave a subscription. */
  mediaOf(subscriptionId: string): IncomingMedia {
    const receiver = (kind: 'audio' | 'video'): RTCRtpReceiver | undefined => {
      const track = this.#tracks.find(
        (candidate) => candidate.subscriptionId === subscriptionId && candidate.kind === kind,
      );
      return track && this.#pc.getTransceivers().find(({ mid }) => mid === track.mid)?.receiver;
    };
    return { audio: receiver('audio'), video: receiver('video') };
  }

  state(): PeerState {
    switch (this.#pc.connectionState) {
      case 'connected':
        return 'connected';
      case 'disconnected':
        return 'disconnected';
      case 'new':
      case 'connecting':
      case 'failed':
      case 'closed':
        return 'connecting';
    }
  }

  close(): void {
    this.#closed = true;
    this.#pc.onconnectionstatechange = null;
    this.#pc.close();
  }

  #stateChanged(): void {
    if (this.#pc.connectionState === 'failed') {
      this.#fail(
        new OTError(
          'OT_ICE_WORKFLOW_FAILED',
          'No media gets through from the server: its media port may be blocked on the way',
        ),
      );
    } else {
      this.#listener.stateChanged(this.state());
    }
  }

  #fail(error: OTError): void {
    if (this.#closed) return;
    this.close();
    this.#listener.failed(error);
  }
}
