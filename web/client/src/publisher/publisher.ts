import {
  alsoTell,
  errorOnly,
  settle,
  withPromise,
  type CompletionHandler,
  type ResultHandler,
} from '../completion.js';
import { OTError, toOTError } from '../errors.js';
import { cancelableEventOf, eventOf, OTEvent } from '../events/event.js';
import { reportException } from '../exceptions.js';
import { planCapture } from '../media/capture-plan.js';
import { listDevices, nextCamera } from '../media/devices.js';
import {
  mergedReport,
  publisherStats,
  type PublisherRtcStatsReport,
  type PublisherStatsEntry,
} from '../media/stats.js';
import type { PublisherProperties } from '../options.js';
import type { Platform } from '../platform.js';
import { publishers } from '../registry.js';
import type { Publication } from '../session/publication.js';
import type { Session } from '../session/session.js';
import type { Stream } from '../session/stream.js';
import type { Reason } from '../signalling/messages.js';
import type { Target } from '../ui/placement.js';
import { Shown } from '../ui/shown.js';
import { unblockAudio } from '../ui/video-view.js';
import type { PublisherEvents } from './events.js';
import { LocalMedia } from './local-media.js';

/** Where a publisher's pictures come from; `track` is null while they are off. */
export interface VideoSource {
  readonly deviceId: string | null;
  readonly type: 'camera' | 'screen' | 'custom' | null;
  readonly track: MediaStreamTrack | null;
}

/** Captures camera, microphone or screen, shows it to the person and, once published, sends it to a session. */
export class Publisher extends Shown<PublisherEvents> {
  /** Whether the person allowed the devices; undefined until that is known. */
  accessAllowed: boolean | undefined;
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

  /** Turns the sound on or off. */
  readonly publishAudio = withPromise(
    (on: boolean): this => {
      settle(this.#setAudio(on), undefined, (error) => {
        this.#report(error);
      });
      return this;
    },
    (on: boolean): Promise<void> => this.#setAudio(on),
  );

  /** Turns the pictures on or off; off releases the camera, on opens it again. */
  readonly publishVideo = withPromise(
    (on: boolean, handler?: CompletionHandler): this => {
      settle(this.#setVideo(on), errorOnly(handler), (error) => {
        this.#report(error);
      });
      return this;
    },
    (on: boolean): Promise<void> => this.#setVideo(on),
  );

  readonly #properties: PublisherProperties;
  readonly #prepared: Promise<LocalMedia>;
  #media: LocalMedia | undefined;
  #audioOn: boolean;
  #videoOn: boolean;
  #publication: Publication | undefined;
  #destroyed = false;

  /** @internal */
  constructor(
    platform: Platform,
    target: Target,
    properties: PublisherProperties,
    handler: CompletionHandler | undefined,
  ) {
    super(platform, {
      kind: 'publisher',
      target,
      properties,
      defaultFitMode: properties.videoSource === 'screen' ? 'contain' : 'cover',
      name: properties.name ?? '',
      initials: properties.initials,
      sound: false,
    });
    this.#properties = properties;
    this.#audioOn = properties.publishAudio !== false;
    this.#videoOn = properties.publishVideo !== false;
    publishers.add(this);
    this.#prepared = this.#prepare();
    settle(this.#prepared, errorOnly(handler), (error) => {
      this.#report(error);
    });
  }

  /** The track of the sound; undefined without one. Its `enabled` is false while muted. */
  getAudioSource(): MediaStreamTrack | undefined {
    return this.#media?.audioTrack;
  }

  /** Where the pictures come from. */
  getVideoSource(): VideoSource {
    const media = this.#media;
    return {
      deviceId: media?.cameraId ?? null,
      type: media?.videoType ?? null,
      track: media?.videoTrack ?? null,
    };
  }

  /**
   * Goes over to another microphone, by its id, or to an own track.
   *
   * @throws OTError OT_NOT_SUPPORTED for a publisher made without sound, or the errors of opening a device.
   */
  async setAudioSource(source: string | MediaStreamTrack): Promise<void> {
    const media = await this.#prepared;
    await media.setAudioSource(source);
    await this.#changed();
  }

  /**
   * Goes over to another camera, by its id, or to an own track.
   *
   * @throws OTError OT_NOT_SUPPORTED for a screen or a publisher made without pictures, or the errors of opening a device.
   */
  async setVideoSource(source: string | MediaStreamTrack): Promise<void> {
    const media = await this.#prepared;
    await media.setVideoSource(source);
    await this.#changed();
  }

  /** Goes over to the next camera of this machine and gives its id. */
  async cycleVideo(): Promise<{ deviceId: string }> {
    const current = this.#media?.cameraId;
    const next = nextCamera(await listDevices(this.platform), current);
    if (!next) throw new OTError('OT_NO_DEVICES_FOUND', 'There is no camera to go over to');
    if (next.deviceId !== current) await this.setVideoSource(next.deviceId);
    return { deviceId: next.deviceId };
  }

  /**
   * What was sent so far: one element, since all media goes through the router.
   *
   * @throws OTError OT_NOT_CONNECTED while the publisher is not published.
   */
  getStats(handler?: ResultHandler<PublisherStatsEntry[]>): Promise<PublisherStatsEntry[]> {
    const stats = this.getRtcStatsReport().then((reports) =>
      reports.map(({ rtcStatsReport }) => ({
        stats: publisherStats(rtcStatsReport, this.platform.nowMs()),
      })),
    );
    return alsoTell(stats, handler);
  }

  /**
   * The browser's own report of what is sent, in one element.
   *
   * @throws OTError OT_NOT_CONNECTED while the publisher is not published.
   */
  async getRtcStatsReport(): Promise<PublisherRtcStatsReport[]> {
    const outgoing = this.#publication?.outgoing;
    if (!outgoing) throw new OTError('OT_NOT_CONNECTED', 'The publisher is not published');
    return [{ rtcStatsReport: await mergedReport(outgoing.senders()) }];
  }

  /** @internal What the session publishes under. */
  label(): { name: string; initials: string | undefined } {
    return { name: this.#properties.name ?? '', initials: this.#properties.initials };
  }

  /** @internal The captured media once it is there. */
  prepared(): Promise<LocalMedia> {
    return this.#prepared;
  }

  /** @internal The publication in progress or done. */
  get publication(): Publication | undefined {
    return this.#publication;
  }

  /** @internal Whether it can't be used any more. */
  get isDestroyed(): boolean {
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
    this.emit(eventOf('streamCreated', this, { stream }));
  }

  /** @internal The stream, or the attempt to publish it, ended. */
  streamEnded(reason: Reason): void {
    const stream = this.stream;
    this.stream = undefined;
    this.session = undefined;
    this.#publication = undefined;
    if (!stream) return;
    this.emit(cancelableEventOf('streamDestroyed', this, { stream, reason }), {
      defaultAction: () => {
        this.#destroy();
      },
    });
  }

  /** @internal */
  protected override pictureResized(): void {
    this.#media?.resized({ width: this.videoWidth(), height: this.videoHeight() });
    this.#refreshPublication();
  }

  /** @internal */
  protected override muteClicked(): void {
    this.publishAudio(!this.#audioOn);
  }

  /** @internal */
  protected override audioBlocked(): void {
    // A publisher plays no sound.
  }

  /** @internal */
  protected override audibleTrack(): MediaStreamTrack | undefined {
    return this.#media?.audioTrack;
  }

  /** @internal */
  protected override levelMeasured(audioLevel: number): void {
    this.emit(eventOf('audioLevelUpdated', this, { audioLevel }));
  }

  async #prepare(): Promise<LocalMedia> {
    // The application registers its handlers right after initPublisher returned.
    await Promise.resolve();
    try {
      const media = await LocalMedia.open(
        this.platform,
        {
          plan: planCapture(this.#properties),
          properties: this.#properties,
          audioOn: this.#audioOn,
          videoOn: this.#videoOn,
          trackEnded: (track) => {
            this.#trackEnded(track);
          },
        },
        {
          dialogOpened: () => {
            this.emit(new OTEvent('accessDialogOpened', this));
          },
          dialogClosed: () => {
            this.emit(new OTEvent('accessDialogClosed', this));
          },
        },
      );
      return await this.#opened(media);
    } catch (thrown) {
      throw this.#notOpened(toOTError(thrown));
    }
  }

  async #opened(media: LocalMedia): Promise<LocalMedia> {
    if (this.#destroyed) {
      media.stop();
      throw new OTError('OT_STREAM_DESTROYED', 'The publisher was destroyed before its media came');
    }
    this.#media = media;
    this.accessAllowed = true;
    this.emit(new OTEvent('accessAllowed', this));
    // A page that may capture may play sound as well.
    void unblockAudio();
    void this.view.play(media.stream);
    this.emit(eventOf('videoElementCreated', this, { element: this.view.element }));
    // The person may have pressed buttons while the browser asked.
    media.setAudioOn(this.#audioOn);
    await media.setVideoOn(this.#videoOn);
    this.#show();
    return media;
  }

  #notOpened(error: OTError): OTError {
    if (this.#destroyed) return error;
    if (error.name === 'OT_USER_MEDIA_ACCESS_DENIED') {
      this.accessAllowed = false;
      this.emit(cancelableEventOf('accessDenied', this, { message: error.message }), {
        defaultAction: () => this.widget?.showFailure(error.message),
      });
    } else {
      this.widget?.showFailure(error.message);
    }
    return error;
  }

  async #setAudio(on: boolean): Promise<void> {
    this.#audioOn = on;
    this.#media?.setAudioOn(on);
    this.widget?.showMuted(!on);
    await this.#publication?.refresh();
  }

  async #setVideo(on: boolean): Promise<void> {
    this.#videoOn = on;
    if (!this.#media) return;
    try {
      await this.#media.setVideoOn(on);
    } finally {
      await this.#changed();
    }
  }

  /** After tracks changed: what the person sees, and what is sent. */
  async #changed(): Promise<void> {
    if (this.#destroyed) return;
    this.#show();
    await this.#publication?.refresh();
  }

  #show(): void {
    const media = this.#media;
    if (!media) return;
    this.widget?.showMirrored(this.#properties.mirror ?? media.facesPerson);
    this.widget?.showAudioOnly(!media.hasVideo);
    if (!media.hasVideo) this.widget?.loaded();
    if (!this.#audioOn) this.widget?.showMuted(true);
    this.refreshMeter();
  }

  #refreshPublication(): void {
    const refreshed = this.#publication?.refresh();
    if (refreshed) {
      settle(refreshed, undefined, (error) => {
        this.#report(error);
      });
    }
  }

  /** What fails because the application destroyed the publisher is told to its handler, and is no exception. */
  #report(error: OTError): void {
    if (!this.#destroyed) reportException(error, this);
  }

  #trackEnded(track: MediaStreamTrack): void {
    this.emit(eventOf('mediaStopped', this, { track }));
    const isVideo = track.kind === 'video';
    if (isVideo && this.#media?.videoType !== 'camera') this.#endStream('mediaStopped');
    else if (isVideo) this.publishVideo(false);
    else this.publishAudio(false);
  }

  /** A screen that is no longer shared leaves nothing to publish. */
  #endStream(reason: Reason): void {
    if (this.session) this.session.endPublication(this, reason);
    else this.#destroy();
  }

  #destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.session?.endPublication(this, 'clientDisconnected');
    this.#media?.stop();
    this.dispose();
    publishers.remove(this);
    this.emit(new OTEvent('destroyed', this));
  }
}
