import type { NetworkCondition } from '../media/link.js';
import type { VideoQualityReason } from '../media/publisher-stats.js';
import { Sampler } from '../media/sampler.js';
import {
  readReceived,
  subscriberStats,
  type LinkFacts,
  type Received,
  type SubscriberStats,
} from '../media/subscriber-stats.js';
import type { Platform } from '../platform.js';
import {
  Scores,
  SettledExpectation,
  type Expectation,
  type QualityScore,
} from './quality-score.js';

const INTERVAL_MS = 2_000;

/** Whose quality is watched. */
export interface WatchedSubscriber {
  report(): Promise<RTCStatsReport>;
  facts(): LinkFacts;
  expected(): Expectation;
}

export interface QualityListener {
  scoreChanged(score: QualityScore): void;
  conditionChanged(stats: SubscriberStats): void;
  videoQualityChanged(reason: VideoQualityReason, stats: SubscriberStats): void;
}

/** Watches the quality of what one subscriber receives, and tells what changes. */
export class QualityWatch {
  readonly #sampler: Sampler<Received>;
  readonly #subscriber: WatchedSubscriber;
  readonly #listener: QualityListener;
  readonly #expected = new SettledExpectation();
  readonly #scores = new Scores();
  #condition: NetworkCondition = 'unknown';

  constructor(platform: Platform, subscriber: WatchedSubscriber, listener: QualityListener) {
    this.#subscriber = subscriber;
    this.#listener = listener;
    this.#sampler = new Sampler(platform, INTERVAL_MS, {
      read: async () => readReceived(await subscriber.report(), platform.nowMs()),
      take: (now, before) => {
        const expected = this.#expected.next(subscriber.expected());
        if (before) this.#compare(now, before, expected);
      },
    });
  }

  /** Watches, or no longer. */
  run(on: boolean): void {
    this.#sampler.run(on);
  }

  #compare(now: Received, before: Received, expected: Expectation): void {
    const stats = subscriberStats(now, before, this.#subscriber.facts());
    const score = this.#scores.next(now, before, expected);
    if (score) this.#listener.scoreChanged(score);
    const { networkCondition } = stats.mediaLink.transport;
    if (networkCondition !== this.#condition) {
      this.#condition = networkCondition;
      this.#listener.conditionChanged(stats);
    }
    const reason = changeOf(now, before, expected);
    if (reason) this.#listener.videoQualityChanged(reason, stats);
  }
}

/** What changed about the pictures; undefined for nothing that a person sees. */
function changeOf(
  { video: now }: Received,
  { video: before }: Received,
  expected: Expectation,
): VideoQualityReason | undefined {
  if (!now || !before) return undefined;
  const stoodStill = now.freezes + now.pauses > before.freezes + before.pauses;
  if (stoodStill && expected.video) return 'videoInterruption';
  if (now.codec !== before.codec) return 'codecChange';
  const resized = now.width !== before.width || now.height !== before.height;
  return resized ? 'resolutionChange' : undefined;
}
