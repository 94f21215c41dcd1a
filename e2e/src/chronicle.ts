import type { Participant } from './participant.js';

const EVERY_MILLIS = 1_000;

/**
 * What several participants saw and sent, second by second: what a person wants to look at when a test of what happens over time fails.
 */
export class Chronicle {
  readonly #lines: string[] = [];
  readonly #startMillis = performance.now();
  readonly #timer: NodeJS.Timeout;
  readonly #counters = new Map<string, number>();
  #reading = false;

  /** @param judgements what the server thinks of networks, one by one */
  constructor(
    private readonly people: readonly Participant[],
    private readonly judgements: readonly (() => Promise<string>)[] = [],
  ) {
    this.#timer = setInterval(() => {
      // A page that is slow to answer leaves a hole rather than a queue.
      if (!this.#reading) void this.#read();
    }, EVERY_MILLIS);
  }

  /** A word of the test's own between the lines. */
  note(text: string): void {
    this.#add(text);
  }

  end(): string {
    clearInterval(this.#timer);
    return this.#lines.join('\n');
  }

  async #read(): Promise<void> {
    this.#reading = true;
    const seen = await Promise.allSettled([
      ...this.people.map((person) => this.#line(person)),
      ...this.judgements.map((judgement) => judgement()),
    ]);
    this.#add(
      seen.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason))).join(' | '),
    );
    this.#reading = false;
  }

  async #line(person: Participant): Promise<string> {
    const [subscriptions, events] = await Promise.all([person.subscriptions(), person.events()]);
    const pictures = subscriptions.map((stats) => {
      const key = `${person.name} ${stats.streamId}`;
      const frames = this.#growth(`${key} frames`, stats.framesDecoded);
      const kilobits = Math.round((this.#growth(`${key} bytes`, stats.videoBytes) * 8) / 1000);
      return `${stats.frameWidth} wide, ${frames} frames, ${kilobits} kbit`;
    });
    // Nobody but a publisher has an uplink to tell of.
    const uplink = await person.uplink().catch(() => undefined);
    const sent = uplink?.layers.map(({ rid, bytesSent }) => {
      const grown = this.#growth(`${person.name} ${rid}`, bytesSent);
      return `${rid} ${Math.round((grown * 8) / 1000)} kbit`;
    });
    const last = events.at(-1)?.type ?? '';
    return [person.name, ...pictures, ...(sent ?? []), last].join(' ');
  }

  /** Since the line before. */
  #growth(counter: string, value: number): number {
    const before = this.#counters.get(counter) ?? value;
    this.#counters.set(counter, value);
    return value - before;
  }

  #add(text: string): void {
    const seconds = (performance.now() - this.#startMillis) / 1000;
    this.#lines.push(`${seconds.toFixed(1).padStart(6)} s  ${text}`);
  }
}
