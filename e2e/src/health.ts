/** What a media worker says of itself: counters since the start. */
export interface WorkerHealth {
  readonly receivedDatagrams: number;
  readonly unknownSource: number;
  readonly unknownUfrag: number;
  readonly faults: number;
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

/** One counter of all workers together. */
export function total(health: Health, counter: keyof WorkerHealth): number {
  return health.workers.reduce((sum, worker) => sum + worker[counter], 0);
}
