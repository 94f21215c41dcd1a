import type { Session, Stream, Subscriber } from './opentok.js';
import type { Tile, TileNetwork, TileNote } from './tiles.js';
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
  private network: TileNetwork = 'good';
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
    const { stream, network } = this;
    const offHere = network === 'tooWeak' || network === 'tooWeakThere';
    return {
      key: stream.streamId,
      name: stream.name === '' ? name : stream.name,
      self: false,
      kind: stream.videoType === 'screen' ? 'screen' : 'camera',
      video: this.video,
      hasVideo: stream.hasVideo && this.video !== undefined && this.note === 'none' && !offHere,
      hasAudio: stream.hasAudio,
      speaking: stream.hasAudio && this.voice.speaking,
      leading: false,
      stage: 'none',
      note: this.interrupted ? 'interrupted' : this.note,
      // A camera that was turned off is missed by nobody.
      network: stream.hasVideo || network === 'tooWeakThere' ? network : 'good',
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
    const becomes = (network: TileNetwork): void => {
      this.network = network;
      changed();
    };
    subscriber.on('videoDisableWarning', () => {
      becomes('weak');
    });
    subscriber.on('videoDisableWarningLifted', () => {
      becomes('good');
    });
    subscriber.on('videoDisabled', ({ reason }) => {
      // The other reasons are somebody's wish, and seen in stream.hasVideo.
      if (reason === 'quality') {
        becomes(this.stream.hasVideo ? 'tooWeak' : 'tooWeakThere');
      } else if (reason === 'codecNotSupported') {
        this.note = 'unsupportedVideo';
        changed();
      }
    });
    subscriber.on('videoEnabled', () => {
      if (this.note === 'unsupportedVideo') {
        this.note = 'none';
      }
      becomes('good');
    });
  }
}
