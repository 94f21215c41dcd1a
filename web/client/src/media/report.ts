/** One entry of a report. Which numbers it has depends on its type and the browser. */
export type ReportEntry = Readonly<Record<string, unknown>>;

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

/** The entries of one type, for example `inbound-rtp`. */
export function entriesOf(report: RTCStatsReport, type: string): ReportEntry[] {
  const entries: ReportEntry[] = [];
  report.forEach((entry: ReportEntry) => {
    if (entry.type === type) entries.push(entry);
  });
  return entries;
}

/** A number of an entry; undefined where this browser does not tell it. */
export function maybeNumber(entry: ReportEntry | undefined, name: string): number | undefined {
  const value = entry?.[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** A number of an entry; 0 where this browser does not tell it. */
export function number(entry: ReportEntry | undefined, name: string): number {
  return maybeNumber(entry, name) ?? 0;
}

/** A text of an entry; '' where this browser does not tell it. */
export function text(entry: ReportEntry, name: string): string {
  const value = entry[name];
  return typeof value === 'string' ? value : '';
}

/** The name of the codec of an RTP entry, for example `VP8`; '' while there is none. */
export function codecOf(report: RTCStatsReport, entry: ReportEntry): string {
  const codec = entriesOf(report, 'codec').find((candidate) => candidate.id === entry.codecId);
  return codec ? text(codec, 'mimeType').replace(/^(audio|video)\//, '') : '';
}

/** The pair of addresses that media takes now. */
export function pairInUse(report: RTCStatsReport): ReportEntry | undefined {
  const pairs = entriesOf(report, 'candidate-pair');
  const selected = entriesOf(report, 'transport').map((entry) => entry.selectedCandidatePairId);
  return (
    pairs.find((pair) => selected.includes(pair.id)) ??
    // Firefox has no entry for the transport.
    pairs.find((pair) => pair.nominated === true && pair.state === 'succeeded')
  );
}

/** What grew from `before` to `now`, per second; 0 without a time between. A counter that started anew grew from 0. */
export function perSecond(now: number, before: number, elapsedMs: number): number {
  if (elapsedMs <= 0) return 0;
  return ((now >= before ? now - before : now) * 1_000) / elapsedMs;
}
