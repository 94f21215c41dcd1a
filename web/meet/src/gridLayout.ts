/** A size in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface GridLayout {
  readonly columns: number;
  readonly rows: number;
  readonly tile: Size;
}

const WIDEST = 16 / 9;
const NARROWEST = 4 / 3;
// Upright, wide tiles would leave most of a phone's screen empty.
const NARROWEST_UPRIGHT = 4 / 5;

/**
 * Lays out equal tiles so that each is as large as possible. A tile is at most 16:9 wide and at least 4:3 (4:5 in an upright
 * container); of arrangements that give tiles of the same size, the one with fewer empty places wins.
 *
 * @param count how many tiles
 * @param container the room there is
 * @param gap distance between two tiles, in CSS pixels
 */
export function layOut(count: number, container: Size, gap: number): GridLayout {
  let best: GridLayout = { columns: 1, rows: 1, tile: { width: 0, height: 0 } };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const tile = tileFor(columns, rows, container, gap);
    const gain = area(tile) - area(best.tile);
    const emptyFewer = columns * rows < best.columns * best.rows;
    if (gain >= 1 || (gain > -1 && emptyFewer)) {
      best = { columns, rows, tile };
    }
  }
  return best;
}

function tileFor(columns: number, rows: number, container: Size, gap: number): Size {
  const width = Math.max(0, (container.width - gap * (columns - 1)) / columns);
  const height = Math.max(0, (container.height - gap * (rows - 1)) / rows);
  const narrowest = container.height > container.width ? NARROWEST_UPRIGHT : NARROWEST;
  // Whole pixels, rounded down: half a pixel too much would wrap the last tile of a row.
  return {
    width: Math.floor(Math.min(width, height * WIDEST)),
    height: Math.floor(Math.min(height, width / narrowest)),
  };
}

function area(size: Size): number {
  return size.width * size.height;
}
