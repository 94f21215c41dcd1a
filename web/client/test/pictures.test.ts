import { describe, expect, it } from 'vitest';
import {
  hasPictures,
  troubleOf,
  warningsOf,
  type PictureConditions,
} from '../src/subscriber/pictures.js';
import type { VideoQuality } from '../src/signalling/messages.js';

const GOOD: PictureConditions = {
  published: 'sent',
  wanted: true,
  decodable: true,
  network: 'good',
};

/** The events of the network going through `steps`, those of the pictures too. */
function events(steps: readonly VideoQuality[], start: PictureConditions = GOOD): string[] {
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
    for (const missing of ['wanted', 'decodable'] as const) {
      expect(hasPictures({ ...GOOD, [missing]: false }), missing).toBe(false);
    }
    for (const published of ['muted', 'heldBack'] as const) {
      expect(hasPictures({ ...GOOD, published }), published).toBe(false);
    }
    expect(hasPictures({ ...GOOD, network: 'warning' })).toBe(true);
    expect(hasPictures({ ...GOOD, network: 'off' })).toBe(false);
  });

  it('are missed only when they are sent and wanted', () => {
    expect(troubleOf(GOOD)).toBeUndefined();
    expect(troubleOf({ ...GOOD, network: 'warning' })).toEqual({ kind: 'warning' });
    expect(troubleOf({ ...GOOD, network: 'off' })).toEqual({ kind: 'quality' });
    expect(troubleOf({ ...GOOD, decodable: false, network: 'off' })).toEqual({ kind: 'codec' });
    expect(troubleOf({ ...GOOD, network: 'off', wanted: false })).toBeUndefined();
    expect(troubleOf({ ...GOOD, network: 'off', published: 'muted' })).toBeUndefined();
    expect(troubleOf({ ...GOOD, network: 'off', published: 'heldBack' })).toEqual({
      kind: 'uplink',
    });
  });

  it('never stop without a warning, and each warning has one end', () => {
    const warned = 'videoDisableWarning';
    const lifted = 'videoDisableWarningLifted';
    expect(events(['warning', 'off', 'good'])).toEqual([warned, 'off', 'on']);
    expect(events(['warning', 'warning', 'good'])).toEqual([warned, lifted]);
    expect(events(['off', 'good'])).toEqual([warned, 'off', 'on']);
    expect(events(['off', 'warning', 'good'])).toEqual([warned, 'off', warned, 'on', lifted]);
    expect(events(['warning', 'off', 'good'], { ...GOOD, wanted: false })).toEqual([
      warned,
      lifted,
    ]);
  });
});
