import { bitrateBps } from '../media/encodings.js';
import {
  lossBetween,
  type Received,
  type ReceivedMedium,
  type ReceivedVideo,
} from '../media/subscriber-stats.js';
import type { LayerPreference } from '../session/wish.js';
import type { Dimensions } from '../signalling/messages.js';

/** How good what a subscriber receives is for a person, from 1 (bad) to 5 (excellent); only of what it is subscribed to and is sent. */
export interface QualityScore {
  readonly audioQualityScore?: number;
  readonly videoQualityScore?: number;
}

/** What should come. */
export interface Expectation {
  readonly audio: boolean;
  /** The size in pixels and frames per second that would be the best for this subscriber; undefined when no pictures should come. */
  readonly video: { readonly size: Dimensions; readonly frameRate: number } | undefined;
}

/** How many looks in a row must expect a medium before it is judged. */
const SETTLED_LOOKS = 3;

/**
 * Follows what should come, and passes on only what has been expected for a while: when pictures come back that were held back, the browser
 * counts all the time without them as one in which they stood still.
 */
export class SettledExpectation {
  #audioLooks = 0;
  #videoLooks = 0;

  next({ audio, video }: Expectation): Expectation {
    this.#audioLooks = audio ? this.#audioLooks + 1 : 0;
    this.#videoLooks = video ? this.#videoLooks + 1 : 0;
    return {
      audio: this.#audioLooks >= SETTLED_LOOKS,
      video: this.#videoLooks >= SETTLED_LOOKS ? video : undefined,
    };
  }
}

/** The best that a subscriber with this preference could see of a stream. */
export function bestOf(
  stream: { readonly videoDimensions: Dimensions; readonly frameRate: number | undefined },
  { resolution, frameRate = Infinity }: LayerPreference,
): NonNullable<Expectation['video']> {
  const { width, height } = stream.videoDimensions;
  const share = resolution
    ? Math.min(1, Math.max(resolution.width / width, resolution.height / height))
    : 1;
  return {
    size: { width: width * share, height: height * share },
    frameRate: Math.max(1, Math.min(stream.frameRate ?? DEFAULT_FRAME_RATE, frameRate)),
  };
}

/** What is measured of the sound. */
export interface AudioMeasurement {
  /** Of packets, 0 to 1. */
  readonly loss: number;
  /** Milliseconds from the router and back. */
  readonly roundTripMs: number;
  /** Milliseconds that the sound waits in the jitter buffer. */
  readonly bufferMs: number;
}

/** What is measured of the pictures. */
export interface VideoMeasurement {
  readonly bitrateBps: number;
  /** What a good picture of the best size would take. */
  readonly targetBps: number;
  readonly frameRate: number;
  readonly bestFrameRate: number;
  /** The share of the time in which the picture stood still unduly, 0 to 1. */
  readonly frozen: number;
}

/** A score that is not yet rounded is this far from the last one before that changes: half a point back and forth is no change. */
const HYSTERESIS = 0.65;

const DEFAULT_FRAME_RATE = 30;

/** How much of the newest measurement goes into a score. */
const NEWEST = 0.6;

/**
 * How people would rate a conversation, 1 to 5, by the E-model (ITU-T G.107): its rating for the delay and the loss, made a mean opinion
 * score. The robustness against loss is that of a codec with concealment (G.113 appendix I: 25.1 for packets of 20 ms).
 */
export function audioScore({ loss, roundTripMs, bufferMs }: AudioMeasurement): number {
  const delayMs = roundTripMs / 2 + bufferMs;
  const byDelay = 0.024 * delayMs + 0.11 * Math.max(0, delayMs - 177.3);
  const lossPercent = loss * 100;
  const byLoss = (95 * lossPercent) / (lossPercent + 25.1);
  const rating = Math.min(100, Math.max(0, BEST_RATING - byDelay - byLoss));
  return 1 + ((opinionOf(rating) - 1) * 4) / (opinionOf(BEST_RATING) - 1);
}

/**
 * How good pictures are, 1 to 5: the bits that come, on the logarithmic scale on which people see them, against what a good picture takes;
 * less with frames that are missing and while it stands still. From half of the target on nobody sees a difference.
 */
export function videoScore(measured: VideoMeasurement): number {
  const full = measured.targetBps / 2;
  const floor = full / 16;
  const bits = clamp(Math.log(measured.bitrateBps / floor) / Math.log(full / floor));
  // Half the frames are still fluent.
  const frames = clamp((2 * measured.frameRate) / measured.bestFrameRate);
  return 1 + 4 * bits * frames * (1 - clamp(2 * measured.frozen));
}

/** Follows the scores of one subscriber. */
export class Scores {
  readonly #audio = new SmoothScore();
  readonly #video = new SmoothScore();
  #last: QualityScore = {};

  /** The scores after another measurement; undefined when they are as before. */
  next(now: Received, before: Received, expected: Expectation): QualityScore | undefined {
    const elapsedMs = now.timestamp - before.timestamp;
    const audio = this.#audio.next(
      expected.audio ? audioOf(now.audio, before.audio, now.roundTripMs ?? 0) : undefined,
    );
    const video = this.#video.next(
      expected.video ? videoOf(now.video, before.video, elapsedMs, expected.video) : undefined,
    );
    const last = this.#last;
    this.#last = {
      ...(audio === undefined ? {} : { audioQualityScore: audio }),
      ...(video === undefined ? {} : { videoQualityScore: video }),
    };
    const changed = audio !== last.audioQualityScore || video !== last.videoQualityScore;
    return changed && (audio ?? video) !== undefined ? this.#last : undefined;
  }
}

/** A score that does not jump to and fro. */
class SmoothScore {
  #exact: number | undefined;
  #rounded: number | undefined;

  next(measured: number | undefined): number | undefined {
    if (measured === undefined) {
      this.#exact = this.#rounded = undefined;
      return undefined;
    }
    const before = this.#exact ?? measured;
    this.#exact = before + NEWEST * (measured - before);
    if (this.#rounded === undefined || Math.abs(this.#exact - this.#rounded) > HYSTERESIS) {
      this.#rounded = Math.round(this.#exact);
    }
    return this.#rounded;
  }
}

/** The default rating of the E-model. */
const BEST_RATING = 93.2;

/** G.107 annex B. */
function opinionOf(rating: number): number {
  return 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6;
}

function audioOf(
  now: ReceivedMedium | undefined,
  before: ReceivedMedium | undefined,
  roundTripMs: number,
): number {
  const emitted = (now?.emitted ?? 0) - (before?.emitted ?? 0);
  const waitedS = (now?.waitedS ?? 0) - (before?.waitedS ?? 0);
  return audioScore({
    // Nothing came that should have.
    loss: lossBetween(before, now) ?? 1,
    roundTripMs,
    bufferMs: emitted > 0 ? Math.max(0, (waitedS * 1_000) / emitted) : 0,
  });
}

function videoOf(
  now: ReceivedVideo | undefined,
  before: ReceivedVideo | undefined,
  elapsedMs: number,
  { size, frameRate }: NonNullable<Expectation['video']>,
): number {
  if (!now || elapsedMs <= 0) return 1;
  const grown = (name: 'bytes' | 'framesDecoded' | 'frozenS' | 'pausedS'): number =>
    Math.max(0, now[name] - (before?.[name] ?? 0));
  return videoScore({
    bitrateBps: (grown('bytes') * 8_000) / elapsedMs,
    targetBps: bitrateBps(size.width * size.height, frameRate),
    frameRate: (grown('framesDecoded') * 1_000) / elapsedMs,
    bestFrameRate: frameRate,
    frozen: ((grown('frozenS') + grown('pausedS')) * 1_000) / elapsedMs,
  });
}

/** Also of what is not finite: no bits have no logarithm. */
function clamp(share: number): number {
  return share > 0 ? Math.min(1, share) : 0;
}
