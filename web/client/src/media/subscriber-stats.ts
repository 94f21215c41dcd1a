import type { VideoQuality } from '../signalling/messages.js';
import {
  isDegraded,
  transportStats,
  type NetworkDegradationSource,
  type TransportStats,
} from './link.js';
import {
  codecOf,
  entriesOf,
  maybeNumber,
  number,
  pairInUse,
  perSecond,
  type ReportEntry,
} from './report.js';

/** What one medium of a subscriber received so far. */
export interface SubscriberTrackStats {
  /** Bytes of payload. */
  readonly bytesReceived: number;
  /** RTP packets. */
  readonly packetsReceived: number;
  /** RTP packets that never came. */
  readonly packetsLost: number;
}

/** The pictures of a subscriber. */
export interface SubscriberVideoStats extends SubscriberTrackStats {
  /** Frames per second that came, since the call before; at the first those of the last second. */
  readonly frameRate: number;
  /** Frames per second that were decoded, since the call before; at the first those of the last second. */
  readonly decodedFrameRate: number;
  /** Bits of payload per second since the call before; 0 at the first. */
  readonly bitrate: number;
  /** The same with the headers of the packets. */
  readonly totalBitrate: number;
  /** Pixels of the picture received now. */
  readonly width: number;
  /** Pixels of the picture received now. */
  readonly height: number;
  /** For example `VP8`. */
  readonly codec: string;
  /** How often the picture stood still unduly. */
  readonly freezeCount: number;
  /** Seconds of that. */
  readonly totalFreezesDuration: number;
  /** How often the picture stood still for more than 5 s. */
  readonly pauseCount: number;
  /** Seconds of that. */
  readonly totalPausesDuration: number;
}

/** The way of the media from the publisher to the router to the subscriber. */
export interface SubscriberMediaLink {
  /** From the router to this client. */
  readonly transport: TransportStats;
  /** From the publisher to the router: known only when nothing comes through, or it gave its pictures up. */
  readonly remotePublisherTransport: TransportStats;
  readonly networkDegradationSource: NetworkDegradationSource;
}

/** What a subscriber received so far; `audio` and `video` are missing when there is no such medium. */
export interface SubscriberStats {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly audio?: SubscriberTrackStats;
  readonly video?: SubscriberVideoStats;
  readonly mediaLink: SubscriberMediaLink;
}

/** What the browser counts of one received medium. */
export interface ReceivedMedium {
  readonly bytes: number;
  readonly headerBytes: number;
  readonly packets: number;
  readonly lost: number;
  /** Seconds that all samples or frames together waited for their turn, and their number. */
  readonly waitedS: number;
  readonly emitted: number;
}

/** What it counts of received pictures. */
export interface ReceivedVideo extends ReceivedMedium {
  readonly framesReceived: number;
  readonly framesDecoded: number;
  readonly framesPerSecond: number;
  readonly width: number;
  readonly height: number;
  readonly codec: string;
  readonly freezes: number;
  readonly frozenS: number;
  readonly pauses: number;
  readonly pausedS: number;
}

/** What the browser says of a subscriber's media at one time. */
export interface Received {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly audio: ReceivedMedium | undefined;
  readonly video: ReceivedVideo | undefined;
  readonly roundTripMs: number | undefined;
  readonly estimateBps: number | undefined;
}

/** What else is known of the way that media takes. */
export interface LinkFacts {
  /** How well, by the router, the network of this client carries the pictures. */
  readonly quality: VideoQuality;
  /** The publisher sends, has given its pictures up for its network, or nothing comes of it. */
  readonly publisher: 'sending' | 'heldBack' | 'gone';
}

/** Reads a report of a subscriber's receivers, at `timestamp` in ms since 1970. */
export function readReceived(report: RTCStatsReport, timestamp: number): Received {
  const inbound = entriesOf(report, 'inbound-rtp');
  const audio = inbound.find((entry) => entry.kind === 'audio');
  const video = inbound.find((entry) => entry.kind === 'video');
  const pair = pairInUse(report);
  const roundTripS = maybeNumber(pair, 'currentRoundTripTime');
  return {
    timestamp,
    audio: audio && readMedium(audio),
    video: video && {
      ...readMedium(video),
      framesReceived: number(video, 'framesReceived'),
      framesDecoded: number(video, 'framesDecoded'),
      framesPerSecond: number(video, 'framesPerSecond'),
      width: number(video, 'frameWidth'),
      height: number(video, 'frameHeight'),
      codec: codecOf(report, video),
      freezes: number(video, 'freezeCount'),
      frozenS: number(video, 'totalFreezesDuration'),
      pauses: number(video, 'pauseCount'),
      pausedS: number(video, 'totalPausesDuration'),
    },
    roundTripMs: roundTripS === undefined ? undefined : roundTripS * 1_000,
    estimateBps: maybeNumber(pair, 'availableIncomingBitrate'),
  };
}

/** The statistics of a subscriber; `before` is what was read at the call before. */
export function subscriberStats(
  now: Received,
  before: Received | undefined,
  facts: LinkFacts,
): SubscriberStats {
  const { timestamp, audio, video } = now;
  const elapsedMs = timestamp - (before?.timestamp ?? timestamp);
  return {
    timestamp,
    ...(audio ? { audio: trackStats(audio) } : {}),
    ...(video ? { video: videoStats(video, before?.video, elapsedMs) } : {}),
    mediaLink: mediaLink(now, before, facts),
  };
}

/** The share of packets that were lost between two readings, 0 to 1; undefined when none were expected. */
export function lossBetween(
  before: ReceivedMedium | undefined,
  now: ReceivedMedium | undefined,
): number | undefined {
  if (!now) return undefined;
  // A medium on a new PeerConnection is counted anew.
  const start = before && before.packets <= now.packets ? before : undefined;
  const lost = Math.max(0, now.lost - (start?.lost ?? 0));
  const expected = lost + now.packets - (start?.packets ?? 0);
  return expected > 0 ? lost / expected : undefined;
}

function readMedium(entry: ReportEntry): ReceivedMedium {
  return {
    bytes: number(entry, 'bytesReceived'),
    headerBytes: number(entry, 'headerBytesReceived'),
    packets: number(entry, 'packetsReceived'),
    // RFC 3550 lets the loss be negative when packets were duplicated.
    lost: Math.max(0, number(entry, 'packetsLost')),
    waitedS: number(entry, 'jitterBufferDelay'),
    emitted: number(entry, 'jitterBufferEmittedCount'),
  };
}

function trackStats({ bytes, packets, lost }: ReceivedMedium): SubscriberTrackStats {
  return { bytesReceived: bytes, packetsReceived: packets, packetsLost: lost };
}

function videoStats(
  now: ReceivedVideo,
  before: ReceivedVideo | undefined,
  elapsedMs: number,
): SubscriberVideoStats {
  const rate = (name: 'bytes' | 'headerBytes' | 'framesReceived' | 'framesDecoded'): number =>
    before ? perSecond(now[name], before[name], elapsedMs) : 0;
  const frames = (name: 'framesReceived' | 'framesDecoded'): number =>
    before && elapsedMs > 0 ? Math.round(rate(name)) : now.framesPerSecond;
  return {
    ...trackStats(now),
    frameRate: frames('framesReceived'),
    decodedFrameRate: frames('framesDecoded'),
    bitrate: Math.round(rate('bytes') * 8),
    totalBitrate: Math.round((rate('bytes') + rate('headerBytes')) * 8),
    width: now.width,
    height: now.height,
    codec: now.codec,
    freezeCount: now.freezes,
    totalFreezesDuration: now.frozenS,
    pauseCount: now.pauses,
    totalPausesDuration: now.pausedS,
  };
}

function mediaLink(
  now: Received,
  before: Received | undefined,
  { quality, publisher }: LinkFacts,
): SubscriberMediaLink {
  const losses = [
    lossBetween(before?.audio, now.audio),
    lossBetween(before?.video, now.video),
  ].filter((loss) => loss !== undefined);
  const bandwidth = ({ good: 'enough', warning: 'scarce', off: 'none' } as const)[quality];
  const transport = transportStats(
    {
      loss: losses.length > 0 ? Math.max(...losses) : undefined,
      roundTripMs: now.roundTripMs,
      bandwidth,
    },
    now.estimateBps,
  );
  const remotePublisherTransport = REMOTE[publisher];
  return {
    transport,
    remotePublisherTransport,
    networkDegradationSource: sourceOf(transport, remotePublisherTransport),
  };
}

const REMOTE: Readonly<Record<LinkFacts['publisher'], TransportStats>> = {
  sending: { networkCondition: 'unknown', networkConditionReason: 'unknown' },
  heldBack: { networkCondition: 'critical', networkConditionReason: 'bandwidth' },
  gone: { networkCondition: 'critical', networkConditionReason: 'unknown' },
};

function sourceOf(local: TransportStats, remote: TransportStats): NetworkDegradationSource {
  if (!isDegraded(local)) return isDegraded(remote) ? 'remote' : 'none';
  // What the publisher's network lost is missing here too, so that only the router's word is clear.
  const isOwn = local.networkConditionReason !== 'packetLoss';
  return isOwn && !isDegraded(remote) ? 'local' : 'bothOrUnclear';
}
