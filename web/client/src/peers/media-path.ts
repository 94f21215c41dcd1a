import { logWarning } from '../logging.js';
import type { Cancel, Platform } from '../platform.js';
import {
  dueMsOf,
  healthOf,
  NEW_PATH,
  nextPath,
  type PathAction,
  type PathHealth,
  type PathInput,
  type PathState,
} from './path.js';
import { hasGrown, receivedBytes, type ReceivedBytes } from './received-bytes.js';

/** How often a connected path is looked at until media is seen on it, in milliseconds. */
const LOOK_MS = 250;

/** What a path can't do itself. */
export interface PathOwner {
  /** Asks for new ICE credentials. */
  restart(): Promise<unknown>;
  /** Replaces the PeerConnection; the new one is then given to {@link MediaPath.watch}. */
  renew(): Promise<unknown>;
  /** Whether somebody sends anything that should be seen on this path. */
  mediaExpected(): boolean;
  healthChanged(health: PathHealth): void;
  /** Nothing gets through, and nothing more will be tried before {@link MediaPath.doubt}. */
  gaveUp(): void;
}

/** Follows the PeerConnection of one direction and keeps media flowing on it, as `path.ts` decides. */
export class MediaPath {
  readonly #platform: Platform;
  readonly #owner: PathOwner;
  #pc: RTCPeerConnection | undefined;
  #state: PathState = NEW_PATH;
  #health: PathHealth = 'new';
  #seen: ReceivedBytes | undefined;
  #stopTimer: Cancel = () => undefined;
  #stopLooking: Cancel | undefined;
  #closed = false;

  constructor(platform: Platform, owner: PathOwner) {
    this.#platform = platform;
    this.#owner = owner;
  }

  get health(): PathHealth {
    return this.#health;
  }

  /** Follows `pc` instead of the one before. */
  watch(pc: RTCPeerConnection): void {
    if (this.#pc) this.#pc.onconnectionstatechange = null;
    this.#pc = pc;
    this.#seen = undefined;
    pc.onconnectionstatechange = () => {
      const state = pc.connectionState;
      if (state === 'connected' || state === 'disconnected' || state === 'failed') {
        this.#advance(state);
      }
    };
    this.#advance('replaced');
  }

  /** The network changed, or a path that was given up is needed again. */
  doubt(): void {
    this.#advance('doubted');
  }

  /** The signalling socket is lost: nothing can be tried until {@link resume}. */
  suspend(): void {
    this.#advance('suspended');
  }

  resume(): void {
    this.#advance('resumed');
  }

  /** Ends it; the owner hears no more. */
  close(): void {
    if (this.#pc) this.#pc.onconnectionstatechange = null;
    this.#closed = true;
    this.#stopTimer();
    this.#stopLooking?.();
    this.#stopLooking = undefined;
  }

  #advance(input: PathInput): void {
    if (this.#closed) return;
    const nowMs = this.#platform.elapsedMs();
    const before = this.#state;
    const { state, action } = nextPath(before, input, nowMs);
    this.#state = state;
    if (state !== before) {
      this.#stopTimer();
      const dueMs = dueMsOf(state);
      if (dueMs !== undefined) {
        this.#stopTimer = this.#platform.after(Math.max(0, dueMs - nowMs), () => {
          this.#advance('due');
        });
      }
    }
    this.#look();
    const health = healthOf(state);
    const changed = health !== this.#health;
    this.#health = health;
    this.#act(action);
    if (changed) this.#owner.healthChanged(health);
  }

  #act(action: PathAction): void {
    switch (action) {
      case 'none':
        return;
      case 'restart':
        this.#seen = undefined;
        this.#try(this.#owner.restart());
        return;
      case 'renew':
        this.#try(this.#owner.renew());
        return;
      case 'giveUp':
        this.#owner.gaveUp();
    }
  }

  /** One that fails is followed by the next when its time is over. */
  #try(attempt: Promise<unknown>): void {
    attempt.catch((error: unknown) => {
      logWarning('media could not be brought back by this try', error);
    });
  }

  /** Looks for media while, and only while, that decides something. */
  #look(): void {
    const wanted = this.#state.name === 'recovering' && this.#state.connected;
    if (!wanted) {
      this.#stopLooking?.();
      this.#stopLooking = undefined;
      return;
    }
    this.#stopLooking ??= this.#platform.every(LOOK_MS, () => {
      this.#measure().catch((error: unknown) => {
        logWarning('the statistics of a PeerConnection could not be read', error);
      });
    });
  }

  async #measure(): Promise<void> {
    if (!this.#owner.mediaExpected()) {
      this.#advance('mediaSeen');
      return;
    }
    const pc = this.#pc;
    if (!pc) return;
    const now = receivedBytes(await pc.getStats());
    if (pc !== this.#pc || this.#stopLooking === undefined) return;
    const before = this.#seen;
    this.#seen = now;
    if (before && hasGrown(before, now)) this.#advance('mediaSeen');
  }
}
