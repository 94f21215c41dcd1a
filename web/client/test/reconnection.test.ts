import { describe, expect, it } from 'vitest';
import {
  linkUp,
  nextLink,
  type LinkInput,
  type LinkState,
} from '../src/signalling/reconnection.js';

const LOST: LinkInput = { kind: 'lost', windowMs: 30_000 };
const FAILED: LinkInput = { kind: 'failed' };
const DUE: LinkInput = { kind: 'due' };

/** Runs inputs at times; `random` is 0.5 unless told. */
function run(steps: readonly (readonly [number, LinkInput])[], random = 0.5): LinkState {
  return steps.reduce(
    (state, [nowMs, input]) => nextLink(state, input, nowMs, random),
    linkUp(-60_000),
  );
}

describe('the replacement of a lost socket', () => {
  it('is tried at once', () => {
    expect(run([[0, LOST]])).toEqual({
      name: 'trying',
      failures: 0,
      dueMs: 5_000,
      deadlineMs: 30_000,
    });
  });

  it('waits longer after each failure, up to 4 s, with jitter', () => {
    const waits = (random: number): number[] => {
      let state = nextLink(linkUp(-60_000), LOST, 0, random);
      return [1, 2, 3, 4, 5, 6].map(() => {
        state = nextLink(state, FAILED, 0, random);
        const waitMs = state.name === 'waiting' ? state.dueMs : NaN;
        state = nextLink(state, { kind: 'networkChanged' }, 0, random);
        return waitMs;
      });
    };
    expect(waits(0.5)).toEqual([250, 500, 1_000, 2_000, 4_000, 4_000]);
    expect(waits(0)).toEqual([125, 250, 500, 1_000, 2_000, 2_000]);
    expect(waits(1)).toEqual([375, 750, 1_500, 3_000, 6_000, 6_000]);
  });

  it('gives a try up that hangs', () => {
    expect(
      run([
        [0, LOST],
        [5_000, DUE],
      ]),
    ).toMatchObject({
      name: 'waiting',
      failures: 1,
      dueMs: 5_250,
    });
  });

  it('does not wait when the network changes, whether it waits or tries', () => {
    const changed: LinkInput = { kind: 'networkChanged' };
    expect(
      run([
        [0, LOST],
        [10, FAILED],
        [20, changed],
      ]),
    ).toMatchObject({
      name: 'trying',
      dueMs: 5_020,
    });
    expect(
      run([
        [0, LOST],
        [3_000, changed],
      ]),
    ).toMatchObject({ name: 'trying', dueMs: 8_000 });
    expect(run([[0, changed]]).name).toBe('up');
  });

  it('is over at the end of the window, even in the middle of a try or a wait', () => {
    expect(
      run([
        [0, LOST],
        [29_000, FAILED],
        [29_250, DUE],
      ]),
    ).toMatchObject({ name: 'trying', dueMs: 30_000 });
    expect(
      run([
        [0, LOST],
        [29_000, FAILED],
        [29_250, DUE],
        [30_000, DUE],
      ]).name,
    ).toBe('over');
    expect(
      run([
        [0, LOST],
        [29_900, FAILED],
      ]),
    ).toMatchObject({ name: 'waiting', dueMs: 30_000 });
    expect(
      run([
        [0, LOST],
        [29_900, FAILED],
        [30_000, DUE],
      ]).name,
    ).toBe('over');
    // A timer that fires early does not keep it from ending.
    const early = run([
      [0, LOST],
      [29_900, FAILED],
      [29_999.4, DUE],
    ]);
    expect(early).toMatchObject({ name: 'trying', dueMs: 30_000 });
    expect(nextLink(early, DUE, 30_000, 0.5).name).toBe('over');
    expect(run([[0, { kind: 'lost', windowMs: 0 }]]).name).toBe('over');
  });

  it('is over when the server refuses', () => {
    expect(
      run([
        [0, LOST],
        [10, { kind: 'refused' }],
      ]).name,
    ).toBe('over');
  });

  it('is slow when the sockets do not last, and quick again after one that did', () => {
    const again = run([
      [0, LOST],
      [100, { kind: 'resumed' }],
      [200, LOST],
    ]);
    expect(again).toMatchObject({ name: 'waiting', failures: 1, dueMs: 450, deadlineMs: 30_200 });
    const later = run([
      [0, LOST],
      [100, { kind: 'resumed' }],
      [10_100, LOST],
    ]);
    expect(later).toMatchObject({ name: 'trying', failures: 0 });
  });

  it('lets late news of an old socket change nothing', () => {
    for (const late of [FAILED, DUE, { kind: 'resumed' } as const]) {
      expect(run([[0, late]])).toEqual(linkUp(-60_000));
    }
    expect(
      run([
        [0, LOST],
        [1, LOST],
      ]),
    ).toMatchObject({ name: 'trying', deadlineMs: 30_000 });
  });
});
