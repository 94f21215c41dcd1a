/** What one medium of a subscriber received so far. */
export interface SubscriberTrackStats {
  /** Bytes of payload. */
  readonly bytesReceived: number;
  /** RTP packets. */
  readonly packetsReceived: number;
  /** RTP packets that never came. */
  readonly packetsLost: number;
}

/** What a subscriber received so far; `audio` and `video` are missing when there is no such medium. Counters never go back. */
export interface SubscriberStats {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly audio?: SubscriberTrackStats;
  readonly video?: SubscriberTrackStats & {
    /** Frames per second shown now. */
    readonly frameRate: number;
    /** Frames per second decoded now. */
    readonly decodedFrameRate: number;
    /** Bits per second since the call before; 0 at the first. */
    readonly bitrate: number;
    /** Pixels of the picture received now. */
    readonly width: number;
    /** Pixels of the picture received now. */
    readonly height: number;
    /** For example `VP8`. */
    readonly codec: string;
    /** How often the picture stood still unduly. */
    readonly freezeCount: number;
    /** How often the picture stood still for more than 5 s. */
    readonly pauseCount: number;
  };
}

/** What one medium of a publisher sent so far. */
export interface PublisherTrackStats {
  /** Bytes of payload. */
  readonly bytesSent: number;
  /** RTP packets. */
  readonly packetsSent: number;
  /** RTP packets that the router told of as lost. */
  readonly packetsLost: number;
}

/** What a publisher sent so far. */
export interface PublisherStats {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly audio?: PublisherTrackStats;
  readonly video?: PublisherTrackStats & {
    /** Frames per second of the highest layer sent now. */
    readonly frameRate: number;
    readonly layers: readonly PublisherLayerStats[];
  };
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
  /** Bytes of payload. */
  readonly bytesSent: number;
  /** RTP packets. */
  readonly packetsSent: number;
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

/** One entry of a report. Which numbers it has depends on its type and the browser. */
type Entry = Readonly<Record<string, unknown>>;

/** The reports of several senders or receivers as one. */
export async function mergedReport(
  sources: readonly (RTCRtpSender | RTCRtpReceiver)[],
): Promise<RTCStatsReport> {
  const merged = new Map<string, unknown>();
  for (const source of sources) {
    (await source.getStats()).forEach((entry: { id: string }) => merged.set(entry.id, entry));
  }
  return merged;
}

/** The numbers of a subscriber at `timestamp`, in ms since 1970; `before` are those of the call before. */
export function subscriberStats(
  report: RTCStatsReport,
  timestamp: number,
  before?: SubscriberStats,
): SubscriberStats {
  const inbound = entriesOf(report, 'inbound-rtp');
  const audio = inbound.find((entry) => entry.kind === 'audio');
  const video = inbound.find((entry) => entry.kind === 'video');
  return {
    timestamp,
    ...(audio ? { audio: received(audio) } : {}),
    ...(video
      ? {
          video: {
            ...received(video),
            frameRate: number(video, 'framesPerSecond'),
            decodedFrameRate: number(video, 'framesPerSecond'),
            bitrate: bitrateBps(number(video, 'bytesReceived'), timestamp, before),
            width: number(video, 'frameWidth'),
            height: number(video, 'frameHeight'),
            codec: codecOf(report, video),
            freezeCount: number(video, 'freezeCount'),
            pauseCount: number(video, 'pauseCount'),
          },
        }
      : {}),
  };
}

/** The numbers of a publisher at `timestamp`, in ms since 1970. */
export function publisherStats(report: RTCStatsReport, timestamp: number): PublisherStats {
  const outbound = entriesOf(report, 'outbound-rtp');
  const losses = entriesOf(report, 'remote-inbound-rtp');
  const audio = outbound.filter((entry) => entry.kind === 'audio');
  const video = outbound.filter((entry) => entry.kind === 'video');
  const layers = video.map((entry) => ({
    rid: typeof entry.rid === 'string' ? entry.rid : '',
    width: number(entry, 'frameWidth'),
    height: number(entry, 'frameHeight'),
    frameRate: number(entry, 'framesPerSecond'),
    bytesSent: number(entry, 'bytesSent'),
    packetsSent: number(entry, 'packetsSent'),
  }));
  return {
    timestamp,
    ...(audio.length > 0 ? { audio: sent(audio, losses) } : {}),
    ...(video.length > 0
      ? {
          video: {
            ...sent(video, losses),
            frameRate: Math.max(...layers.map((layer) => layer.frameRate)),
            layers,
          },
        }
      : {}),
  };
}

function bitrateBps(bytes: number, timestampMs: number, before?: SubscriberStats): number {
  const elapsedMs = timestampMs - (before?.timestamp ?? timestampMs);
  if (!before?.video || elapsedMs <= 0) return 0;
  return Math.max(0, Math.round(((bytes - before.video.bytesReceived) * 8_000) / elapsedMs));
}

function entriesOf(report: RTCStatsReport, type: string): Entry[] {
  const entries: Entry[] = [];
  report.forEach((entry: Entry) => {
    if (entry.type === type) entries.push(entry);
  });
  return entries;
}

function number(entry: Entry, name: string): number {
  const value = entry[name];
  return typeof value === 'number' ? value : 0;
}

function received(entry: Entry): SubscriberTrackStats {
  return {
    bytesReceived: number(entry, 'bytesReceived'),
    packetsReceived: number(entry, 'packetsReceived'),
    // RFC 3550 lets the loss be negative when packets were duplicated.
    packetsLost: Math.max(0, number(entry, 'packetsLost')),
  };
}

function sent(entries: readonly Entry[], losses: readonly Entry[]): PublisherTrackStats {
  const sum = (name: string): number =>
    entries.reduce((total, entry) => total + number(entry, name), 0);
  const ids = entries.map((entry) => entry.id);
  const lost = losses
    .filter((loss) => ids.includes(loss.localId))
    .reduce((total, loss) => total + Math.max(0, number(loss, 'packetsLost')), 0);
  return { bytesSent: sum('bytesSent'), packetsSent: sum('packetsSent'), packetsLost: lost };
}

function codecOf(report: RTCStatsReport, entry: Entry): string {
  const codec = entriesOf(report, 'codec').find((candidate) => candidate.id === entry.codecId);
  const mimeType = codec?.mimeType;
  return typeof mimeType === 'string' ? mimeType.replace(/^.*\//, '') : '';
}
