import { layOut, type Size } from './gridLayout.js';

/** A place in the container, in CSS pixels from its upper left corner. */
export interface Place extends Size {
  readonly left: number;
  readonly top: number;
}

// Of the longer side: a screen is for reading, its strip for seeing who is there; around a speaker, faces count too.
const STRIP_SHARE = { screen: 0.2, speaker: 0.42 };
const LEAST_STRIP_SHARE_UPRIGHT = 0.34;
// A screen is wider than high: upright, more height than this would stay black.
const HIGHEST_STAGE_UPRIGHT = 3 / 4;

/** Equal tiles in the middle of the container, the last row centred. */
export function arrange(count: number, container: Size, gap: number): readonly Place[] {
  const { columns, rows, tile } = layOut(count, container, gap);
  const top = (container.height - rows * tile.height - (rows - 1) * gap) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, count - row * columns);
    const left = (container.width - inRow * tile.width - (inRow - 1) * gap) / 2;
    return {
      left: Math.round(left + (index - row * columns) * (tile.width + gap)),
      top: Math.round(top + row * (tile.height + gap)),
      ...tile,
    };
  });
}

/**
 * One tile large, the others small beside it, or below it in an upright container.
 *
 * @param staged index of the large one
 * @param stage what the large one is
 */
export function arrangeOnStage(
  count: number,
  staged: number,
  stage: 'screen' | 'speaker',
  container: Size,
  gap: number,
): readonly Place[] {
  if (count === 1) {
    return [{ left: 0, top: 0, ...container }];
  }
  const upright = container.height > container.width;
  const strip = upright
    ? { width: container.width, height: uprightStripHeight(container) }
    : { width: Math.floor(container.width * STRIP_SHARE[stage]), height: container.height };
  const large: Place = {
    left: 0,
    top: 0,
    width: Math.max(0, upright ? container.width : container.width - strip.width - gap),
    height: Math.max(0, upright ? container.height - strip.height - gap : container.height),
  };
  const left = upright ? 0 : large.width + gap;
  const top = upright ? large.height + gap : 0;
  const others = arrange(count - 1, strip, gap).map((place) => ({
    ...place,
    left: place.left + left,
    top: place.top + top,
  }));
  return [...others.slice(0, staged), large, ...others.slice(staged)];
}

/**
 * Who sits where, from the places before: whoever takes the stage and whoever leaves it for that change places, and nobody else moves. Who is
 * new comes last.
 */
export function reseat<T>(
  seats: readonly T[],
  present: readonly T[],
  left: T | undefined,
  entered: T | undefined,
): readonly T[] {
  const here = new Set(present);
  const before = new Set(seats);
  const now = [...seats.filter((it) => here.has(it)), ...present.filter((it) => !before.has(it))];
  if (left === undefined || entered === undefined || !here.has(left)) {
    return now;
  }
  const swap = (it: T): T => (it === left ? entered : it === entered ? left : it);
  return now.map(swap);
}

function uprightStripHeight(container: Size): number {
  const leftOver = container.height - container.width * HIGHEST_STAGE_UPRIGHT;
  return Math.floor(Math.max(container.height * LEAST_STRIP_SHARE_UPRIGHT, leftOver));
}
