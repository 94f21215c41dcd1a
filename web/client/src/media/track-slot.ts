import { logWarning } from '../logging.js';
import type { MediaProcessorConnector } from './filters.js';

/** Whose a track is: opened by this library, which then stops it, or given by the application. */
export type Ownership = 'opened' | 'given';

/** One track, what a processor of the application makes of it, and its place in the MediaStream that shows it. */
export class TrackSlot {
  readonly #stream: MediaStream;
  readonly #ended: (track: MediaStreamTrack) => void;
  #source: MediaStreamTrack | undefined;
  #ownership: Ownership = 'opened';
  #output: MediaStreamTrack | undefined;
  #connector: MediaProcessorConnector | undefined;
  #enabled = true;

  /** `ended` hears when the browser or the device ends the track; what this library stops doesn't count. */
  constructor(stream: MediaStream, ended: (track: MediaStreamTrack) => void) {
    this.#stream = stream;
    this.#ended = ended;
  }

  /** The track as captured or received. */
  get source(): MediaStreamTrack | undefined {
    return this.#source;
  }

  /** The track to send or play: the processor's where there is one. */
  get output(): MediaStreamTrack | undefined {
    return this.#output;
  }

  get ownership(): Ownership {
    return this.#ownership;
  }

  /** Whether the track carries anything; also for the tracks to come. */
  setEnabled(enabled: boolean): void {
    this.#enabled = enabled;
    for (const track of [this.#source, this.#output]) if (track) track.enabled = enabled;
  }

  /**
   * Takes `track` in place of the one before.
   *
   * @throws what the processor failed with. The slot is empty then: pictures that should have been processed are never shown as they are.
   */
  async adopt(track: MediaStreamTrack, ownership: Ownership): Promise<void> {
    this.release();
    this.#source = track;
    this.#ownership = ownership;
    track.onended = () => {
      this.#ended(track);
    };
    try {
      const output = this.#connector ? await this.#connector.setTrack(track) : track;
      if (this.#source === track) this.#show(output);
    } catch (error) {
      this.release();
      throw error;
    }
  }

  /**
   * Processes the track with `connector`, or no longer; the one before is ended.
   *
   * @throws what the processor failed with. Everything is as before then.
   */
  async process(connector: MediaProcessorConnector | undefined): Promise<void> {
    const before = this.#connector;
    if (connector === before) return;
    const source = this.#source;
    const output = source && connector ? await connector.setTrack(source) : source;
    this.#connector = connector;
    if (output && this.#source === source) this.#show(output);
    if (before) endProcessing(before);
  }

  /** Lets go of the track, and stops it unless the application gave it. */
  release(): void {
    const source = this.#source;
    if (this.#output) this.#stream.removeTrack(this.#output);
    this.#source = this.#output = undefined;
    if (!source) return;
    source.onended = null;
    if (this.#ownership === 'opened') source.stop();
  }

  /** Like {@link release}, for good. */
  dispose(): void {
    this.release();
    if (this.#connector) endProcessing(this.#connector);
    this.#connector = undefined;
  }

  #show(output: MediaStreamTrack): void {
    if (this.#output && this.#output !== output) this.#stream.removeTrack(this.#output);
    this.#output = output;
    this.setEnabled(this.#enabled);
    this.#stream.addTrack(output);
  }
}

function endProcessing(connector: MediaProcessorConnector): void {
  // A connector of plain JavaScript may throw, reject or return nothing: all become a promise here.
  new Promise<void>((resolve) => {
    resolve(connector.destroy());
  }).catch((error: unknown) => {
    logWarning('a media processor connector did not end properly', error);
  });
}
