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
  /** Who has spoken last of all. */
  readonly leading: boolean;
  readonly stage: Stage;
  readonly note: TileNote;
  readonly network: TileNetwork;
}

/** Shown large, beside the others: a shared screen, or in a full room whoever speaks. */
export type Stage = 'none' | 'screen' | 'speaker';

/** How well the network carries a tile's pictures. The sound goes on in any case. */
export type TileNetwork =
  | 'good'
  /** Hardly: they may soon stop. */
  | 'weak'
  /** One's own network does not carry them. */
  | 'tooWeak'
  /** The sender's network does not carry them. */
  | 'tooWeakThere';

/** What a tile says about itself beside its name. */
export type TileNote =
  | 'none'
  | 'connecting'
  /** Nothing comes from this person at the moment. */
  | 'interrupted'
  /** This browser has no decoder for the video; the sound goes on. */
  | 'unsupportedVideo'
  | 'failed';
