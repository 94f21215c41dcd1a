import type { Invitation } from './application.js';
import type { ApplicationServer } from './application-server.js';
import { eventually, type Deadline } from './eventually.js';
import type {
  EncoderLimits,
  PageEvent,
  PublishOptions,
  Resolution,
  SignalMessage,
  SubscriptionStats,
  UplinkStats,
} from './page/hooks.js';
import type { Browser, Tab } from './tab.js';

/** A person on the test page: the test's end of `ParticipantHooks`. */
export class Participant {
  readonly #problems: string[] = [];

  private constructor(
    readonly name: string,
    readonly tab: Tab,
  ) {
    tab.onProblem((problem) => this.#problems.push(problem));
  }

  /** Opens the test page in `browser`; joins nothing yet. */
  static async open(
    name: string,
    browser: Browser,
    application: ApplicationServer,
  ): Promise<Participant> {
    const participant = new Participant(name, await browser.tab());
    await participant.tab.goto(application.url);
    await participant.#loaded();
    return participant;
  }

  /** Errors that the page reported: uncaught ones and what was written to the console as an error. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  /** Reloads the page, as F5 does. */
  async reload(): Promise<void> {
    await this.tab.reload();
    await this.#loaded();
  }

  limitEncoders(limits: EncoderLimits): Promise<void> {
    return this.tab.evaluate((given) => {
      window.participant.limitEncoders(given);
    }, limits);
  }

  /** Resolves with the own connection id. */
  connect(invitation: Invitation, subscribe = true): Promise<string> {
    return this.tab.evaluate((options) => window.participant.connect(options), {
      ...invitation,
      subscribe,
    });
  }

  /** Resolves with the stream id. */
  publish(options: Partial<PublishOptions> = {}): Promise<string> {
    return this.tab.evaluate((given) => window.participant.publish(given), {
      name: this.name,
      ...options,
    });
  }

  /** Connects and publishes; resolves with the stream id. */
  async join(invitation: Invitation): Promise<string> {
    await this.connect(invitation);
    return this.publish();
  }

  publishAudio(on: boolean): Promise<void> {
    return this.tab.evaluate((value) => {
      window.participant.publishAudio(value);
    }, on);
  }

  publishVideo(on: boolean): Promise<void> {
    return this.tab.evaluate((value) => {
      window.participant.publishVideo(value);
    }, on);
  }

  unpublish(): Promise<void> {
    return this.tab.evaluate(() => {
      window.participant.unpublish();
    });
  }

  signal(message: SignalMessage): Promise<void> {
    return this.tab.evaluate((given) => window.participant.signal(given), message);
  }

  preferResolution(streamId: string, resolution: Resolution): Promise<void> {
    return this.tab.evaluate(([id, size]) => window.participant.preferResolution(id, size), [
      streamId,
      resolution,
    ] as const);
  }

  comeOnline(): Promise<void> {
    return this.tab.evaluate(() => {
      window.participant.comeOnline();
    });
  }

  watchPictures(): Promise<void> {
    return this.tab.evaluate(() => {
      window.participant.watchPictures();
    });
  }

  standstills(): Promise<Readonly<Record<string, number>>> {
    return this.tab.evaluate(() => window.participant.standstills());
  }

  disconnect(): Promise<void> {
    return this.tab.evaluate(() => window.participant.disconnect());
  }

  subscriptions(): Promise<SubscriptionStats[]> {
    return this.tab.evaluate(() => window.participant.subscriptions());
  }

  uplink(): Promise<UplinkStats> {
    return this.tab.evaluate(() => window.participant.uplink());
  }

  events(): Promise<PageEvent[]> {
    return this.tab.evaluate(() => window.participant.events());
  }

  millisToFrames(streams: number, withinMillis: number): Promise<number> {
    return this.tab.evaluate(
      ([count, within]) => window.participant.millisToFrames(count, within),
      [streams, withinMillis] as const,
    );
  }

  /** The first event of `type` whose detail has all of `detail`, now or later. */
  async hears(
    type: string,
    detail: Readonly<Record<string, unknown>>,
    deadline?: Deadline,
  ): Promise<PageEvent> {
    const matches = (event: PageEvent) =>
      event.type === type &&
      Object.entries(detail).every(([key, value]) => event.detail[key] === value);
    const what = `${this.name} hears ${type} ${JSON.stringify(detail)}`;
    const events = await eventually(
      what,
      () => this.events(),
      (seen) => seen.some(matches),
      deadline,
    );
    const heard = events.find(matches);
    if (!heard) throw new Error(`${what}: it was there and is gone`);
    return heard;
  }

  /** Waits until exactly `streams` subscriptions decode video and receive audio. */
  async receives(streams: number, deadline?: Deadline): Promise<void> {
    await eventually(
      `${this.name} decodes ${streams} streams`,
      () => this.subscriptions(),
      (seen) =>
        seen.length === streams &&
        seen.every((stats) => stats.framesDecoded > 0 && stats.audioPackets > 0),
      deadline,
    );
  }

  async close(): Promise<void> {
    await this.tab.close();
  }

  async #loaded(): Promise<void> {
    // The script is a module: it ran when the page's load event came, unless the library before it failed to load.
    const loaded = await this.tab.evaluate(() => 'OT' in window && 'participant' in window);
    if (!loaded) throw new Error(`the test page did not start: ${this.#problems.join('; ')}`);
  }
}
