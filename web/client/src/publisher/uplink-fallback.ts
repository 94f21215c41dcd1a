/**
 * When a publisher gives its pictures up for its sound, and takes them up again, as a pure function of what is measured of its way to
 * the router. Times come in with the measurements, about one a second.
 */

/** What is measured of the way that the media of a publisher takes. */
export interface Uplink {
  /** Bits per second that are left for the pictures by the browser's estimate; undefined where it has none (Firefox). */
  readonly shareBps: number | undefined;
  /** What the smallest picture that is worth sending takes. */
  readonly needBps: number;
  /** Whether the encoder says that the network is what limits it; undefined where it doesn't say. */
  readonly limited: boolean | undefined;
  /** Of packets, 0 to 1, as the router told last. */
  readonly videoLoss: number;
  readonly audioLoss: number;
  /** Milliseconds that packets wait on the way: the round trip beyond the shortest there was. */
  readonly queueMs: number;
}

/** What a step is made of. */
export type UplinkInput =
  /** No pictures are meant to be sent: a person turned them off, or nobody wants them. */
  | { readonly kind: 'muted' }
  /** The way itself is in doubt, and that is being worked on. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'measured'; readonly uplink: Uplink };

/** What a publisher is told: the events of the API, in their order. */
export type FallbackSignal = 'warning' | 'lifted' | 'disabled' | 'enabled';

/** What may be sent of the pictures; of a `probe`, nobody is told. */
export type VideoUse = 'all' | 'lowest' | 'probe' | 'none';

type Condition =
  /** Hardly enough for the smallest picture, or packets queue up. */
  | 'weak'
  /** Packets are lost. */
  | 'lossy'
  /** Not enough for the smallest picture, or it is at the cost of the sound. */
  | 'starved'
  /** Not even the sound is safe. */
  | 'hopeless'
  /** Clearly enough. */
  | 'fine'
  /** A probe does harm. */
  | 'harmed';

/** Since when, in milliseconds, what holds has held without a break. */
type Held = ReadonlyMap<Condition, number>;

type State =
  | { readonly name: 'normal'; readonly held: Held }
  | { readonly name: 'warned'; readonly held: Held }
  /** The pictures are off; `waitMs` is how long that was to last. */
  | { readonly name: 'off'; readonly probeAtMs: number; readonly waitMs: number }
  /** The smallest picture is sent to see whether the way carries it. */
  | {
      readonly name: 'probing';
      readonly sinceMs: number;
      readonly held: Held;
      readonly waitMs: number;
    }
  /** The pictures are back, the smallest first. */
  | { readonly name: 'recovering'; readonly untilMs: number; readonly held: Held };

/** Where a publisher stands. */
export interface Fallback {
  readonly state: State;
  /** When the pictures were given up lately. */
  readonly givenUpAtMs: readonly number[];
}

export interface FallbackStep {
  readonly next: Fallback;
  readonly signals: readonly FallbackSignal[];
}

/** Below this the sound itself is in danger. */
const HOPELESS_BPS = 30_000;
/** How much more than the need is hardly, and is clearly enough. */
const HARDLY = 1.2;
const CLEARLY = 1.5;
const WEAK_QUEUE_MS = 400;
const STARVED_QUEUE_MS = 1_000;
const FINE_QUEUE_MS = 200;
const LOSSY = 0.05;
const STARVED_LOSS = 0.15;
const FINE_LOSS = 0.03;
const HARMED_LOSS = 0.1;
/** Sound that loses more than this while the way is congested has to be helped at once. */
const AUDIO_LOSS = 0.03;

/** How long a condition has to hold before it counts. */
const WEAK_MS = 1_000;
const LOSSY_MS = 2_000;
const STARVED_MS = 3_000;
const HOPELESS_MS = 1_000;
const FINE_MS = 3_000;
const HARMED_MS = 1_000;
const PROVEN_MS = 2_000;
/** Without an estimate, that nothing bad happens has to do. */
const PROVEN_WITHOUT_ESTIMATE_MS = 4_000;

/** A probe may take this long: an estimate grows only with what is sent. */
const PROBE_MS = 10_000;
const BASE_ONLY_MS = 3_000;

/** The first time off; twice as long for each time before in the last two minutes. */
const FIRST_WAIT_MS = 5_000;
const MAX_WAIT_MS = 40_000;
const REMEMBERED_MS = 120_000;
/** Whoever gives up more than twice a minute rests for one. */
const FUSE_MS = 60_000;
const FUSE_COUNT = 2;
/** A probe that fails makes the time to the next longer. */
const FAILED_PROBE = 1.5;

const NOTHING_HELD: Held = new Map();

/** A publisher whose network is not known to be bad. */
export const NO_FALLBACK: Fallback = {
  state: { name: 'normal', held: NOTHING_HELD },
  givenUpAtMs: [],
};

/** What may be sent now. */
export function videoUse({ state }: Fallback): VideoUse {
  switch (state.name) {
    case 'normal':
    case 'warned':
      return 'all';
    case 'off':
      return 'none';
    case 'probing':
      return 'probe';
    case 'recovering':
      return 'lowest';
  }
}

/** The next state, and what the publisher is told. */
export function nextFallback(before: Fallback, input: UplinkInput, nowMs: number): FallbackStep {
  const { state } = before;
  switch (state.name) {
    case 'normal':
      return fromNormal(before, state.held, input, nowMs);
    case 'warned':
      return fromWarned(before, state.held, input, nowMs);
    case 'off':
      // While a person has turned them off too, nothing can be tried.
      return input.kind === 'measured' && nowMs >= state.probeAtMs
        ? to(before, { ...state, name: 'probing', sinceMs: nowMs, held: NOTHING_HELD })
        : to(before, state);
    case 'probing':
      return fromProbing(before, state, input, nowMs);
    case 'recovering':
      return fromRecovering(before, state, input, nowMs);
  }
}

function fromNormal(
  before: Fallback,
  heldBefore: Held,
  input: UplinkInput,
  nowMs: number,
): FallbackStep {
  if (input.kind !== 'measured') return to(before, NO_FALLBACK.state);
  const held = holding(heldBefore, input.uplink, nowMs);
  if (lasts(held, 'hopeless', HOPELESS_MS, nowMs)) {
    return giveUp(before, nowMs, ['warning', 'disabled']);
  }
  return lasts(held, 'weak', WEAK_MS, nowMs) || lasts(held, 'lossy', LOSSY_MS, nowMs)
    ? to(before, { name: 'warned', held }, ['warning'])
    : to(before, { name: 'normal', held });
}

function fromWarned(
  before: Fallback,
  heldBefore: Held,
  input: UplinkInput,
  nowMs: number,
): FallbackStep {
  switch (input.kind) {
    case 'muted':
      return to(before, NO_FALLBACK.state, ['lifted']);
    case 'unknown':
      return to(before, { name: 'warned', held: NOTHING_HELD });
    case 'measured': {
      const held = holding(heldBefore, input.uplink, nowMs);
      if (isLost(held, nowMs)) return giveUp(before, nowMs, ['disabled']);
      return lasts(held, 'fine', FINE_MS, nowMs)
        ? to(before, { name: 'normal', held }, ['lifted'])
        : to(before, { name: 'warned', held });
    }
  }
}

function fromProbing(
  before: Fallback,
  state: Extract<State, { name: 'probing' }>,
  input: UplinkInput,
  nowMs: number,
): FallbackStep {
  const { sinceMs, waitMs } = state;
  switch (input.kind) {
    case 'muted':
      return to(before, { name: 'off', probeAtMs: nowMs, waitMs });
    case 'unknown':
      return to(before, { name: 'off', probeAtMs: nowMs + waitMs, waitMs });
    case 'measured': {
      const held = holding(state.held, input.uplink, nowMs);
      const provenMs = input.uplink.shareBps === undefined ? PROVEN_WITHOUT_ESTIMATE_MS : PROVEN_MS;
      if (lasts(held, 'fine', provenMs, nowMs)) {
        const untilMs = nowMs + BASE_ONLY_MS;
        return to(before, { name: 'recovering', untilMs, held: NOTHING_HELD }, ['enabled']);
      }
      if (!lasts(held, 'harmed', HARMED_MS, nowMs) && nowMs - sinceMs < PROBE_MS) {
        return to(before, { ...state, held });
      }
      const longerMs = Math.min(MAX_WAIT_MS, waitMs * FAILED_PROBE);
      return to(before, { name: 'off', probeAtMs: nowMs + longerMs, waitMs: longerMs });
    }
  }
}

function fromRecovering(
  before: Fallback,
  state: Extract<State, { name: 'recovering' }>,
  input: UplinkInput,
  nowMs: number,
): FallbackStep {
  if (input.kind !== 'measured') return to(before, NO_FALLBACK.state);
  const held = holding(state.held, input.uplink, nowMs);
  if (isLost(held, nowMs)) return giveUp(before, nowMs, ['warning', 'disabled']);
  return nowMs >= state.untilMs
    ? to(before, { name: 'normal', held })
    : to(before, { ...state, held });
}

function to(
  { givenUpAtMs }: Fallback,
  state: State,
  signals: readonly FallbackSignal[] = [],
): FallbackStep {
  return { next: { state, givenUpAtMs }, signals };
}

function giveUp(before: Fallback, nowMs: number, signals: readonly FallbackSignal[]): FallbackStep {
  const lately = before.givenUpAtMs.filter((atMs) => nowMs - atMs < REMEMBERED_MS);
  const givenUpAtMs = [...lately, nowMs];
  const inAMinute = givenUpAtMs.filter((atMs) => nowMs - atMs < FUSE_MS).length;
  const waitMs =
    inAMinute > FUSE_COUNT ? FUSE_MS : Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** lately.length);
  const state: State = { name: 'off', probeAtMs: nowMs + waitMs, waitMs };
  return { next: { state, givenUpAtMs }, signals };
}

function isLost(held: Held, nowMs: number): boolean {
  return lasts(held, 'hopeless', HOPELESS_MS, nowMs) || lasts(held, 'starved', STARVED_MS, nowMs);
}

function lasts(held: Held, condition: Condition, forMs: number, nowMs: number): boolean {
  const sinceMs = held.get(condition);
  return sinceMs !== undefined && nowMs - sinceMs >= forMs;
}

function holding(before: Held, uplink: Uplink, nowMs: number): Held {
  return new Map(
    conditionsOf(uplink).map((condition) => [condition, before.get(condition) ?? nowMs]),
  );
}

function conditionsOf(uplink: Uplink): Condition[] {
  const { shareBps = Infinity, needBps, limited, videoLoss, audioLoss, queueMs } = uplink;
  const loss = Math.max(videoLoss, audioLoss);
  // Of pictures that need few bits the estimate is low as well, and nothing is wrong: it grows only with what is sent.
  const below = (bitrateBps: number): boolean => limited !== false && shareBps < bitrateBps;
  const weak = below(HARDLY * needBps) || queueMs > WEAK_QUEUE_MS;
  const soundSuffers = weak && audioLoss > AUDIO_LOSS;
  const holds: Readonly<Record<Condition, boolean>> = {
    weak,
    lossy: loss > LOSSY,
    starved: below(needBps) || loss > STARVED_LOSS || queueMs > STARVED_QUEUE_MS || soundSuffers,
    hopeless: below(HOPELESS_BPS),
    fine: shareBps >= CLEARLY * needBps && loss < FINE_LOSS && queueMs < FINE_QUEUE_MS,
    harmed: loss > HARMED_LOSS || audioLoss > AUDIO_LOSS || queueMs > WEAK_QUEUE_MS,
  };
  return (Object.keys(holds) as Condition[]).filter((condition) => holds[condition]);
}
