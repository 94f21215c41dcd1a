import type { Session, Stream, Subscriber } from './opentok.js';
import type { Tile, TileNote } from './tiles.js';
import { Voice } from './voice.js';

interface Surroundings {
  readonly nowMillis: () => number;
  readonly changed: () => void;
  /** The browser does not play the sound before the page is clicked. */
  readonly soundBlocked: () => void;
}

/** Somebody else's stream, as it is received here. */
export class Incoming {
  private video: HTMLVideoElement | undefined;
  private note: TileNote = 'connecting';
  private interrupted = false;
  private readonly voice = new Voice();

  constructor(
    session: Session,
    readonly stream: Stream,
    private readonly surroundings: Surroundings,
  ) {
    const subscriber = session.subscribe(
      stream,
      undefined,
      { insertDefaultUI: false, preferredResolution: 'auto' },
      (error?: Error) => {
        this.note = error === undefined ? 'none' : 'failed';
        surroundings.changed();
      },
    );
    this.listenTo(subscriber);
  }

  tile(name: string): Tile {
    const { stream } = this;
    return {
      key: stream.streamId,
      name: stream.name === '' ? name : stream.name,
      self: false,
      kind: stream.videoType === 'screen' ? 'screen' : 'camera',
      video: this.video,
      hasVideo: stream.hasVideo && this.video !== undefined && this.note === 'none',
      hasAudio: stream.hasAudio,
      speaking: stream.hasAudio && this.voice.speaking,
      staged: false,
      note: this.interrupted ? 'interrupted' : this.note,
    };
  }

  private listenTo(subscriber: Subscriber): void {
    const { nowMillis, changed, soundBlocked } = this.surroundings;
    subscriber.on('videoElementCreated', ({ element }) => {
      if (element instanceof HTMLVideoElement) {
        this.video = element;
        changed();
      }
    });
    subscriber.on('audioLevelUpdated', ({ audioLevel }) => {
      if (this.voice.hear(audioLevel, nowMillis())) {
        changed();
      }
    });
    subscriber.on('audioBlocked', soundBlocked);
    subscriber.on('disconnected', () => {
      this.interrupted = true;
      changed();
    });
    subscriber.on('connected', () => {
      this.interrupted = false;
      changed();
    });
    subscriber.on('videoDisabled', ({ reason }) => {
      // The other reasons are somebody's wish, and seen in stream.hasVideo.
      if (reason === 'quality' || reason === 'codecNotSupported') {
        this.note = reason === 'quality' ? 'weakNetwork' : 'unsupportedVideo';
        changed();
      }
    });
    subscriber.on('videoEnabled', () => {
      if (this.note === 'weakNetwork' || this.note === 'unsupportedVideo') {
        this.note = 'none';
        changed();
      }
    });
  }
}
