import { expect, test } from 'vitest';
import { layOut } from '../src/gridLayout.js';

const GAP = 10;
const DESKTOP = { width: 1248, height: 664 };
const PHONE = { width: 371, height: 690 };

test.each([
  [1, 1, 1],
  [2, 2, 1],
  [3, 2, 2],
  [4, 2, 2],
  [5, 3, 2],
  [6, 3, 2],
  [7, 3, 3],
  [9, 3, 3],
  [12, 4, 3],
  [16, 4, 4],
])('on a desktop %i tiles are laid out in %i columns and %i rows', (count, columns, rows) => {
  expect(layOut(count, DESKTOP, GAP)).toMatchObject({ columns, rows });
});

test.each([
  [1, 1, 1],
  [2, 1, 2],
  [4, 1, 4],
  [5, 2, 3],
  [6, 2, 3],
  [9, 2, 5],
  [16, 3, 6],
])('on a phone %i tiles are laid out in %i columns and %i rows', (count, columns, rows) => {
  expect(layOut(count, PHONE, GAP)).toMatchObject({ columns, rows });
});

test.each([
  ['a desktop', DESKTOP, 4 / 3],
  ['a phone', PHONE, 4 / 5],
  ['a low strip', { width: 1200, height: 120 }, 4 / 3],
  ['a narrow column', { width: 90, height: 900 }, 4 / 5],
])('on %s any number of tiles fits and keeps its shape', (_, container, narrowest) => {
  for (let count = 1; count <= 40; count++) {
    const { columns, rows, tile } = layOut(count, container, GAP);
    expect(columns * rows, `places for ${count}`).toBeGreaterThanOrEqual(count);
    expect((columns - 1) * rows, `needless columns for ${count}`).toBeLessThan(count);
    expect(columns * tile.width + (columns - 1) * GAP).toBeLessThanOrEqual(container.width);
    expect(rows * tile.height + (rows - 1) * GAP).toBeLessThanOrEqual(container.height);
    // A tile's sides are whole pixels, so its shape is off by up to a pixel.
    expect(tile.width - 1, `width of ${count}`).toBeLessThanOrEqual((tile.height + 1) * (16 / 9));
    expect(tile.width + 1, `width of ${count}`).toBeGreaterThanOrEqual(
      (tile.height - 1) * narrowest,
    );
  }
});

test('one tile fills a container of its own shape', () => {
  expect(layOut(1, { width: 1600, height: 900 }, GAP).tile).toEqual({ width: 1600, height: 900 });
});

test('no arrangement of the same tiles would make them larger', () => {
  const { tile } = layOut(7, DESKTOP, GAP);
  const others = [1, 2, 3, 4, 5, 6, 7].map((columns) => {
    const width = (DESKTOP.width - GAP * (columns - 1)) / columns;
    const rows = Math.ceil(7 / columns);
    const height = (DESKTOP.height - GAP * (rows - 1)) / rows;
    return Math.min(width, (height * 16) / 9) * Math.min(height, (width * 3) / 4);
  });
  expect(tile.width * tile.height).toBeGreaterThan(Math.max(...others) * 0.99);
});

test('without room there are tiles without size, not a fault', () => {
  expect(layOut(3, { width: 0, height: 0 }, GAP).tile).toEqual({ width: 0, height: 0 });
  expect(layOut(30, { width: 20, height: 20 }, GAP).tile.width).toBeGreaterThanOrEqual(0);
});
