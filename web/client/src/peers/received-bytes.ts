/**
 * What came in on each network path of a PeerConnection, RTCP included. On a publishing one that is the server's feedback, so that it
 * grows only when media arrives there; what was sent would grow on a dead network too.
 */
export type ReceivedBytes = ReadonlyMap<string, number>;

/** Reads a report of `RTCPeerConnection.getStats`. Candidate pairs are what every browser counts by. */
export function receivedBytes(report: RTCStatsReport): ReceivedBytes {
  const received = new Map<string, number>();
  report.forEach((entry: { id: string; type: string; bytesReceived?: number }) => {
    if (entry.type === 'candidate-pair') received.set(entry.id, entry.bytesReceived ?? 0);
  });
  return received;
}

/** Whether anything came in between two reports; a restart adds candidate pairs and takes others away. */
export function hasGrown(before: ReceivedBytes, after: ReceivedBytes): boolean {
  return [...after].some(([id, bytes]) => bytes > (before.get(id) ?? 0));
}
