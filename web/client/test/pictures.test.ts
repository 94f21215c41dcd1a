import { describe, expect, it } from 'vitest';
import {
  hasPictures,
  troubleOf,
  warningsOf,
  type NetworkQuality,
  type PictureConditions,
} from '../src/subscriber/pictures.js';

const GOOD: PictureConditions = {
  published: true,
  wanted: true,
  decodable: true,
  network: 'good',
};

/** The events of the network going through `steps`, those of the pictures too. */
function events(steps: readonly NetworkQuality[], start: PictureConditions = GOOD): string[] {
  let before = start;
  return steps.flatMap((network) => {
    const after = { ...before, network };
    const change =
      hasPictures(after) === hasPictures(before) ? [] : [hasPictures(after) ? 'on' : 'off'];
    const heard = [...warningsOf(before, after), ...change];
    before = after;
    return heard;
  });
}

describe('pictures', () => {
  it('need everything to be well', () => {
    expect(hasPictures(GOOD)).toBe(true);
    for (const missing of ['published', 'wanted', 'decodable'] as const) {
      expect(hasPictures({ ...GOOD, [missing]: false }), missing).toBe(false);
    }
    expect(hasPictures({ ...GOOD, network: 'poor' })).toBe(true);
    expect(hasPictures({ ...GOOD, network: 'bad' })).toBe(false);
  });

  it('are missed only when they are sent and wanted', () => {
    expect(troubleOf(GOOD)).toBeUndefined();
    expect(troubleOf({ ...GOOD, network: 'poor' })).toEqual({ kind: 'warning' });
    expect(troubleOf({ ...GOOD, network: 'bad' })).toEqual({ kind: 'quality' });
    expect(troubleOf({ ...GOOD, decodable: false, network: 'bad' })).toEqual({ kind: 'codec' });
    expect(troubleOf({ ...GOOD, network: 'bad', wanted: false })).toBeUndefined();
    expect(troubleOf({ ...GOOD, network: 'bad', published: false })).toBeUndefined();
  });

  it('never stop without a warning, and each warning has one end', () => {
    const warning = 'videoDisableWarning';
    const lifted = 'videoDisableWarningLifted';
    expect(events(['poor', 'bad', 'good'])).toEqual([warning, 'off', 'on']);
    expect(events(['poor', 'poor', 'good'])).toEqual([warning, lifted]);
    expect(events(['bad', 'good'])).toEqual([warning, 'off', 'on']);
    expect(events(['bad', 'poor', 'good'])).toEqual([warning, 'off', warning, 'on', lifted]);
    expect(events(['poor', 'bad', 'good'], { ...GOOD, wanted: false })).toEqual([warning, lifted]);
  });
});
