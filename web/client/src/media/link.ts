/** How well a way through the network does, from `critical` to `excellent`; `unknown` while nothing tells. */
export type NetworkCondition = 'unknown' | 'critical' | 'warning' | 'fair' | 'good' | 'excellent';

/** What makes a {@link NetworkCondition} no better: too few bits per second, or packets that are lost. `unknown`: something else. */
export type NetworkConditionReason = 'none' | 'unknown' | 'bandwidth' | 'packetLoss';

/** Whose network takes from the quality: of a subscriber's `local` its own, `remote` the publisher's. */
export type NetworkDegradationSource = 'none' | 'bothOrUnclear' | 'local' | 'remote';

/** One way through the network, between a client and the router. */
export interface TransportStats {
  /** Bits per second that it carries by the browser's estimate; absent where the browser has none. */
  readonly connectionEstimatedBandwidth?: number;
  readonly networkCondition: NetworkCondition;
  readonly networkConditionReason: NetworkConditionReason;
}

/** What is measured of one way through the network. */
export interface LinkMeasurement {
  /** Of packets, 0 to 1; undefined while none were expected. */
  readonly loss: number | undefined;
  /** Milliseconds to the router and back; undefined while nothing tells. */
  readonly roundTripMs: number | undefined;
  /** What is known of the bits per second: enough, too few for the best picture, hardly or not enough for any. */
  readonly bandwidth: 'enough' | 'limited' | 'scarce' | 'none';
}

type Judgement = readonly [NetworkCondition, NetworkConditionReason];

/** From the worst to the best. */
const SCALE: readonly NetworkCondition[] = ['critical', 'warning', 'fair', 'good', 'excellent'];

/** From this loss on a way is no better; sound is acceptable below 5 %, pictures below 3 %, and half a percent nobody notices. */
const BY_LOSS: readonly (readonly [loss: number, condition: NetworkCondition])[] = [
  [0.15, 'critical'],
  [0.05, 'warning'],
  [0.03, 'fair'],
  [0.005, 'good'],
];

/** From this round trip on; people begin to talk into each other at 400 ms (ITU-T G.114, with the other half of the way). */
const BY_ROUND_TRIP_MS: readonly (readonly [ms: number, condition: NetworkCondition])[] = [
  [1_500, 'critical'],
  [800, 'warning'],
  [400, 'fair'],
  [200, 'good'],
];

const BY_BANDWIDTH: Readonly<Record<LinkMeasurement['bandwidth'], NetworkCondition>> = {
  none: 'critical',
  scarce: 'warning',
  limited: 'fair',
  enough: 'excellent',
};

/** Judges a way by the worst that is known of it. */
export function judge({ loss, roundTripMs, bandwidth }: LinkMeasurement): Judgement {
  if (loss === undefined && roundTripMs === undefined && bandwidth === 'enough') {
    return ['unknown', 'unknown'];
  }
  const judgements: Judgement[] = [
    [BY_BANDWIDTH[bandwidth], 'bandwidth'],
    [worstOf(BY_LOSS, loss), 'packetLoss'],
    [worstOf(BY_ROUND_TRIP_MS, roundTripMs), 'unknown'],
  ];
  const worst = judgements.reduce((a, b) => (SCALE.indexOf(b[0]) < SCALE.indexOf(a[0]) ? b : a));
  return worst[0] === 'excellent' ? ['excellent', 'none'] : worst;
}

/** The statistics of a way. */
export function transportStats(
  measurement: LinkMeasurement,
  estimateBps: number | undefined,
): TransportStats {
  const [networkCondition, networkConditionReason] = judge(measurement);
  return {
    ...(estimateBps === undefined ? {} : { connectionEstimatedBandwidth: estimateBps }),
    networkCondition,
    networkConditionReason,
  };
}

/** Whether a way takes from the quality. */
export function isDegraded({ networkCondition }: TransportStats): boolean {
  return networkCondition === 'critical' || networkCondition === 'warning';
}

function worstOf(
  limits: readonly (readonly [limit: number, condition: NetworkCondition])[],
  value: number | undefined,
): NetworkCondition {
  return limits.find(([limit]) => (value ?? 0) >= limit)?.[1] ?? 'excellent';
}
