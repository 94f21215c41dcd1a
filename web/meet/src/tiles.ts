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
  readonly note: TileNote;
}

/** What a tile says about itself beside its name. */
export type TileNote = 'none' | 'connecting' | 'weakNetwork' | 'failed';
