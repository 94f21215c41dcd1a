import {
  alsoTell,
  withPromise,
  type CompletionHandler,
  type ResultHandler,
} from '../completion.js';
import { OTError, toOTError } from '../errors.js';
import { cancelableEventOf, eventOf, OTEvent } from '../events/event.js';
import type { LinkMeasurement } from '../media/link.js';
import {
  limitationOf,
  publisherStats,
  readSent,
  type PublisherRtcStatsReport,
  type PublisherStatsEntry,
  type Sent,
} from '../media/publisher-stats.js';
import { mergedReport } from '../media/report.js';
import type { PublisherProperties } from '../options.js';
import type { Platform } from '../platform.js';
import { publishers } from '../registry.js';
import type { Label, Publication } from '../session/publication.js';
import type { Session } from '../session/session.js';
import type { Stream } from '../session/stream.js';
import type { Reason } from '../signalling/messages.js';
import { explainRefusal } from '../signalling/refusal.js';
import type { Target } from '../ui/placement.js';
import { CapturingPublisher } from './capturing.js';
import { QualityWatch } from './quality-watch.js';
import type { FallbackSignal, VideoUse } from './uplink-fallback.js';
import { UplinkWatch } from './uplink-watch.js';

const QUALITY_EVENTS = ['networkConditionChanged', 'videoQualityChanged'];

/** Captures camera, microphone or screen, shows it to the person and, once published, sends it to a session. */
export class Publisher extends CapturingPublisher {
  /** The own stream; undefined while not published. */
  stream: Stream | undefined;
  /** The session it is published in, or is being published in. */
  session: Session | undefined;

  /** Releases the devices, takes the stream out of its session and removes the widget. Later calls do nothing. */
  readonly destroy = withPromise(
    (): this => {
      this.#destroy();
      return this;
    },
    (): Promise<void> => {
      this.#destroy();
      return Promise.resolve();
    },
  );

  #publication: Publication | undefined;
  readonly #watch: QualityWatch;
  readonly #uplink: UplinkWatch;
  #lastRead: Sent | undefined;
  #destroyed = false;

  /** @internal */
  constructor(
    platform: Platform,
    target: Target,
    properties: PublisherProperties,
    handler: CompletionHandler | undefined,
  ) {
    super(platform, target, properties, handler);
    this.#watch = new QualityWatch(
      platform,
      {
        report: () => mergedReport(this.#publication?.outgoing?.senders() ?? []),
        bandwidth: (sent) => this.#bandwidth(sent),
      },
      {
        conditionChanged: (stats) => {
          const reason = 'networkConditionChanged';
          const statsContainer = { stats };
          this.emit(eventOf('networkConditionChanged', this, { reason, statsContainer }));
        },
        videoQualityChanged: (reason, stats) => {
          this.emit(eventOf('videoQualityChanged', this, { reason, statsContainer: { stats } }));
        },
      },
    );
    this.#uplink = new UplinkWatch(
      platform,
      {
        report: () => mergedReport(this.#publication?.outgoing?.senders() ?? []),
        flows: () => this.#publication?.flows() === true,
        pictures: () => {
          if (this.media?.hasVideo !== true) return 'off';
          return this.#publication?.isWanted() === true ? 'wanted' : 'unwanted';
        },
        smallestBps: () => this.media?.smallestBps() ?? 0,
      },
      {
        use: (use, maxBps) => {
          this.#useVideo(use, maxBps);
        },
        signal: (signal) => {
          this.#fallbackSignals(signal);
        },
      },
    );
    publishers.add(this);
  }

  /**
   * What was sent so far: one element, since all media goes through the router.
   *
   * @throws OTError OT_NOT_CONNECTED while the publisher is not published.
   */
  getStats(handler?: ResultHandler<PublisherStatsEntry[]>): Promise<PublisherStatsEntry[]> {
    const stats = this.#report().then((report) => {
      const now = readSent(report, this.platform.nowMs());
      const before = this.#lastRead;
      this.#lastRead = now;
      return [{ stats: publisherStats(now, before, this.#bandwidth(now)) }];
    });
    return alsoTell(stats, handler);
  }

  /**
   * The browser's own report of what is sent, in one element.
   *
   * @throws OTError OT_NOT_CONNECTED while the publisher is not published.
   */
  async getRtcStatsReport(): Promise<PublisherRtcStatsReport[]> {
    return [{ rtcStatsReport: await this.#report() }];
  }

  /** @internal What the session publishes under. */
  label(): Label {
    const { name = '', initials, audioFallback, audioFallbackEnabled } = this.properties;
    return { name, initials, audioFallback: audioFallback?.subscriber ?? audioFallbackEnabled };
  }

  /** @internal The publication in progress or done. */
  get publication(): Publication | undefined {
    return this.#publication;
  }

  /** @internal Whether it can't be used any more. */
  override get isDestroyed(): boolean {
    return this.#destroyed;
  }

  /** @internal The session started to publish it. */
  publishing(session: Session, publication: Publication): void {
    this.session = session;
    this.#publication = publication;
  }

  /** @internal The stream is in the session. */
  streamStarted(stream: Stream): void {
    this.stream = stream;
    this.#refreshWatch();
    this.#uplink.run(this.#mayFallBack());
    this.emit(eventOf('streamCreated', this, { stream }));
  }

  /** @internal The stream, or the attempt to publish it, ended. */
  streamEnded(reason: Reason): void {
    const stream = this.stream;
    this.stream = undefined;
    this.session = undefined;
    this.#publication = undefined;
    this.#lastRead = undefined;
    this.#refreshWatch();
    this.#uplink.run(false);
    this.widget?.showTrouble(undefined);
    if (!stream) return;
    this.emit(cancelableEventOf('streamDestroyed', this, { stream, reason }), {
      defaultAction: () => {
        this.#destroy();
      },
    });
  }

  /** @internal The session is being recorded, or no longer is. */
  archivingChanged(archiving: boolean): void {
    this.widget?.showArchiving(archiving);
  }

  /** @internal */
  protected override handlersChanged(): void {
    super.handlersChanged();
    this.#refreshWatch();
  }

  /** @internal */
  protected override async publishChanges(): Promise<void> {
    await this.#publication?.refresh();
  }

  /** @internal A screen that is no longer shared leaves nothing to publish. */
  protected override sourceEnded(): void {
    if (this.session) this.session.endPublication(this, 'mediaStopped');
    else this.#destroy();
  }

  /** Watches the quality while somebody listens, and only then. */
  #refreshWatch(): void {
    const wanted = QUALITY_EVENTS.some((name) => this.hasHandler(name));
    this.#watch.run(wanted && this.stream !== undefined);
  }

  #bandwidth(sent: Sent): LinkMeasurement['bandwidth'] {
    const { bandwidth } = this.#uplink;
    return bandwidth === 'enough' && limitationOf(sent) === 'bandwidth' ? 'limited' : bandwidth;
  }

  /** Without sound there is nothing to fall back to. */
  #mayFallBack(): boolean {
    const { media } = this;
    const both = media?.carries('audio') === true && media.carries('video');
    return both && this.properties.audioFallback?.publisher === true;
  }

  #useVideo(use: VideoUse, maxBps: number): void {
    this.#publication?.useVideo(use, maxBps).catch((error: unknown) => {
      this.report(toOTError(explainRefusal(error)));
    });
  }

  #fallbackSignals(signal: FallbackSignal): void {
    switch (signal) {
      case 'warning':
        this.widget?.showTrouble({ kind: 'warning' });
        this.emit(new OTEvent('videoDisableWarning', this));
        return;
      case 'lifted':
        this.widget?.showTrouble(undefined);
        this.emit(new OTEvent('videoDisableWarningLifted', this));
        return;
      case 'disabled':
        this.widget?.showTrouble({ kind: 'quality' });
        this.emit(eventOf('videoDisabled', this, { reason: 'quality' }));
        return;
      case 'enabled':
        this.widget?.showTrouble(undefined);
        this.emit(eventOf('videoEnabled', this, { reason: 'quality' }));
    }
  }

  async #report(): Promise<RTCStatsReport> {
    const outgoing = this.#publication?.outgoing;
    if (!outgoing) throw new OTError('OT_NOT_CONNECTED', 'The publisher is not published');
    return mergedReport(outgoing.senders());
  }

  #destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.session?.endPublication(this, 'clientDisconnected');
    this.media?.stop();
    this.dispose();
    publishers.remove(this);
    this.emit(new OTEvent('destroyed', this));
  }
}
