import { setTimeout as delay } from 'node:timers/promises';
import type { SubscriptionStats, UplinkStats } from './page/hooks.js';
import type { Participant } from './participant.js';

/** What one subscription received in a window of time. */
export interface Reception {
  readonly subscription: string;
  readonly framesPerSecond: number;
  readonly audioEnergy: number;
}

/** What one publisher sent in a window of time. */
export interface Sending {
  readonly bitsPerSecond: number;
  /** The layers, by SSRC, that sent packets in the window. */
  readonly activeLayers: readonly string[];
}

/**
 * What every subscription of `participants` receives while `activity` runs, by the browsers' own clocks and counters. Subscriptions that
 * come meanwhile are left out; one that goes is a failure.
 */
export async function receptionsDuring(
  participants: readonly Participant[],
  activity: () => Promise<unknown>,
): Promise<Reception[]> {
  const before = await Promise.all(participants.map((participant) => participant.subscriptions()));
  await activity();
  const after = await Promise.all(participants.map((participant) => participant.subscriptions()));
  return participants.flatMap((participant, index) =>
    pairs(before[index] ?? [], after[index] ?? []).map(([first, last]) => ({
      subscription: `${participant.name} from ${last.name}`,
      framesPerSecond: round(
        (last.framesDecoded - first.framesDecoded) / ((last.atMillis - first.atMillis) / 1000),
      ),
      audioEnergy: last.audioEnergy - first.audioEnergy,
    })),
  );
}

/** What every subscription of `participants` receives in the next `millis`. */
export function receptions(
  participants: readonly Participant[],
  millis: number,
): Promise<Reception[]> {
  return receptionsDuring(participants, () => delay(millis));
}

/** What the publisher of `participant` sends in the next `millis`. */
export async function sending(participant: Participant, millis: number): Promise<Sending> {
  const first = await participant.uplink();
  await delay(millis);
  const last = await participant.uplink();
  return {
    bitsPerSecond: round(bits(first, last) / ((last.atMillis - first.atMillis) / 1000)),
    activeLayers: last.layers
      .filter(
        (layer) =>
          layer.packetsSent >
          (first.layers.find((earlier) => earlier.ssrc === layer.ssrc)?.packetsSent ?? 0),
      )
      .map((layer) => layer.rid || String(layer.ssrc))
      .sort(),
  };
}

function bits(first: UplinkStats, last: UplinkStats): number {
  return (last.bytesSent - first.bytesSent) * 8;
}

function pairs(
  before: readonly SubscriptionStats[],
  after: readonly SubscriptionStats[],
): [SubscriptionStats, SubscriptionStats][] {
  return before.map((first) => {
    const last = after.find((stats) => stats.streamId === first.streamId);
    if (!last) throw new Error(`the subscription to ${first.name} ended while it was measured`);
    return [first, last];
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
