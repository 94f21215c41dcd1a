import { setTimeout as delay } from 'node:timers/promises';

const POLL_MILLIS = 50;

export interface Deadline {
  readonly withinMillis: number;
}

/**
 * Asks `probe` until `holds` is true of its answer, and gives that answer back. When the deadline passes first, fails with `what` and
 * the last answer or error. The probe's errors count as "not yet".
 */
export async function eventually<T>(
  what: string,
  probe: () => T | Promise<T>,
  holds: (value: T) => boolean,
  { withinMillis }: Deadline = { withinMillis: 10_000 },
): Promise<T> {
  const start = performance.now();
  let last = 'it was never asked';
  for (;;) {
    try {
      const value = await probe();
      if (holds(value)) return value;
      last = `last seen: ${describe(value)}`;
    } catch (error) {
      last = `last error: ${String(error)}`;
    }
    if (performance.now() - start >= withinMillis) {
      throw new Error(`not within ${withinMillis} ms: ${what}; ${last}`);
    }
    await delay(POLL_MILLIS);
  }
}

function describe(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? String(value) : text.slice(0, 2_000);
}
