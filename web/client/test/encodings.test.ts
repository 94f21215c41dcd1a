import { describe, expect, it } from 'vitest';
import { cameraEncodings, encodingsFor } from '../src/media/encodings.js';

const inUse = (width: number, height: number): unknown[] =>
  cameraEncodings({ width, height }, 30)
    .filter(({ active }) => active)
    .map(({ rid, scaleResolutionDownBy }) => [rid, scaleResolutionDownBy]);

describe('the layers of a camera', () => {
  it.each([
    [
      1280,
      720,
      [
        ['q', 4],
        ['h', 2],
        ['f', 1],
      ],
    ],
    [
      960,
      540,
      [
        ['q', 4],
        ['h', 2],
        ['f', 1],
      ],
    ],
    [
      640,
      480,
      [
        ['q', 2],
        ['h', 1],
      ],
    ],
    [
      480,
      640,
      [
        ['q', 2],
        ['h', 1],
      ],
    ],
    [320, 240, [['q', 1]]],
    [0, 0, [['q', 1]]],
  ])('are, at %ix%i, %j', (width, height, layers) => {
    expect(inUse(width, height)).toEqual(layers);
  });

  it('are always negotiated all three', () => {
    for (const width of [320, 640, 1280]) {
      const encodings = cameraEncodings({ width, height: (width * 9) / 16 }, 30);
      expect(encodings.map(({ rid }) => rid)).toEqual(['q', 'h', 'f']);
    }
  });

  it('get more bits the larger they are, and fewer at a low frame rate', () => {
    const sizes = [160, 320, 480, 640, 800, 960, 1280, 1600, 1920, 2560];
    const top = (width: number, frameRate: number): number =>
      Math.max(
        ...cameraEncodings({ width, height: (width * 9) / 16 }, frameRate)
          .filter(({ active }) => active)
          .map(({ maxBitrate }) => maxBitrate ?? 0),
      );
    const bitrates = sizes.map((width) => top(width, 30));
    expect(bitrates).toEqual([...bitrates].sort((a, b) => a - b));
    expect(bitrates[0]).toBeGreaterThan(50_000);
    expect(bitrates.at(-1)).toBe(4_000_000);
    expect(top(1280, 15)).toBeLessThan(top(1280, 30));
    expect(top(1280, 15)).toBeGreaterThan(top(1280, 30) / 2);
  });

  it('are one for a screen, unless it is to be scalable', () => {
    const size = { width: 1920, height: 1080 };
    expect(encodingsFor('screen', size, 15, {})).toEqual([{ maxBitrate: 2_500_000 }]);
    expect(encodingsFor('screen', size, 15, { scalableScreenshare: true })).toHaveLength(3);
  });

  it('are one for a camera that is not to be scalable, with the bits of its best', () => {
    const size = { width: 1280, height: 720 };
    const best = encodingsFor('camera', size, 30, {}).at(-1)?.maxBitrate;
    expect(encodingsFor('camera', size, 30, { scalableVideo: false })).toEqual([
      { maxBitrate: best },
    ]);
  });
});
