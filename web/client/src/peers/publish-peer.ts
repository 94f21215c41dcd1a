import { OTError, toOTError } from '../errors.js';
import { logWarning } from '../logging.js';
import type { Platform } from '../platform.js';
import { SerialQueue } from '../serial-queue.js';
import { MediaPath } from './media-path.js';
import {
  addSending,
  applyEncodings,
  OutgoingStream,
  suits,
  type OutgoingMedium,
} from './outgoing.js';
import type { PathHealth } from './path.js';
import { expectedCodec, type CodecName } from './video-codec.js';

/** What a publishing peer can't do itself. */
export interface PublishPeerContext {
  readonly platform: Platform;
  /** The codecs of the session, the preferred first. */
  readonly videoCodecs: readonly CodecName[];
  /** A PeerConnection, or the error why there is none. */
  newPeerConnection(): RTCPeerConnection;
  /** Sends an offer to the server and gives its answer. */
  exchange(sdp: string, tracks: readonly { mid: string; streamId: string }[]): Promise<string>;
  healthChanged(health: PathHealth): void;
  /** No media gets through any more. */
  failed(error: OTError): void;
}

/**
 * What carries all streams of this client up: one PeerConnection, and another one in its place when it can't be saved. Negotiations run
 * one after another; the m-sections of a stream that ended are used again by the next of the same kind, so that the SDP does not grow.
 */
export class PublishPeer {
  readonly #context: PublishPeerContext;
  readonly #codec: CodecName | undefined;
  readonly #queue = new SerialQueue();
  readonly #streams = new Set<OutgoingStream>();
  readonly #waiting = new Set<{ resolve: () => void; reject: (error: OTError) => void }>();
  readonly path: MediaPath;
  #pc: RTCPeerConnection;
  #closed: OTError | undefined;

  constructor(context: PublishPeerContext) {
    this.#context = context;
    this.#codec = expectedCodec(context.videoCodecs);
    this.#pc = context.newPeerConnection();
    this.path = new MediaPath(context.platform, {
      restart: () => this.#restart(),
      renew: () => this.#renew(),
      mediaExpected: () => this.#sendsAnything(),
      healthChanged: (health) => {
        if (health === 'flowing') this.#connected();
        context.healthChanged(health);
      },
      gaveUp: () => {
        const error = new OTError(
          'OT_ICE_WORKFLOW_FAILED',
          'No media gets through to the server: its media port may be blocked on the way',
        );
        this.#failWaiting(error);
        context.failed(error);
      },
    });
    this.path.watch(this.#pc);
  }

  /** Negotiates a stream's media; resolves when the server has it. */
  add(streamId: string, media: readonly OutgoingMedium[]): Promise<OutgoingStream> {
    return this.#queue.run(async () => {
      this.#failIfClosed();
      const stream = new OutgoingStream(streamId, media, await this.#occupy(media));
      this.#streams.add(stream);
      try {
        await this.#negotiate();
      } catch (error) {
        this.#streams.delete(stream);
        this.#giveBack(stream);
        this.#failIfClosed();
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
      if (this.#closed) return;
      deactivate(stream);
      await this.#negotiate();
    });
  }

  /** Resolves when media can flow; rejects when that fails. */
  connected(): Promise<void> {
    if (this.#closed) return Promise.reject(this.#closed);
    if (this.path.health === 'flowing') return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.add({ resolve, reject });
    });
  }

  /** Closes the PeerConnection; whoever still waits gets OT_DISCONNECTED. */
  close(): void {
    this.#closed ??= new OTError('OT_DISCONNECTED', 'The connection to the session is closed');
    this.path.close();
    this.#pc.close();
    this.#failWaiting(this.#closed);
  }

  async #occupy(media: readonly OutgoingMedium[]): Promise<RTCRtpTransceiver[]> {
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
      transceivers.push(
        free ? await reuse(free, medium) : addSending(this.#pc, medium, this.#codec),
      );
    }
    return transceivers;
  }

  #restart(): Promise<void> {
    return this.#queue.run(async () => {
      this.#failIfClosed();
      // Nothing was negotiated yet, so there is nothing to restart.
      if (!this.#pc.localDescription) return;
      this.#pc.restartIce();
      await this.#negotiate();
    });
  }

  /** The same tracks and encodings on a new PeerConnection; its certificate tells the server that it is one. */
  #renew(): Promise<void> {
    return this.#queue.run(async () => {
      this.#failIfClosed();
      const moving = [...this.#streams].map((stream) => ({ stream, media: stream.sentNow() }));
      this.#pc.close();
      const pc = this.#context.newPeerConnection();
      this.#pc = pc;
      this.path.watch(pc);
      for (const { stream, media } of moving) {
        stream.carriedBy(media.map((medium) => addSending(pc, medium, this.#codec)));
      }
      await this.#negotiate();
    });
  }

  async #negotiate(): Promise<void> {
    await this.#pc.setLocalDescription();
    const tracks = [...this.#streams].flatMap(({ streamId, transceivers }) =>
      transceivers.map(({ mid }) => ({ mid: mid ?? '', streamId })),
    );
    try {
      const sdp = this.#pc.localDescription?.sdp ?? '';
      const answer = await this.#context.exchange(sdp, tracks);
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
    if (this.#closed) return;
    for (const transceiver of stream.transceivers) {
      // What was never negotiated has no m-section to come back to.
      if (transceiver.mid === null) transceiver.stop();
    }
    deactivate(stream);
  }

  #sendsAnything(): boolean {
    return [...this.#streams].some((stream) => stream.senders().some(sends));
  }

  #failIfClosed(): void {
    if (this.#closed) throw this.#closed;
  }

  #connected(): void {
    for (const { resolve } of this.#waiting) resolve();
    this.#waiting.clear();
  }

  #failWaiting(error: OTError): void {
    for (const { reject } of this.#waiting) reject(error);
    this.#waiting.clear();
  }
}

/** Layers that nobody wants are switched off, perhaps all of them. */
function sends(sender: RTCRtpSender): boolean {
  return (
    sender.track?.readyState === 'live' &&
    sender.getParameters().encodings.some(({ active }) => active !== false)
  );
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
