import { OTError, toOTError } from '../errors.js';
import { logWarning } from '../logging.js';
import { SerialQueue } from '../serial-queue.js';
import { addSending, applyEncodings, suits, type OutgoingMedium } from './outgoing.js';

/** Sends an offer to the server and gives its answer. */
export type ExchangeOffer = (
  sdp: string,
  tracks: readonly { mid: string; streamId: string }[],
) => Promise<string>;

/** What one published stream occupies of the PeerConnection. */
export class OutgoingStream {
  readonly streamId: string;
  readonly transceivers: readonly RTCRtpTransceiver[];

  constructor(streamId: string, transceivers: readonly RTCRtpTransceiver[]) {
    this.streamId = streamId;
    this.transceivers = transceivers;
  }

  senders(): RTCRtpSender[] {
    return this.transceivers.map((transceiver) => transceiver.sender);
  }

  sender(kind: 'audio' | 'video'): RTCRtpSender | undefined {
    return this.transceivers.find((transceiver) => transceiver.receiver.track.kind === kind)
      ?.sender;
  }
}

/**
 * The one PeerConnection that carries all streams of this client up. Negotiations run one after another; the m-sections of a
 * stream that ended are used again by the next of the same kind, so that the SDP does not grow.
 */
export class PublishPeer {
  readonly #pc: RTCPeerConnection;
  readonly #exchange: ExchangeOffer;
  readonly #failed: (error: OTError) => void;
  readonly #queue = new SerialQueue();
  readonly #streams = new Set<OutgoingStream>();
  readonly #waiting = new Set<{ resolve: () => void; reject: (error: OTError) => void }>();
  #broken: OTError | undefined;

  /** `failed` hears at most once that no media gets through any more. */
  constructor(pc: RTCPeerConnection, exchange: ExchangeOffer, failed: (error: OTError) => void) {
    this.#pc = pc;
    this.#exchange = exchange;
    this.#failed = failed;
    pc.onconnectionstatechange = () => {
      this.#stateChanged();
    };
  }

  /** Negotiates a stream's media; resolves when the server has it. */
  add(streamId: string, media: readonly OutgoingMedium[]): Promise<OutgoingStream> {
    return this.#queue.run(async () => {
      this.#failIfBroken();
      const stream = await this.#occupy(streamId, media);
      this.#streams.add(stream);
      try {
        await this.#negotiate();
      } catch (error) {
        this.#streams.delete(stream);
        this.#giveBack(stream);
        this.#failIfBroken();
        throw error;
      }
      return stream;
    });
  }

  /** Takes a stream out again: sending stops at once, `announce` tells the server in its turn, then the m-sections go inactive. */
  remove(stream: OutgoingStream, announce: () => Promise<unknown>): Promise<void> {
    for (const sender of stream.senders()) {
      sender.replaceTrack(null).catch((error: unknown) => {
        logWarning('a sender did not let go of its track', error);
      });
    }
    return this.#queue.run(async () => {
      await announce();
      this.#streams.delete(stream);
      if (this.#broken) return;
      deactivate(stream);
      await this.#negotiate();
    });
  }

  /** Resolves when media can flow; rejects when that fails. */
  connected(): Promise<void> {
    if (this.#broken) return Promise.reject(this.#broken);
    if (this.#pc.connectionState === 'connected') return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.add({ resolve, reject });
    });
  }

  /** Closes the PeerConnection; whoever still waits gets OT_DISCONNECTED. */
  close(): void {
    this.#end(new OTError('OT_DISCONNECTED', 'The connection to the session is closed'));
  }

  async #occupy(streamId: string, media: readonly OutgoingMedium[]): Promise<OutgoingStream> {
    const transceivers: RTCRtpTransceiver[] = [];
    for (const medium of media) {
      const free = this.#pc
        .getTransceivers()
        .find(
          (transceiver) =>
            transceiver.mid !== null &&
            transceiver.direction === 'inactive' &&
            !transceivers.includes(transceiver) &&
            suits(transceiver, medium),
        );
      transceivers.push(free ? await reuse(free, medium) : addSending(this.#pc, medium));
    }
    return new OutgoingStream(streamId, transceivers);
  }

  async #negotiate(): Promise<void> {
    await this.#pc.setLocalDescription();
    const tracks = [...this.#streams].flatMap(({ streamId, transceivers }) =>
      transceivers.map(({ mid }) => ({ mid: mid ?? '', streamId })),
    );
    try {
      const answer = await this.#exchange(this.#pc.localDescription?.sdp ?? '', tracks);
      await this.#pc.setRemoteDescription({ type: 'answer', sdp: answer }).catch(refusedAnswer);
    } catch (error) {
      await this.#rollBack();
      throw error;
    }
  }

  /** After a refused offer or answer: back to the last agreed state. */
  async #rollBack(): Promise<void> {
    if (this.#pc.signalingState === 'have-local-offer') {
      await this.#pc.setLocalDescription({ type: 'rollback' });
    }
  }

  /** Frees the m-sections of a stream that was not agreed on. */
  #giveBack(stream: OutgoingStream): void {
    if (this.#broken) return;
    for (const transceiver of stream.transceivers) {
      // What was never negotiated has no m-section to come back to.
      if (transceiver.mid === null) transceiver.stop();
    }
    deactivate(stream);
  }

  #failIfBroken(): void {
    if (this.#broken) throw this.#broken;
  }

  #stateChanged(): void {
    switch (this.#pc.connectionState) {
      case 'connected':
        for (const { resolve } of this.#waiting) resolve();
        this.#waiting.clear();
        return;
      case 'failed': {
        const error = new OTError(
          'OT_ICE_WORKFLOW_FAILED',
          'No media gets through to the server: its media port may be blocked on the way',
        );
        this.#end(error);
        this.#failed(error);
        return;
      }
      case 'new':
      case 'connecting':
      case 'disconnected':
      case 'closed':
    }
  }

  #end(error: OTError): void {
    this.#broken ??= error;
    this.#pc.onconnectionstatechange = null;
    this.#pc.close();
    for (const { reject } of this.#waiting) reject(error);
    this.#waiting.clear();
  }
}

function refusedAnswer(error: unknown): never {
  throw toOTError(error, 'OT_SET_REMOTE_DESCRIPTION_FAILED');
}

async function reuse(
  transceiver: RTCRtpTransceiver,
  medium: OutgoingMedium,
): Promise<RTCRtpTransceiver> {
  transceiver.direction = 'sendonly';
  (transceiver.sender as Partial<RTCRtpSender>).setStreams?.(medium.stream);
  await transceiver.sender.replaceTrack(medium.track);
  if (medium.kind === 'video') await applyEncodings(transceiver.sender, medium.encodings);
  return transceiver;
}

function deactivate(stream: OutgoingStream): void {
  for (const transceiver of stream.transceivers) {
    if (transceiver.currentDirection !== 'stopped') transceiver.direction = 'inactive';
  }
}
