import { expect, test } from 'vitest';
import { meterStep, Voice } from '../src/voice.js';

test('somebody loud speaks at once', () => {
  const voice = new Voice();

  expect(voice.hear(0.2, 1000)).toBe(true);
  expect(voice.speaking).toBe(true);
});

test('breathing is not speaking', () => {
  const voice = new Voice();

  expect(voice.hear(0.02, 1000)).toBe(false);
  expect(voice.speaking).toBe(false);
});

test('a gap between two words does not end speaking, a pause does', () => {
  const voice = new Voice();
  voice.hear(0.2, 1000);

  expect(voice.hear(0, 1500)).toBe(false);
  expect(voice.hear(0, 1699)).toBe(false);
  expect(voice.hear(0, 1700)).toBe(true);
  expect(voice.speaking).toBe(false);
});

test.each([
  [0, 0],
  [-1, 0],
  [0.0001, 0],
  [0.1, 2],
  [0.3, 3],
  [1, 5],
  [2, 5],
])('a level of %d lights %i bars', (level, bars) => {
  expect(meterStep(level)).toBe(bars);
});
