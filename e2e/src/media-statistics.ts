import type { Application } from './application.js';
import { restClaims, rs256 } from './jwt.js';
import { rest } from './rest.js';

/** Of a track in `GET /v1/sessions/{sessionId}/media`, what tests ask for; docs/rest-api.md has all of it. */
export interface TrackStatistics {
  readonly kind: 'audio' | 'video';
  readonly packets: number;
  /** As the subscriber last reported. */
  readonly lost: number;
  readonly retransmitted: number;
  /** Packets that were asked for again, each time. */
  readonly nacks: number;
  readonly dropped: Readonly<Record<string, number>>;
}

interface TransportStatistics {
  readonly connectionId: string;
  readonly side: 'publish' | 'subscribe';
  readonly tracks: readonly TrackStatistics[];
  readonly adaptation?: {
    readonly estimateBps: number;
    readonly reason: string;
    readonly usage: string;
    readonly networkDelayMs: number;
    readonly sendingBps: number;
    readonly pacerDelayMs: number;
  };
}

async function transportsOf(
  application: Application,
  sessionId: string,
): Promise<readonly TransportStatistics[]> {
  const token = rs256(restClaims(application.id), application.privateKey);
  const response = await rest(application.url, 'GET', `/v1/sessions/${sessionId}/media`, token);
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  const { transports } = (await response.json()) as { transports: TransportStatistics[] };
  return transports;
}

/** What the server thinks of the network to a client, in a few words. */
export async function judgementOf(
  application: Application,
  sessionId: string,
  connectionId: string,
): Promise<string> {
  const found = (await transportsOf(application, sessionId)).find(
    (transport) => transport.connectionId === connectionId && transport.side === 'subscribe',
  )?.adaptation;
  if (!found) return 'not judged';
  const kbit = (bps: number): string => `${Math.round(bps / 1000)} kbit`;
  return [
    `${kbit(found.estimateBps)} estimated by ${found.reason}`,
    found.usage,
    `${found.networkDelayMs} ms queue`,
    `${kbit(found.sendingBps)} sent`,
    `${found.pacerDelayMs} ms waiting`,
  ].join(', ');
}

/** What the server tells of the only sound that it sends to a client. */
export async function soundSentTo(
  application: Application,
  sessionId: string,
  connectionId: string,
): Promise<TrackStatistics> {
  const transports = await transportsOf(application, sessionId);
  const [sound, more] = transports
    .filter(
      (transport) => transport.connectionId === connectionId && transport.side === 'subscribe',
    )
    .flatMap((transport) => transport.tracks)
    .filter((track) => track.kind === 'audio');
  if (!sound || more) throw new Error(`not one sound: ${JSON.stringify(transports)}`);
  return sound;
}
