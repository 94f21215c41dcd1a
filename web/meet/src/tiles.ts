/** One place in the grid: a stream, or a person who sends none. */
export interface Tile {
  readonly key: string;
  readonly name: string;
  readonly self: boolean;
  readonly kind: 'camera' | 'screen';
  readonly video: HTMLVideoElement | undefined;
  /** Whether a picture is to be seen. */
  readonly hasVideo: boolean;
  readonly hasAudio: boolean;
  readonly speaking: boolean;
  /** Shown large, beside the others: a shared screen. */
  readonly staged: boolean;
  readonly note: TileNote;
}

/** What a tile says about itself beside its name. */
export type TileNote =
  | 'none'
  | 'connecting'
  /** Nothing comes from this person at the moment. */
  | 'interrupted'
  | 'weakNetwork'
  /** This browser has no decoder for the video; the sound goes on. */
  | 'unsupportedVideo'
  | 'failed';
