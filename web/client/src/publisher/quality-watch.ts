import type { LinkMeasurement, NetworkCondition } from '../media/link.js';
import {
  limitationOf,
  publisherStats,
  readSent,
  type PublisherStats,
  type Sent,
  type VideoQualityReason,
} from '../media/publisher-stats.js';
import { Sampler } from '../media/sampler.js';
import type { Platform } from '../platform.js';

const INTERVAL_MS = 2_000;

/** Whose quality is watched. */
export interface WatchedPublisher {
  report(): Promise<RTCStatsReport>;
  /** What is known of the bits per second that the network carries. */
  bandwidth(sent: Sent): LinkMeasurement['bandwidth'];
}

export interface QualityListener {
  conditionChanged(stats: PublisherStats): void;
  videoQualityChanged(reason: VideoQualityReason, stats: PublisherStats): void;
}

/** Watches the quality of what one publisher sends, and tells what changes. */
export class QualityWatch {
  readonly #sampler: Sampler<Sent>;
  readonly #publisher: WatchedPublisher;
  readonly #listener: QualityListener;
  #condition: NetworkCondition = 'unknown';
  #limitation: VideoQualityReason = 'none';

  constructor(platform: Platform, publisher: WatchedPublisher, listener: QualityListener) {
    this.#publisher = publisher;
    this.#listener = listener;
    this.#sampler = new Sampler(platform, INTERVAL_MS, {
      read: async () => readSent(await publisher.report(), platform.nowMs()),
      take: (now, before) => {
        if (before) this.#compare(now, before);
      },
    });
  }

  /** Watches, or no longer. */
  run(on: boolean): void {
    this.#sampler.run(on);
  }

  #compare(now: Sent, before: Sent): void {
    const stats = publisherStats(now, before, this.#publisher.bandwidth(now));
    const { networkCondition } = stats.transportStats;
    if (networkCondition !== this.#condition) {
      this.#condition = networkCondition;
      this.#listener.conditionChanged(stats);
    }
    const limitation = limitationOf(now);
    const changed = limitation !== this.#limitation;
    this.#limitation = limitation;
    const reason = changed ? limitation : changeOf(now, before);
    if (reason) this.#listener.videoQualityChanged(reason, stats);
  }
}

/** What changed about the largest picture; undefined for nothing. */
function changeOf(now: Sent, before: Sent): VideoQualityReason | undefined {
  const [a, b] = [largestOf(before), largestOf(now)];
  if (!a || !b) return undefined;
  if (a.codec !== b.codec) return 'codecChange';
  return a.width !== b.width || a.height !== b.height ? 'resolutionChange' : undefined;
}

function largestOf({ streams }: Sent): Sent['streams'][number] | undefined {
  const pictures = streams.filter(({ kind, width }) => kind === 'video' && width > 0);
  return pictures.sort((a, b) => b.width - a.width)[0];
}
