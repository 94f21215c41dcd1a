/**
 * Whether media gets through a PeerConnection and what to do when it does not, as a pure function: first new ICE credentials, then a new
 * PeerConnection, then another, until a minute has passed.
 */
export type PathState =
  /** Nothing ever got through; a first connection that fails is not tried again, since most likely something blocks it. */
  | { readonly name: 'new' }
  | { readonly name: 'flowing' }
  /** The browser hears nothing from the server; that may pass by itself until `dueMs`. */
  | { readonly name: 'wavering'; readonly dueMs: number }
  /** A restart or a new PeerConnection is under way and has until `dueMs`. */
  | {
      readonly name: 'recovering';
      readonly renewed: boolean;
      /** Whether the browser says that the server can be reached; media has still to be seen. */
      readonly connected: boolean;
      /** Whether media is known to have stopped, rather than only in doubt. */
      readonly broken: boolean;
      readonly sinceMs: number;
      readonly dueMs: number;
    }
  /** The signalling socket is lost, so that nothing can be done; the path may be well. */
  | {
      readonly name: 'suspended';
      readonly wasNew: boolean;
      readonly connected: boolean;
      readonly broken: boolean;
      /** When it counts as broken, while the browser hears nothing from the server. */
      readonly dueMs: number | undefined;
    }
  /** Given up; somebody who needs the path again may doubt that. */
  | { readonly name: 'over' };

/** What happens to a path. */
export type PathInput =
  /** The states of the PeerConnection that say something. */
  | 'connected'
  | 'disconnected'
  | 'failed'
  /** The network changed, or the path is needed again: what was known about it is old. */
  | 'doubted'
  /** The signalling socket is lost, or has been replaced. */
  | 'suspended'
  | 'resumed'
  /** Another PeerConnection took its place, perhaps by the server's wish. */
  | 'replaced'
  /** Bytes came, or none are to be expected. */
  | 'mediaSeen'
  /** `dueMs` has come, as far as the timer can tell: browsers fire up to a millisecond early. */
  | 'due';

/** What a transition asks for. */
export type PathAction = 'none' | 'restart' | 'renew' | 'giveUp';

export interface PathStep {
  readonly state: PathState;
  readonly action: PathAction;
}

/** How well a path does, for who depends on it. */
export type PathHealth = 'new' | 'flowing' | 'doubtful' | 'broken' | 'over';

/** A Wi-Fi that hands over between two access points is silent for about a second. */
const GRACE_MS = 2_000;

/** How long one restart or new PeerConnection may take. */
const TRY_MS = 10_000;

/** After this long in vain there is no way through. */
const GIVE_UP_MS = 60_000;

export const NEW_PATH: PathState = { name: 'new' };

const FLOWING: PathStep = { state: { name: 'flowing' }, action: 'none' };

const SUSPENDED = {
  name: 'suspended',
  wasNew: false,
  connected: false,
  broken: false,
  dueMs: undefined,
} as const;

const OVER: PathStep = { state: { name: 'over' }, action: 'giveUp' };

/** How the path does in a state. */
export function healthOf(state: PathState): PathHealth {
  switch (state.name) {
    case 'new':
      return 'new';
    case 'flowing':
    case 'wavering':
      return 'flowing';
    case 'recovering':
      return state.broken ? 'broken' : 'doubtful';
    case 'suspended':
      if (state.broken) return 'broken';
      return state.wasNew ? 'new' : 'doubtful';
    case 'over':
      return 'over';
  }
}

/** When to give the input `due`, if ever. */
export function dueMsOf(state: PathState): number | undefined {
  switch (state.name) {
    case 'wavering':
    case 'recovering':
    case 'suspended':
      return state.dueMs;
    case 'new':
    case 'flowing':
    case 'over':
      return undefined;
  }
}

/** The next state, and what it takes. */
export function nextPath(state: PathState, input: PathInput, nowMs: number): PathStep {
  switch (state.name) {
    case 'new':
      return fromNew(state, input);
    case 'flowing':
      return fromFlowing(state, input, nowMs);
    case 'wavering':
      return fromWavering(state, input, nowMs);
    case 'recovering':
      return fromRecovering(state, input, nowMs);
    case 'suspended':
      return fromSuspended(state, input, nowMs);
    case 'over':
      return fromOver(state, input, nowMs);
  }
}

function fromNew(state: PathState, input: PathInput): PathStep {
  switch (input) {
    case 'connected':
      return FLOWING;
    case 'failed':
      return OVER;
    case 'doubted':
      return { state, action: 'restart' };
    case 'suspended':
      return stay({ ...SUSPENDED, wasNew: true });
    case 'disconnected':
    case 'resumed':
    case 'replaced':
    case 'mediaSeen':
    case 'due':
      return stay(state);
  }
}

function fromFlowing(state: PathState, input: PathInput, nowMs: number): PathStep {
  switch (input) {
    case 'disconnected':
      return stay({ name: 'wavering', dueMs: nowMs + GRACE_MS });
    case 'failed':
      return restart(nowMs, { connected: false, broken: true });
    case 'doubted':
      return restart(nowMs, { connected: true, broken: false });
    case 'replaced':
      return stay(awaited(nowMs));
    case 'suspended':
      return stay({ ...SUSPENDED, connected: true });
    case 'connected':
    case 'resumed':
    case 'mediaSeen':
    case 'due':
      return stay(state);
  }
}

function fromWavering(
  state: PathState & { name: 'wavering' },
  input: PathInput,
  nowMs: number,
): PathStep {
  switch (input) {
    case 'connected':
      return FLOWING;
    case 'due':
    case 'failed':
    case 'doubted':
      return restart(nowMs, { connected: false, broken: true });
    case 'replaced':
      return stay(awaited(nowMs));
    case 'suspended':
      return stay({ ...SUSPENDED, dueMs: state.dueMs });
    case 'disconnected':
    case 'resumed':
    case 'mediaSeen':
      return stay(state);
  }
}

function fromRecovering(
  state: PathState & { name: 'recovering' },
  input: PathInput,
  nowMs: number,
): PathStep {
  switch (input) {
    case 'connected':
      return stay({ ...state, connected: true });
    case 'disconnected':
    case 'replaced':
      return stay({ ...state, connected: false });
    case 'failed':
      return stay({ ...state, connected: false, broken: true });
    case 'mediaSeen':
      return state.connected ? FLOWING : stay(state);
    case 'doubted':
      return restart(nowMs, state);
    case 'suspended':
      return stay({ ...SUSPENDED, connected: state.connected, broken: state.broken });
    case 'resumed':
      return stay(state);
    case 'due':
      // A new PeerConnection that is connected has done what can be done: the others send nothing.
      if (state.renewed && state.connected) return FLOWING;
      return nowMs - state.sinceMs >= GIVE_UP_MS
        ? OVER
        : renew(nowMs, { sinceMs: state.sinceMs, broken: true });
  }
}

function fromSuspended(
  state: PathState & { name: 'suspended' },
  input: PathInput,
  nowMs: number,
): PathStep {
  switch (input) {
    case 'connected':
      return stay({ ...SUSPENDED, connected: true });
    case 'disconnected':
      return stay({ ...state, connected: false, dueMs: state.dueMs ?? nowMs + GRACE_MS });
    case 'failed':
    case 'due':
      return stay({ ...state, connected: false, broken: true, dueMs: undefined });
    case 'resumed':
      return state.wasNew ? { state: NEW_PATH, action: 'restart' } : restart(nowMs, state);
    case 'replaced':
      return stay({ ...state, connected: false });
    case 'doubted':
    case 'suspended':
    case 'mediaSeen':
      return stay(state);
  }
}

function fromOver(state: PathState, input: PathInput, nowMs: number): PathStep {
  switch (input) {
    case 'connected':
      return FLOWING;
    case 'doubted':
      return renew(nowMs, { sinceMs: nowMs, broken: false });
    case 'disconnected':
    case 'failed':
    case 'suspended':
    case 'resumed':
    case 'replaced':
    case 'mediaSeen':
    case 'due':
      return stay(state);
  }
}

function restart(
  nowMs: number,
  { connected, broken }: { readonly connected: boolean; readonly broken: boolean },
): PathStep {
  return {
    state: {
      name: 'recovering',
      renewed: false,
      connected,
      broken,
      sinceMs: nowMs,
      dueMs: nowMs + TRY_MS,
    },
    action: 'restart',
  };
}

/** A new PeerConnection that nobody here asked for has as long as one that was. */
function awaited(nowMs: number): PathState {
  return renew(nowMs, { sinceMs: nowMs, broken: false }).state;
}

function renew(
  nowMs: number,
  { sinceMs, broken }: { readonly sinceMs: number; readonly broken: boolean },
): PathStep {
  return {
    state: {
      name: 'recovering',
      renewed: true,
      connected: false,
      broken,
      sinceMs,
      dueMs: nowMs + TRY_MS,
    },
    action: 'renew',
  };
}

function stay(state: PathState): PathStep {
  return { state, action: 'none' };
}
