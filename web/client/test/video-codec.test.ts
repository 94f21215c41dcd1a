import { describe, expect, it, vi } from 'vitest';
import { expectedCodec, withScalability } from '../src/peers/video-codec.js';

const encodings = [{ rid: 'q' }, { rid: 'f' }];

const modes = (codec: string | undefined): unknown[] =>
  withScalability(encodings, codec, (used) =>
    used.map((encoding) => Reflect.get(encoding, 'scalabilityMode') as unknown),
  );

describe('the codec of a video', () => {
  it('is the first of the session that this browser can send', () => {
    expect(expectedCodec(['VP8', 'H264'])).toBe('VP8');
    expect(expectedCodec(['AV1', 'H264', 'VP8'])).toBe('H264');
    expect(expectedCodec(['AV1'])).toBeUndefined();
  });

  it.each([
    ['VP8', 'L1T3'],
    ['VP9', 'L1T3'],
    ['AV1', 'L1T3'],
    ['H264', 'L1T2'],
    ['H265', undefined],
    [undefined, undefined],
  ])('%s is sent with the scalability mode %s on each layer', (codec, mode) => {
    expect(modes(codec)).toEqual([mode, mode]);
  });

  it('is sent without a mode where the browser does not know it', () => {
    const use = vi.fn((used: readonly RTCRtpEncodingParameters[]) => {
      if (used.some((encoding) => 'scalabilityMode' in encoding)) throw new TypeError('unknown');
      return used;
    });
    expect(withScalability(encodings, 'VP9', use)).toEqual(encodings);
    expect(use).toHaveBeenCalledTimes(2);
    expect(() =>
      withScalability(encodings, 'VP9', () => {
        throw new TypeError('worse');
      }),
    ).toThrow('worse');
  });
});
