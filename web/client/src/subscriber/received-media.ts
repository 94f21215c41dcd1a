import type { MediaProcessorConnector } from '../media/filters.js';
import { TrackSlot } from '../media/track-slot.js';
import type { IncomingMedia } from '../peers/subscribe-peer.js';
import type { Platform } from '../platform.js';
import { SerialQueue } from '../serial-queue.js';

type Kind = 'audio' | 'video';

/** What a subscriber plays: its received tracks, or what processors of the application make of them, in one MediaStream. */
export class ReceivedMedia {
  /** Both tracks in one stream: the browser keeps the lips in step. */
  readonly stream: MediaStream;
  readonly #slots: Readonly<Record<Kind, TrackSlot>>;
  readonly #failed: (error: unknown) => void;
  readonly #queue = new SerialQueue();
  readonly #wanted: Record<Kind, MediaStreamTrack | undefined> = {
    audio: undefined,
    video: undefined,
  };

  /** `failed` hears what a processor failed with; its medium is not played then. */
  constructor(platform: Platform, failed: (error: unknown) => void) {
    this.#failed = failed;
    this.stream = platform.newMediaStream([]);
    // Tracks of a PeerConnection end with it, and then the subscriber is told otherwise.
    const slot = (): TrackSlot => new TrackSlot(this.stream, () => undefined);
    this.#slots = { audio: slot(), video: slot() };
  }

  /**
   * Plays the tracks of `media` instead of those before. Chromium plays no sound either while a video track has not had its first packet,
   * which may never come when the camera is off: such a track joins when it has.
   */
  take({ audio, video }: IncomingMedia): void {
    this.#take('audio', audio?.track, false);
    this.#take('video', video?.track, audio !== undefined);
  }

  /**
   * Has a medium processed before it is played; undefined ends that.
   *
   * @throws what the processor failed with; everything is as before then.
   */
  process(kind: Kind, connector: MediaProcessorConnector | undefined): Promise<void> {
    return this.#queue.run(() => this.#slots[kind].process(connector));
  }

  /** Plays no more. */
  end(): void {
    this.#wanted.audio = this.#wanted.video = undefined;
    for (const slot of Object.values(this.#slots)) slot.dispose();
  }

  #take(kind: Kind, track: MediaStreamTrack | undefined, waitsForPacket: boolean): void {
    if (this.#wanted[kind] === track) return;
    this.#wanted[kind] = track;
    this.#slots[kind].release();
    if (!track) return;
    const adopt = (): void => {
      // Another one may have come while this one waited.
      if (this.#wanted[kind] === track) {
        this.#slots[kind].adopt(track, 'given').catch(this.#failed);
      }
    };
    if (waitsForPacket && track.muted) track.onunmute = adopt;
    else adopt();
  }
}
