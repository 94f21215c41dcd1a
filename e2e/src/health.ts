/** What a media worker says of itself: counters since the start. */
export interface WorkerHealth {
  /** Mishaps of the server's own, caught at the boundary of one datagram or task. */
  readonly faults: number;
  readonly dropped: Readonly<Record<string, number>>;
}

export interface Health {
  readonly status: string;
  readonly workers: readonly WorkerHealth[];
}

/** What `GET /health` answers; fails when that is not 200. */
export async function healthOf(url: string): Promise<Health> {
  const response = await fetch(`${url}/health`);
  if (response.status !== 200) throw new Error(`/health answered ${response.status}`);
  return (await response.json()) as Health;
}

/** Faults of all workers together. */
export function faults(health: Health): number {
  return health.workers.reduce((sum, worker) => sum + worker.faults, 0);
}

/** Datagrams of all workers together that were dropped because nobody could be found to whom they belong. */
export function ofStrangers(health: Health): number {
  return health.workers.reduce(
    (sum, { dropped }) =>
      sum + counter(dropped, 'unknownSource') + counter(dropped, 'unknownUfrag'),
    0,
  );
}

function counter(counters: Readonly<Record<string, number>>, name: string): number {
  const value = counters[name];
  if (value === undefined) throw new Error(`/health has no counter ${name}`);
  return value;
}
