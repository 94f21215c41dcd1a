import { expect, test } from 'vitest';
import { arrange, arrangeOnStage, reseat, type Place } from '../src/arrangement.js';

const GAP = 10;
const DESKTOP = { width: 1248, height: 664 };
const PHONE = { width: 371, height: 690 };

function overlap(a: Place, b: Place): boolean {
  return (
    a.left < b.left + b.width &&
    b.left < a.left + a.width &&
    a.top < b.top + b.height &&
    b.top < a.top + a.height
  );
}

function expectTidy(places: readonly Place[], container: { width: number; height: number }): void {
  places.forEach((place, index) => {
    expect(place.left).toBeGreaterThanOrEqual(0);
    expect(place.top).toBeGreaterThanOrEqual(0);
    expect(place.left + place.width).toBeLessThanOrEqual(container.width + 1);
    expect(place.top + place.height).toBeLessThanOrEqual(container.height + 1);
    for (const other of places.slice(index + 1)) {
      expect(overlap(place, other)).toBe(false);
    }
  });
}

test.each([
  ['a desktop', DESKTOP],
  ['a phone', PHONE],
])('on %s 1 to 16 people have places that lie inside and apart', (_, container) => {
  for (let count = 1; count <= 16; count++) {
    const places = arrange(count, container, GAP);
    expect(places).toHaveLength(count);
    expectTidy(places, container);
  }
});

test('the last row is centred', () => {
  const [first, second, third] = arrange(3, DESKTOP, GAP);
  const middle = ((first?.left ?? 0) + (second?.left ?? 0)) / 2;
  expect(Math.abs((third?.left ?? 0) - middle)).toBeLessThanOrEqual(1);
});

test.each([
  ['a desktop', DESKTOP, 0.6],
  // As wide as it is, and as high as a screen of 4:3.
  ['a phone', PHONE, 0.38],
])('on %s the staged tile has the most room, whichever it is', (_, container, share) => {
  for (let count = 1; count <= 16; count++) {
    for (const staged of [0, count - 1]) {
      const places = arrangeOnStage(count, staged, 'screen', container, GAP);
      expectTidy(places, container);
      const stage = places[staged] ?? { width: 0, height: 0 };
      expect(stage.width * stage.height).toBeGreaterThan(
        container.width * container.height * share,
      );
    }
  }
});

test('without room there are places without size, not a fault', () => {
  for (const place of arrangeOnStage(5, 2, 'screen', { width: 0, height: 0 }, GAP)) {
    expect(place.width * place.height).toBe(0);
  }
});

test('a speaker leaves more room to the others than a screen does', () => {
  const [face] = arrangeOnStage(16, 15, 'speaker', DESKTOP, GAP);
  const [beside] = arrangeOnStage(16, 15, 'screen', DESKTOP, GAP);
  expect(face?.width).toBeGreaterThan(beside?.width ?? 0);
});

test('who takes the stage and who leaves it change places, and nobody else moves', () => {
  expect(reseat(['a', 'b', 'c', 'd'], ['a', 'b', 'c', 'd'], 'b', 'd')).toEqual([
    'a',
    'd',
    'c',
    'b',
  ]);
});

test('who goes leaves no gap, and who comes is last', () => {
  expect(reseat(['a', 'd', 'c', 'b'], ['a', 'b', 'c', 'e'], 'd', 'c')).toEqual([
    'a',
    'c',
    'b',
    'e',
  ]);
});
