/**
 * When to open which socket, as a pure function: a lost one is replaced at once, later tries come ever more slowly, and after the
 * server's window it is over.
 */
export type LinkState =
  | {
      readonly name: 'up';
      readonly sinceMs: number;
      /** Tries that the last outage took; they count on when this socket does not last. */
      readonly failures: number;
    }
  | {
      readonly name: 'waiting';
      readonly failures: number;
      /** When to try again. */
      readonly dueMs: number;
      readonly deadlineMs: number;
    }
  | {
      readonly name: 'trying';
      readonly failures: number;
      /** When to give this try up. */
      readonly dueMs: number;
      readonly deadlineMs: number;
    }
  | { readonly name: 'over' };

/** What happens to a link. */
export type LinkInput =
  /** The socket is gone; the server waits for the next for `windowMs`. */
  | { readonly kind: 'lost'; readonly windowMs: number }
  /** A try did not come through. */
  | { readonly kind: 'failed' }
  /** A try came through: the server took the resumption. */
  | { readonly kind: 'resumed' }
  /** The machine has another network now: what was tried on the old one is worth nothing. */
  | { readonly kind: 'networkChanged' }
  /** `dueMs` has come, as far as the timer can tell: browsers fire up to a millisecond early. */
  | { readonly kind: 'due' }
  /** The server will not take this client back. */
  | { readonly kind: 'refused' };

/** How long one try may take: a socket on a network that just went away neither opens nor fails. */
const TRY_MS = 5_000;

/** The wait after the first failed try; doubled by each further one. */
const FIRST_WAIT_MS = 250;

const LONGEST_WAIT_MS = 4_000;

/** A socket that lives shorter than this was no success: tries go on at the pace they had. */
const STABLE_MS = 10_000;

export function linkUp(nowMs: number): LinkState {
  return { name: 'up', sinceMs: nowMs, failures: 0 };
}

/** `random` is 0 to 1: it spreads the tries of many clients that lost the same server. */
export function nextLink(
  state: LinkState,
  input: LinkInput,
  nowMs: number,
  random: number,
): LinkState {
  switch (input.kind) {
    case 'refused':
      return { name: 'over' };
    case 'resumed':
      return state.name === 'trying'
        ? { name: 'up', sinceMs: nowMs, failures: state.failures + 1 }
        : state;
    case 'lost': {
      if (state.name !== 'up') return state;
      const deadlineMs = nowMs + input.windowMs;
      return nowMs - state.sinceMs >= STABLE_MS || state.failures === 0
        ? tryNow(0, nowMs, deadlineMs)
        : wait(state.failures, nowMs, deadlineMs, random);
    }
    case 'failed':
      return state.name === 'trying'
        ? wait(state.failures + 1, nowMs, state.deadlineMs, random)
        : state;
    case 'networkChanged':
      return state.name === 'waiting' || state.name === 'trying'
        ? tryNow(state.failures, nowMs, state.deadlineMs)
        : state;
    case 'due':
      switch (state.name) {
        case 'waiting':
          return tryNow(state.failures, nowMs, state.deadlineMs);
        case 'trying':
          return wait(state.failures + 1, nowMs, state.deadlineMs, random);
        case 'up':
        case 'over':
          return state;
      }
  }
}

function tryNow(failures: number, nowMs: number, deadlineMs: number): LinkState {
  if (nowMs >= deadlineMs) return { name: 'over' };
  return { name: 'trying', failures, dueMs: Math.min(nowMs + TRY_MS, deadlineMs), deadlineMs };
}

function wait(failures: number, nowMs: number, deadlineMs: number, random: number): LinkState {
  if (nowMs >= deadlineMs) return { name: 'over' };
  const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1));
  const dueMs = Math.min(nowMs + waitMs * (0.5 + random), deadlineMs);
  return { name: 'waiting', failures, dueMs, deadlineMs };
}
