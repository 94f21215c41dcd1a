import { describe, expect, it } from 'vitest';
import {
  NO_FALLBACK,
  nextFallback,
  videoUse,
  type Fallback,
  type Uplink,
  type UplinkInput,
} from '../src/publisher/uplink-fallback.js';

const NEED_BPS = 100_000;

const GOOD: Uplink = {
  shareBps: 1_000_000,
  needBps: NEED_BPS,
  limited: false,
  videoLoss: 0,
  audioLoss: 0,
  queueMs: 0,
};

/** Too little for the smallest picture. */
const STARVED = { shareBps: 60_000, limited: true };

/** A publisher in virtual time: one look a second. */
class Timeline {
  readonly heard: string[] = [];
  nowMs = 0;
  fallback: Fallback = NO_FALLBACK;

  /** Lets seconds pass in which this is measured. */
  pass(seconds: number, changes: Partial<Uplink> = {}): this {
    return this.give(seconds, { kind: 'measured', uplink: { ...GOOD, ...changes } });
  }

  give(seconds: number, input: UplinkInput): this {
    for (let second = 0; second < seconds; second++) {
      this.nowMs += 1_000;
      const { next, signals } = nextFallback(this.fallback, input, this.nowMs);
      this.fallback = next;
      for (const signal of signals) this.heard.push(`${this.nowMs / 1_000} ${signal}`);
    }
    return this;
  }

  get use(): string {
    return videoUse(this.fallback);
  }
}

describe('the fallback of a publisher', () => {
  it('warns, gives the pictures up, tries the smallest without a word, and has them back', () => {
    const timeline = new Timeline().pass(10);
    timeline.pass(5, STARVED);
    expect(timeline.heard).toEqual(['12 warning', '14 disabled']);
    expect(timeline.use).toBe('none');
    timeline.pass(3, STARVED);
    expect(timeline.use).toBe('none');
    timeline.pass(1);
    expect(timeline.use).toBe('probe');
    timeline.pass(3);
    expect(timeline.use).toBe('lowest');
    timeline.pass(3);
    expect(timeline.use).toBe('all');
    expect(timeline.heard.slice(2)).toEqual(['22 enabled']);
  });

  it('lifts a warning when the network is clearly good again', () => {
    const timeline = new Timeline().pass(3, { shareBps: 110_000, limited: true });
    timeline.pass(20, { shareBps: 130_000, limited: true });
    expect(timeline.heard).toEqual(['2 warning']);
    timeline.pass(4);
    expect(timeline.heard).toEqual(['2 warning', '27 lifted']);
  });

  it('is at once where not even the sound is safe', () => {
    const timeline = new Timeline().pass(1, { shareBps: 10_000, limited: true });
    timeline.pass(1, { shareBps: 10_000, limited: true });
    expect(timeline.heard).toEqual(['2 warning', '2 disabled']);
  });

  it('is not because a picture needs few bits', () => {
    expect(new Timeline().pass(600, { shareBps: 20_000, limited: false }).heard).toEqual([]);
  });

  it('is for lost packets only when they are many', () => {
    expect(new Timeline().pass(600, { videoLoss: 0.05 }).heard).toEqual([]);
    expect(new Timeline().pass(600, { videoLoss: 0.12 }).heard).toEqual(['3 warning']);
    expect(new Timeline().pass(5, { videoLoss: 0.2 }).heard).toEqual(['3 warning', '4 disabled']);
  });

  it('is for sound that suffers, and for packets that queue up', () => {
    const suffers = { shareBps: 110_000, limited: true, audioLoss: 0.04 };
    expect(new Timeline().pass(5, suffers).heard).toEqual(['2 warning', '4 disabled']);
    expect(new Timeline().pass(600, { audioLoss: 0.04 }).heard).toEqual([]);
    expect(new Timeline().pass(600, { queueMs: 500 }).heard).toEqual(['2 warning']);
    expect(new Timeline().pass(5, { queueMs: 1_200 }).heard).toEqual(['2 warning', '4 disabled']);
  });

  it('works without an estimate of the browser, by loss and delay', () => {
    const blind = { shareBps: undefined, limited: undefined };
    const timeline = new Timeline().pass(60, blind).pass(4, { ...blind, videoLoss: 0.3 });
    timeline.pass(20, blind);
    expect(timeline.heard).toEqual(['63 warning', '64 disabled', '74 enabled']);
  });

  it('probes less and less often while it is in vain', () => {
    const timeline = new Timeline().pass(4, STARVED);
    const probes: number[] = [];
    for (let seconds = 0; seconds < 300; seconds++) {
      const before = timeline.use;
      timeline.pass(1, STARVED);
      if (before === 'none' && timeline.use === 'probe') probes.push(timeline.nowMs);
    }
    const pauses = probes.slice(1).map((atMs, index) => (atMs - (probes[index] ?? 0)) / 1_000);
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses[0]).toBeLessThanOrEqual(20);
    expect(pauses.at(-1)).toBe(50);
    expect(timeline.heard).toEqual(['2 warning', '4 disabled']);
  });

  it('stops a probe that does harm', () => {
    const timeline = new Timeline().pass(4, STARVED).pass(5);
    expect(timeline.use).toBe('probe');
    timeline.pass(2, { audioLoss: 0.05 });
    expect(timeline.use).toBe('none');
  });

  it('takes what a person does for a reason of its own', () => {
    const muted = { kind: 'muted' } as const;
    const warned = new Timeline().pass(2, STARVED).give(1, muted);
    expect(warned.heard).toEqual(['2 warning', '3 lifted']);
    const off = new Timeline().pass(4, STARVED).give(60, muted);
    expect(off.heard, 'still off').toEqual(['2 warning', '4 disabled']);
    off.pass(1);
    expect(off.use).toBe('probe');
    off.give(1, muted);
    expect(off.use).toBe('none');
    off.pass(5);
    expect(off.heard.at(-1)).toBe('70 enabled');
  });

  it('does not judge a way that is being repaired', () => {
    const unknown = { kind: 'unknown' } as const;
    const timeline = new Timeline().pass(2, STARVED).give(60, unknown);
    expect(timeline.heard).toEqual(['2 warning']);
    timeline.pass(2, STARVED).give(1, unknown).pass(2, STARVED);
    expect(timeline.heard).toEqual(['2 warning']);
    timeline.pass(2, STARVED);
    expect(timeline.heard).toEqual(['2 warning', '69 disabled']);
    timeline.pass(5);
    expect(timeline.use).toBe('probe');
    timeline.give(1, unknown);
    expect(timeline.use).toBe('none');
  });
});

/** Pseudo-random numbers from 0 up to 1 (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A way of `capacityBps` for pictures, and a congestion control whose estimate grows by 8 % or 20 kbit/s a second, up to one and a half of
 * what is sent, and falls to what arrives.
 */
function simulate(
  timeline: Timeline,
  seconds: number,
  capacityBps: () => number,
  random: () => number,
  start = 300_000,
): void {
  const most = { all: 1_200_000, lowest: 2 * NEED_BPS, probe: 2 * NEED_BPS, none: 0 };
  let estimateBps = start;
  for (let second = 0; second < seconds; second++) {
    const wishBps = most[videoUse(timeline.fallback)];
    const sentBps = Math.min(wishBps, estimateBps);
    const capacity = capacityBps();
    const congested = sentBps > capacity;
    const grownBps = Math.min(
      Math.max(estimateBps * 1.08, estimateBps + 20_000),
      Math.max(estimateBps, sentBps * 1.5 + 10_000),
    );
    timeline.pass(1, {
      shareBps: estimateBps,
      limited: wishBps > estimateBps,
      videoLoss: congested ? Math.min(0.5, 1 - capacity / sentBps) : random() * 0.02,
      queueMs: congested ? 100 + random() * 150 : random() * 20,
    });
    estimateBps = congested ? 0.85 * capacity : grownBps;
  }
}

describe('the fallback of a publisher on a simulated network', () => {
  const seeds = Array.from({ length: 20 }, (_, index) => index + 1);

  it.each(seeds)('has its pictures back soon after the network is good again (seed %i)', (seed) => {
    const random = randomFrom(seed);
    const timeline = new Timeline();
    simulate(timeline, 30, () => 2_000_000, random);
    expect(timeline.heard, 'a good network').toEqual([]);
    simulate(timeline, 30 + Math.round(random() * 10), () => 40_000, random, 1_000_000);
    expect(timeline.use).not.toBe('all');
    const goodAtS = timeline.nowMs / 1_000;
    simulate(timeline, 60, () => 1_000_000, random, 40_000);
    expect(timeline.heard.map((text) => text.split(' ')[1])).toEqual([
      'warning',
      'disabled',
      'enabled',
    ]);
    expect(Number(timeline.heard.at(-1)?.split(' ')[0]) - goodAtS).toBeLessThanOrEqual(45);
    expect(timeline.use).toBe('all');
  });

  it.each(seeds)(
    'does not go to and fro where the network carries about what is needed (seed %i)',
    (seed) => {
      const random = randomFrom(seed);
      const timeline = new Timeline();
      simulate(timeline, 1_800, () => NEED_BPS * (0.9 + 0.2 * random()), random);
      const times = timeline.heard
        .filter((text) => text.endsWith('disabled'))
        .map((text) => Number(text.split(' ')[0]));
      expect(times.length, 'about once in two minutes').toBeLessThanOrEqual(15);
      for (const atS of times) {
        expect(
          times.filter((other) => other >= atS && other < atS + 60).length,
        ).toBeLessThanOrEqual(2);
      }
    },
  );

  it.each(seeds)('never tells anything out of order, whatever comes (seed %i)', (seed) => {
    const random = randomFrom(seed);
    const timeline = new Timeline();
    for (let step = 0; step < 5_000; step++) {
      const chance = random();
      const seconds = 1 + Math.floor(random() * 8);
      if (chance < 0.1) timeline.give(seconds, { kind: 'muted' });
      else if (chance < 0.2) timeline.give(seconds, { kind: 'unknown' });
      else {
        timeline.pass(seconds, {
          shareBps: random() < 0.2 ? undefined : random() * 300_000,
          limited: random() < 0.7,
          videoLoss: random() ** 3,
          audioLoss: random() ** 6,
          queueMs: 2_000 * random() ** 4,
        });
      }
    }
    const order: Readonly<Record<string, readonly string[]>> = {
      start: ['warning'],
      warning: ['lifted', 'disabled'],
      lifted: ['warning'],
      disabled: ['enabled'],
      enabled: ['warning'],
    };
    const signals = timeline.heard.map((text) => text.split(' ')[1] ?? '');
    expect(signals.length).toBeGreaterThan(10);
    signals.forEach((signal, index) => {
      expect(order[signals[index - 1] ?? 'start'], `signal ${index}`).toContain(signal);
    });
    timeline.pass(200);
    expect(timeline.use, 'it is not stuck').toBe('all');
  });
});
