import type { MediaProcessorConnector } from '../../src/media/filters.js';
import { FakeTrack } from './media.js';

/** A processor that makes `processed-ID` of each track, or fails with what `refuse` says. */
export class FakeConnector implements MediaProcessorConnector {
  readonly made: FakeTrack[] = [];
  destroyed = 0;
  refuse: Error | undefined;

  setTrack(track: MediaStreamTrack): Promise<MediaStreamTrack> {
    if (this.refuse) return Promise.reject(this.refuse);
    const processed = new FakeTrack(track.kind as 'audio' | 'video', `processed-${track.id}`);
    this.made.push(processed);
    return Promise.resolve(processed.asTrack());
  }

  destroy(): void {
    this.destroyed++;
  }
}
