import {
  flowingSince,
  limitationOf,
  lossOf,
  readSent,
  totalBitrateBps,
  type Sent,
} from '../media/publisher-stats.js';
import { Sampler } from '../media/sampler.js';
import type { Platform } from '../platform.js';
import {
  NO_FALLBACK,
  nextFallback,
  videoUse,
  type Fallback,
  type FallbackSignal,
  type Uplink,
  type UplinkInput,
  type VideoUse,
} from './uplink-fallback.js';

const INTERVAL_MS = 1_000;

/** What the smallest picture that is worth sending takes: half of what its encoding may, within these limits. */
const NEED_SHARE = 0.5;
const MIN_NEED_BPS = 50_000;
const MAX_NEED_BPS = 150_000;

/** Sound takes at least this, also while nobody speaks; and on top the headers below RTP, 50 packets a second of about 40 bytes. */
const MIN_AUDIO_BPS = 24_000;
const AUDIO_HEADERS_BPS = 16_000;

/** The shortest round trip is that of the last so many looks, in case the way is another one. */
const ROUND_TRIPS = 60;

/** Whose way to the router is watched. */
export interface WatchedUplink {
  report(): Promise<RTCStatsReport>;
  /** Whether the way is neither in doubt nor broken. */
  flows(): boolean;
  /** The pictures that are meant to be sent: none, some that nobody wants, or some. */
  pictures(): 'off' | 'unwanted' | 'wanted';
  /** Bits per second that the smallest encoding of the pictures may take. */
  smallestBps(): number;
}

export interface UplinkListener {
  /** Of the pictures no more is to be sent than this; of a `probe` no more bits per second than `maxBps`. */
  use(use: VideoUse, maxBps: number): void;
  signal(signal: FallbackSignal): void;
}

/** Watches the way of one publisher's media to the router, and gives its pictures up for its sound when it has to. */
export class UplinkWatch {
  readonly #platform: Platform;
  readonly #sampler: Sampler<Sent>;
  readonly #watched: WatchedUplink;
  readonly #listener: UplinkListener;
  #fallback: Fallback = NO_FALLBACK;
  #roundTripsMs: readonly number[] = [];

  constructor(platform: Platform, watched: WatchedUplink, listener: UplinkListener) {
    this.#platform = platform;
    this.#watched = watched;
    this.#listener = listener;
    this.#sampler = new Sampler(platform, INTERVAL_MS, {
      read: async () => readSent(await watched.report(), platform.nowMs()),
      take: (now, before) => {
        if (before) this.#step(this.#input(now, before));
      },
    });
  }

  /** How much the network is known to carry. */
  get bandwidth(): 'enough' | 'scarce' | 'none' {
    switch (this.#fallback.state.name) {
      case 'normal':
      case 'recovering':
        return 'enough';
      case 'warned':
        return 'scarce';
      case 'off':
      case 'probing':
        return 'none';
    }
  }

  /** Watches a stream from its beginning, or no longer. */
  run(on: boolean): void {
    if (!on) {
      this.#fallback = NO_FALLBACK;
      this.#roundTripsMs = [];
    }
    this.#sampler.run(on);
  }

  #input(now: Sent, before: Sent): UplinkInput {
    if (!this.#watched.flows()) return { kind: 'unknown' };
    const pictures = this.#watched.pictures();
    // While none are sent because of the network, nobody can want them.
    const unwanted = pictures === 'unwanted' && videoUse(this.#fallback) === 'all';
    if (pictures === 'off' || unwanted) return { kind: 'muted' };
    return { kind: 'measured', uplink: this.#measure(now, before) };
  }

  #step(input: UplinkInput): void {
    const useBefore = videoUse(this.#fallback);
    const { next, signals } = nextFallback(this.#fallback, input, this.#platform.elapsedMs());
    this.#fallback = next;
    const use = videoUse(next);
    if (use !== useBefore) this.#listener.use(use, 2 * this.#needBps());
    for (const signal of signals) this.#listener.signal(signal);
  }

  #measure(now: Sent, before: Sent): Uplink {
    const flowing = flowingSince(before, now);
    const ofKind = (kind: 'audio' | 'video'): typeof flowing =>
      flowing.filter((stream) => stream.kind === kind);
    const audioBps = ofKind('audio').reduce(
      (sum, stream) => sum + totalBitrateBps(stream, now, before),
      0,
    );
    const reserveBps = Math.max(MIN_AUDIO_BPS, audioBps) + AUDIO_HEADERS_BPS;
    const { estimateBps } = now;
    return {
      shareBps: estimateBps === undefined ? undefined : Math.max(0, estimateBps - reserveBps),
      needBps: this.#needBps(),
      limited: limitedOf(now),
      videoLoss: lossOf(ofKind('video')) ?? 0,
      audioLoss: lossOf(ofKind('audio')) ?? 0,
      queueMs: this.#queueMs(now),
    };
  }

  #needBps(): number {
    const half = NEED_SHARE * this.#watched.smallestBps();
    return Math.min(MAX_NEED_BPS, Math.max(MIN_NEED_BPS, half));
  }

  #queueMs({ roundTripMs }: Sent): number {
    if (roundTripMs === undefined) return 0;
    this.#roundTripsMs = [...this.#roundTripsMs, roundTripMs].slice(-ROUND_TRIPS);
    return roundTripMs - Math.min(...this.#roundTripsMs);
  }
}

function limitedOf(now: Sent): boolean | undefined {
  const told = now.streams.some(({ limitedBy }) => limitedBy !== undefined);
  return told ? limitationOf(now) === 'bandwidth' : undefined;
}
