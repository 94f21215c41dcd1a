/** An entry of a report, with whatever its type has. */
export interface Entry {
  readonly id: string;
  readonly type: string;
  readonly [name: string]: unknown;
}

/** A statistics report of these entries. */
export function reportOf(...entries: readonly Entry[]): Map<string, unknown> {
  return new Map(entries.map((entry) => [entry.id, entry]));
}

/** The way that media takes, as Chromium tells it. */
export function pathEntries(pair: object): Entry[] {
  return [
    { id: 'T', type: 'transport', selectedCandidatePairId: 'P' },
    { id: 'other', type: 'candidate-pair' },
    { id: 'P', type: 'candidate-pair', ...pair },
  ];
}

export function inbound(kind: 'audio' | 'video', counted: object): Entry {
  return { id: `in-${kind}`, type: 'inbound-rtp', kind, codecId: `codec-${kind}`, ...counted };
}

export function outbound(kind: 'audio' | 'video', rid: string, counted: object): Entry {
  const named = rid === '' ? {} : { rid };
  return { id: `out-${kind}-${rid}`, type: 'outbound-rtp', kind, ...named, ...counted };
}

/** What the router told of an {@link outbound} stream. */
export function lossOf(
  kind: 'audio' | 'video',
  rid: string,
  fractionLost: number,
  packetsLost = 0,
): Entry {
  const localId = `out-${kind}-${rid}`;
  return { id: `loss-${localId}`, type: 'remote-inbound-rtp', localId, fractionLost, packetsLost };
}
