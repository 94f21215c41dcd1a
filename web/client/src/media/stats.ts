/** What one medium of a subscriber received so far. */
export interface SubscriberTrackStats {
  readonly bytesReceived: number;
  readonly packetsReceived: number;
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
    readonly decodedFrameRate: number;
    readonly width: number;
    readonly height: number;
    readonly codec: string;
    readonly freezeCount: number;
    readonly pauseCount: number;
  };
}

/** What one medium of a publisher sent so far. */
export interface PublisherTrackStats {
  readonly bytesSent: number;
  readonly packetsSent: number;
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
  readonly rid: string;
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
  readonly bytesSent: number;
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

export function subscriberStats(report: RTCStatsReport, timestamp: number): SubscriberStats {
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
