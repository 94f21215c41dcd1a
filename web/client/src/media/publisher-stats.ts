import { transportStats, type LinkMeasurement, type TransportStats } from './link.js';
import {
  codecOf,
  entriesOf,
  maybeNumber,
  number,
  pairInUse,
  perSecond,
  text,
  type ReportEntry,
} from './report.js';

/** What holds the quality of pictures back, or changed it. */
export type VideoQualityReason =
  'none' | 'bandwidth' | 'cpu' | 'other' | 'resolutionChange' | 'codecChange' | 'videoInterruption';

/** What one medium of a publisher sent so far. */
export interface PublisherTrackStats {
  /** Bytes of payload. */
  readonly bytesSent: number;
  /** RTP packets. */
  readonly packetsSent: number;
  /** RTP packets that the router told of as lost. */
  readonly packetsLost: number;
}

/** One simulcast layer. */
export interface PublisherLayerStats {
  /** `q`, `h` or `f` from the smallest to the largest; '' for the only one. */
  readonly rid: string;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** Frames per second. */
  readonly frameRate: number;
  /** The same as `frameRate`. */
  readonly encodedFrameRate: number;
  /** Bytes of payload. */
  readonly bytesSent: number;
  /** RTP packets. */
  readonly packetsSent: number;
  /** Bits of payload per second since the call before; 0 at the first. */
  readonly bitrate: number;
  /** The same with the headers of the packets. */
  readonly totalBitrate: number;
  /** For example `VP8`. */
  readonly codec: string;
  /** Such as `L1T3`; absent where the browser doesn't tell. */
  readonly scalabilityMode?: string;
  /** What keeps the encoder from a better picture; absent where the browser doesn't tell. */
  readonly qualityLimitationReason?: VideoQualityReason;
}

/** The pictures of a publisher. */
export interface PublisherVideoStats extends PublisherTrackStats {
  /** Frames per second of the highest layer sent now. */
  readonly frameRate: number;
  readonly layers: readonly PublisherLayerStats[];
}

/** What a publisher sent so far; `audio` and `video` are missing when there is no such medium. */
export interface PublisherStats {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly audio?: PublisherTrackStats;
  readonly video?: PublisherVideoStats;
  readonly mediaLink: {
    /** From this client to the router. */
    readonly transport: TransportStats;
  };
  /** The same as `mediaLink.transport`. */
  readonly transportStats: TransportStats;
}

/** An element of what `publisher.getStats` gives. In a session whose media goes through the router there is one, without ids. */
export interface PublisherStatsEntry {
  readonly subscriberId?: string;
  readonly connectionId?: string;
  readonly stats: PublisherStats;
}

/** An element of what `publisher.getRtcStatsReport` gives. */
export interface PublisherRtcStatsReport {
  readonly subscriberId?: string;
  readonly connectionId?: string;
  readonly rtcStatsReport: RTCStatsReport;
}

/** What the browser counts of one sent RTP stream: the sound, or a layer of the pictures. */
export interface SentStream {
  readonly kind: 'audio' | 'video';
  readonly rid: string;
  readonly bytes: number;
  readonly headerBytes: number;
  readonly packets: number;
  /** As the router told: packets in all, and their share between its last two reports, 0 to 1. */
  readonly lost: number;
  readonly lossFraction: number | undefined;
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  readonly codec: string;
  readonly scalabilityMode: string;
  readonly limitedBy: VideoQualityReason | undefined;
}

/** What the browser says of what a publisher sends, at one time. */
export interface Sent {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly streams: readonly SentStream[];
  /** The browser's estimate of what the way to the router carries, all streams of this client together; Firefox has none. */
  readonly estimateBps: number | undefined;
  readonly roundTripMs: number | undefined;
}

/** Reads a report of a publisher's senders, at `timestamp` in ms since 1970. */
export function readSent(report: RTCStatsReport, timestamp: number): Sent {
  const losses = entriesOf(report, 'remote-inbound-rtp');
  const pair = pairInUse(report);
  const roundTripS =
    maybeNumber(pair, 'currentRoundTripTime') ??
    losses.map((loss) => maybeNumber(loss, 'roundTripTime')).find((time) => time !== undefined);
  return {
    timestamp,
    streams: entriesOf(report, 'outbound-rtp').map((entry) =>
      readStream(
        report,
        entry,
        losses.find((loss) => loss.localId === entry.id),
      ),
    ),
    estimateBps: maybeNumber(pair, 'availableOutgoingBitrate'),
    roundTripMs: roundTripS === undefined ? undefined : roundTripS * 1_000,
  };
}

/** Bits per second that one stream sent since `before`, with headers; 0 without a time between. */
export function totalBitrateBps(stream: SentStream, now: Sent, before: Sent | undefined): number {
  return Math.round(
    (rate(stream, now, before, 'bytes') + rate(stream, now, before, 'headerBytes')) * 8,
  );
}

/** The streams that have sent anything since `before`: what was told of the others is old. */
export function flowingSince(before: Sent | undefined, { streams }: Sent): SentStream[] {
  if (!before) return [...streams];
  return streams.filter((stream) => stream.packets !== (sameIn(before, stream)?.packets ?? 0));
}

/** The share of packets of these streams that is lost now, 0 to 1; undefined while the router has not told. */
export function lossOf(streams: readonly SentStream[]): number | undefined {
  const fractions = streams.flatMap(({ lossFraction }) => lossFraction ?? []);
  return fractions.length > 0 ? Math.max(...fractions) : undefined;
}

/** The statistics of a publisher; `before` is what was read at the call before. */
export function publisherStats(
  now: Sent,
  before: Sent | undefined,
  bandwidth: LinkMeasurement['bandwidth'],
): PublisherStats {
  const { timestamp, streams, estimateBps, roundTripMs } = now;
  const audio = streams.filter(({ kind }) => kind === 'audio');
  const video = streams.filter(({ kind }) => kind === 'video');
  const layers = video.map((layer) => layerStats(layer, now, before));
  const loss = lossOf(flowingSince(before, now));
  const transport = transportStats({ loss, roundTripMs, bandwidth }, estimateBps);
  return {
    timestamp,
    ...(audio.length > 0 ? { audio: trackStats(audio) } : {}),
    ...(video.length > 0
      ? {
          video: {
            ...trackStats(video),
            frameRate: Math.max(...layers.map((layer) => layer.frameRate)),
            layers,
          },
        }
      : {}),
    mediaLink: { transport },
    transportStats: transport,
  };
}

/** What keeps the encoders of the pictures from better ones; `none` when nothing does or the browser doesn't tell. */
export function limitationOf({ streams }: Sent): VideoQualityReason {
  const reasons = streams.map(({ limitedBy }) => limitedBy);
  return (['bandwidth', 'cpu', 'other'] as const).find((one) => reasons.includes(one)) ?? 'none';
}

function readStream(
  report: RTCStatsReport,
  entry: ReportEntry,
  loss: ReportEntry | undefined,
): SentStream {
  const limitation = text(entry, 'qualityLimitationReason');
  return {
    kind: entry.kind === 'audio' ? 'audio' : 'video',
    rid: text(entry, 'rid'),
    bytes: number(entry, 'bytesSent'),
    headerBytes: number(entry, 'headerBytesSent'),
    packets: number(entry, 'packetsSent'),
    // RFC 3550 lets the loss be negative when packets were duplicated.
    lost: Math.max(0, number(loss, 'packetsLost')),
    lossFraction: maybeNumber(loss, 'fractionLost'),
    width: number(entry, 'frameWidth'),
    height: number(entry, 'frameHeight'),
    framesPerSecond: number(entry, 'framesPerSecond'),
    codec: codecOf(report, entry),
    scalabilityMode: text(entry, 'scalabilityMode'),
    limitedBy: (['none', 'bandwidth', 'cpu', 'other'] as const).find((one) => one === limitation),
  };
}

function trackStats(streams: readonly SentStream[]): PublisherTrackStats {
  const sum = (name: 'bytes' | 'packets' | 'lost'): number =>
    streams.reduce((total, stream) => total + stream[name], 0);
  return { bytesSent: sum('bytes'), packetsSent: sum('packets'), packetsLost: sum('lost') };
}

function layerStats(layer: SentStream, now: Sent, before: Sent | undefined): PublisherLayerStats {
  const { rid, width, height, framesPerSecond, codec, scalabilityMode, limitedBy } = layer;
  return {
    rid,
    width,
    height,
    frameRate: framesPerSecond,
    encodedFrameRate: framesPerSecond,
    bytesSent: layer.bytes,
    packetsSent: layer.packets,
    bitrate: Math.round(rate(layer, now, before, 'bytes') * 8),
    totalBitrate: totalBitrateBps(layer, now, before),
    codec,
    ...(scalabilityMode === '' ? {} : { scalabilityMode }),
    ...(limitedBy === undefined ? {} : { qualityLimitationReason: limitedBy }),
  };
}

function sameIn({ streams }: Sent, stream: SentStream): SentStream | undefined {
  return streams.find(({ kind, rid }) => kind === stream.kind && rid === stream.rid);
}

function rate(
  stream: SentStream,
  now: Sent,
  before: Sent | undefined,
  name: 'bytes' | 'headerBytes',
): number {
  const then = before && sameIn(before, stream);
  return before && then ? perSecond(stream[name], then[name], now.timestamp - before.timestamp) : 0;
}
