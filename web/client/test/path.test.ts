import { describe, expect, it } from 'vitest';
import {
  dueMsOf,
  healthOf,
  NEW_PATH,
  nextPath,
  type PathAction,
  type PathHealth,
  type PathInput,
  type PathState,
} from '../src/peers/path.js';

interface Run {
  readonly state: PathState;
  readonly actions: readonly PathAction[];
  readonly health: PathHealth;
}

/** Runs inputs at times on a path that is new, and tells what was done. */
function run(...steps: readonly (readonly [number, PathInput])[]): Run {
  let state: PathState = NEW_PATH;
  const actions: PathAction[] = [];
  for (const [nowMs, input] of steps) {
    const step = nextPath(state, input, nowMs);
    state = step.state;
    if (step.action !== 'none') actions.push(step.action);
  }
  return { state, actions, health: healthOf(state) };
}

const UP = [0, 'connected'] as const;

describe('a path for media', () => {
  it('flows once connected', () => {
    expect(run(UP)).toMatchObject({ actions: [], health: 'flowing' });
  });

  it('is given up at once when it never worked', () => {
    expect(run([0, 'failed'])).toMatchObject({ actions: ['giveUp'], health: 'over' });
  });

  it('has 2 s to come back by itself', () => {
    const silent = run(UP, [1_000, 'disconnected']);
    expect(silent).toMatchObject({ actions: [], health: 'flowing' });
    expect(dueMsOf(silent.state)).toBe(3_000);
    expect(run(UP, [1_000, 'disconnected'], [2_500, 'connected'])).toMatchObject({
      state: { name: 'flowing' },
      actions: [],
    });
    expect(run(UP, [1_000, 'disconnected'], [3_000, 'due'])).toMatchObject({
      actions: ['restart'],
      health: 'broken',
    });
  });

  it('is restarted at once when it failed', () => {
    expect(run(UP, [1_000, 'failed'])).toMatchObject({ actions: ['restart'], health: 'broken' });
  });

  it('flows again only when media was seen', () => {
    const connected = run(UP, [0, 'failed'], [1_000, 'connected']);
    expect(connected.health).toBe('broken');
    expect(run(UP, [0, 'failed'], [500, 'mediaSeen']).health).toBe('broken');
    expect(run(UP, [0, 'failed'], [1_000, 'connected'], [1_500, 'mediaSeen']).health).toBe(
      'flowing',
    );
  });

  it('gets a new PeerConnection every 10 s, and is given up after a minute', () => {
    const steps: (readonly [number, PathInput])[] = [UP, [0, 'failed']];
    for (let nowMs = 10_000; nowMs <= 60_000; nowMs += 10_000) steps.push([nowMs, 'due']);
    expect(run(...steps)).toMatchObject({
      actions: ['restart', 'renew', 'renew', 'renew', 'renew', 'renew', 'giveUp'],
      health: 'over',
    });
  });

  it('gets a new PeerConnection when the restarted one connects without media', () => {
    expect(run(UP, [0, 'doubted'], [10_000, 'due'])).toMatchObject({
      actions: ['restart', 'renew'],
      health: 'broken',
    });
  });

  it('may be told of its time a little early', () => {
    const early = [UP, [0, 'disconnected'], [1_999.6, 'due'], [11_999.2, 'due']] as const;
    expect(run(...early).actions).toEqual(['restart', 'renew']);
  });

  it('is taken for well when a new PeerConnection connects and still nothing comes', () => {
    const steps = [UP, [0, 'failed'], [10_000, 'due'], [11_000, 'connected'], [20_000, 'due']];
    expect(run(...(steps as [number, PathInput][])).health).toBe('flowing');
  });

  it('is only in doubt while a change of network is checked', () => {
    const doubted = run(UP, [0, 'doubted']);
    expect(doubted).toMatchObject({ actions: ['restart'], health: 'doubtful' });
    expect(run(UP, [0, 'doubted'], [500, 'mediaSeen']).health).toBe('flowing');
    expect(run(UP, [0, 'doubted'], [500, 'failed']).health).toBe('broken');
  });

  it('starts over when the network changes again', () => {
    const { actions, state } = run(UP, [0, 'failed'], [9_000, 'doubted']);
    expect(actions).toEqual(['restart', 'restart']);
    expect(dueMsOf(state)).toBe(19_000);
  });

  it('does nothing while the signalling is lost, and restarts once it is back', () => {
    expect(run(UP, [0, 'suspended'])).toMatchObject({ actions: [], health: 'doubtful' });
    expect(run(UP, [0, 'suspended'], [1, 'doubted'], [2, 'resumed'])).toMatchObject({
      actions: ['restart'],
      health: 'doubtful',
    });
    const recovering = run(UP, [0, 'failed'], [1, 'suspended']);
    expect(dueMsOf(recovering.state)).toBeUndefined();
    expect(recovering).toMatchObject({ actions: ['restart'], health: 'broken' });
  });

  it('is seen to break while the signalling is lost', () => {
    const silent = [UP, [0, 'suspended'], [1_000, 'disconnected']] as const;
    expect(run(...silent).health).toBe('doubtful');
    expect(dueMsOf(run(...silent).state)).toBe(3_000);
    expect(run(...silent, [3_000, 'due']).health).toBe('broken');
    expect(run(...silent, [3_000, 'due'], [4_000, 'connected']).health).toBe('doubtful');
    expect(run(...silent, [2_000, 'resumed']).health).toBe('doubtful');
    expect(run(...silent, [3_000, 'due'], [5_000, 'resumed'])).toMatchObject({
      actions: ['restart'],
      health: 'broken',
    });
    expect(run(UP, [0, 'disconnected'], [500, 'suspended'], [2_000, 'due']).health).toBe('broken');
  });

  it('has to connect and to carry media again when the server replaces its PeerConnection', () => {
    const replaced = run(UP, [0, 'replaced']);
    expect(replaced).toMatchObject({ actions: [], health: 'doubtful' });
    expect(run(UP, [0, 'replaced'], [100, 'mediaSeen']).health).toBe('doubtful');
    const connected = [UP, [0, 'replaced'], [100, 'connected'], [200, 'mediaSeen']] as const;
    expect(run(...connected).health).toBe('flowing');
    expect(run(UP, [0, 'replaced'], [10_000, 'due'])).toMatchObject({
      actions: ['renew'],
      health: 'broken',
    });
    expect(run(UP, [0, 'doubted'], [10, 'replaced'], [20, 'mediaSeen']).health).toBe('doubtful');
    expect(run([0, 'replaced'])).toMatchObject({ state: { name: 'new' }, actions: [] });
  });

  it('is restarted when it was new as the signalling was lost, without being in doubt', () => {
    expect(run([0, 'suspended']).health).toBe('new');
    expect(run([0, 'suspended'], [1, 'resumed'])).toMatchObject({
      state: { name: 'new' },
      actions: ['restart'],
    });
    expect(run([0, 'doubted'])).toMatchObject({ state: { name: 'new' }, actions: ['restart'] });
  });

  it('that was given up is tried anew when it is needed, or flows when it comes by itself', () => {
    expect(run([0, 'failed'], [1, 'doubted'])).toMatchObject({
      actions: ['giveUp', 'renew'],
      health: 'doubtful',
    });
    expect(run([0, 'failed'], [1, 'connected']).health).toBe('flowing');
    expect(run([0, 'failed'], [1, 'disconnected'], [2, 'suspended'], [3, 'resumed']).health).toBe(
      'over',
    );
  });
});
