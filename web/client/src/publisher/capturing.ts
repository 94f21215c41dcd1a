import { errorOnly, settle, withPromise, type CompletionHandler } from '../completion.js';
import { OTError, toOTError } from '../errors.js';
import { cancelableEventOf, eventOf, OTEvent } from '../events/event.js';
import { reportException } from '../exceptions.js';
import { logWarning } from '../logging.js';
import { planCapture } from '../media/capture-plan.js';
import { listDevices, nextCamera } from '../media/devices.js';
import { requireDimensions } from '../media/dimensions.js';
import {
  requireConnector,
  unsupportedFilter,
  type AudioFilter,
  type MediaProcessorConnector,
  type VideoFilter,
} from '../media/filters.js';
import type { PublisherProperties, PublisherStyle, VideoContentHint } from '../options.js';
import type { Platform } from '../platform.js';
import type { Dimensions, VideoType } from '../signalling/messages.js';
import type { Target } from '../ui/placement.js';
import { Shown } from '../ui/shown.js';
import { unblockAudio } from '../ui/video-view.js';
import type { PublisherEvents } from './events.js';
import { LocalMedia } from './local-media.js';

/** Where a publisher's pictures come from; `track` is null while they are off. */
export interface VideoSource {
  /** The camera's; null for a screen or when it never was a camera. */
  readonly deviceId: string | null;
  /** Null for a publisher without pictures. */
  readonly type: VideoType | null;
  /** Null while the pictures are off. */
  readonly track: MediaStreamTrack | null;
}

const CONTENT_HINTS: readonly unknown[] = ['', 'text', 'detail', 'motion'];

/** The part of a publisher that does not need a session: its devices, what it shows of them, and what the person may change. */
export abstract class CapturingPublisher extends Shown<PublisherEvents, PublisherStyle> {
  /** Whether the person allowed the devices; undefined until that is known. */
  accessAllowed: boolean | undefined;

  /** Turns the sound on or off. */
  readonly publishAudio = withPromise(
    (on: boolean): this => {
      settle(this.#setAudio(on), undefined, (error) => {
        this.report(error);
      });
      return this;
    },
    (on: boolean): Promise<void> => this.#setAudio(on),
  );

  /**
   * Turns the pictures on or off; off releases the camera, on opens it again. A screen or an own track is only paused. The handler, or the
   * promise, gets the errors of opening a camera.
   */
  readonly publishVideo = withPromise(
    (on: boolean, handler?: CompletionHandler): this => {
      settle(this.#setVideo(on), errorOnly(handler), (error) => {
        this.report(error);
      });
      return this;
    },
    (on: boolean): Promise<void> => this.#setVideo(on),
  );

  /** @internal */
  protected readonly properties: PublisherProperties;
  /** @internal Undefined until the devices are open. */
  protected media: LocalMedia | undefined;
  readonly #prepared: Promise<LocalMedia>;
  #audioOn: boolean;
  #videoOn: boolean;

  /** @internal */
  protected constructor(
    platform: Platform,
    target: Target,
    properties: PublisherProperties,
    handler: CompletionHandler | undefined,
  ) {
    super(platform, {
      kind: 'publisher',
      target,
      properties,
      defaultFitMode: isScreen(properties.videoSource) ? 'contain' : 'cover',
      name: properties.name ?? '',
      initials: properties.initials,
      sound: false,
    });
    this.properties = properties;
    this.#audioOn = properties.publishAudio !== false;
    this.#videoOn = properties.publishVideo !== false;
    this.#prepared = this.#prepare();
    settle(this.#prepared, errorOnly(handler), (error) => {
      this.report(error);
    });
  }

  /** The track of the sound; undefined without one. Its `enabled` is false while muted. */
  getAudioSource(): MediaStreamTrack | undefined {
    return this.media?.audioTrack;
  }

  /** Where the pictures come from. */
  getVideoSource(): VideoSource {
    return {
      deviceId: this.media?.cameraId ?? null,
      type: this.media?.sourceType ?? null,
      track: this.media?.videoTrack ?? null,
    };
  }

  /**
   * Goes over to another microphone, by its id, or to an own track.
   *
   * @throws OTError OT_NOT_SUPPORTED for a publisher made without sound, or the errors of opening a device.
   */
  async setAudioSource(source: string | MediaStreamTrack): Promise<void> {
    await this.#change((media) => media.setAudioSource(source));
  }

  /**
   * Goes over to another camera, by its id, or to an own track.
   *
   * @throws OTError OT_NOT_SUPPORTED for a screen or a publisher made without pictures, or the errors of opening a device.
   */
  async setVideoSource(source: string | MediaStreamTrack): Promise<void> {
    await this.#change((media) => media.setVideoSource(source));
  }

  /**
   * Goes over to the next camera of this machine and gives its id.
   *
   * @throws OTError OT_NO_DEVICES_FOUND without cameras, or the errors of {@link setVideoSource}.
   */
  async cycleVideo(): Promise<{ deviceId: string }> {
    const current = this.media?.cameraId;
    const next = nextCamera(await listDevices(this.platform), current);
    if (!next) throw new OTError('OT_NO_DEVICES_FOUND', 'There is no camera to go over to');
    if (next.deviceId !== current) await this.setVideoSource(next.deviceId);
    return { deviceId: next.deviceId };
  }

  /**
   * Asks the camera for pictures of another size in pixels, at most the one it started with.
   *
   * @throws OTError OT_INVALID_PARAMETER, OT_NOT_SUPPORTED while the pictures are off, or OT_CONSTRAINTS_NOT_SATISFIED when the camera can't.
   */
  async setPreferredResolution(size: Dimensions): Promise<void> {
    const checked = requireDimensions(size, 'The preferred resolution');
    await this.#change((media) => media.prefer({ size: checked }));
  }

  /**
   * Asks the camera for another number of frames per second, above 0 to 60.
   *
   * @throws OTError OT_INVALID_PARAMETER, OT_NOT_SUPPORTED while the pictures are off, or OT_CONSTRAINTS_NOT_SATISFIED when the camera can't.
   */
  async setPreferredFrameRate(frameRate: number): Promise<void> {
    await this.#change((media) => media.prefer({ frameRate }));
  }

  /** What the encoder preserves of the pictures. */
  getVideoContentHint(): VideoContentHint {
    return this.media?.contentHint ?? this.properties.videoContentHint ?? '';
  }

  /**
   * Changes what the encoder preserves; before the media is there it has no effect.
   *
   * @throws OTError OT_INVALID_PARAMETER for any other text.
   */
  setVideoContentHint(hint: VideoContentHint): void {
    if (!CONTENT_HINTS.includes(hint)) {
      throw new OTError(
        'OT_INVALID_PARAMETER',
        `A content hint is '', 'text', 'detail' or 'motion'`,
      );
    }
    this.media?.setContentHint(hint);
  }

  /**
   * Has the pictures processed before they are shown and sent; null ends that.
   *
   * @throws OTError OT_INVALID_PARAMETER for no connector, OT_NOT_SUPPORTED for a publisher without pictures, OT_UNEXPECTED_ERROR_CODE with
   *   the connector's own error as `cause`.
   */
  async setVideoMediaProcessorConnector(connector: MediaProcessorConnector | null): Promise<void> {
    const checked = requireConnector(connector);
    await this.#change((media) => media.process('video', checked));
  }

  /** The same as {@link setVideoMediaProcessorConnector}, for the sound. */
  async setAudioMediaProcessorConnector(connector: MediaProcessorConnector | null): Promise<void> {
    const checked = requireConnector(connector);
    await this.#change((media) => media.process('audio', checked));
  }

  /**
   * No filter is built in.
   *
   * @throws OTError OT_NOT_SUPPORTED always.
   */
  applyVideoFilter(filter: VideoFilter): Promise<void> {
    return Promise.reject(unsupportedFilter('video', filter));
  }

  /** Does nothing, as no filter can be applied. */
  clearVideoFilter(): Promise<void> {
    return Promise.resolve();
  }

  /** Always null, as no filter can be applied. */
  getVideoFilter(): VideoFilter | null {
    return null;
  }

  /**
   * No filter is built in.
   *
   * @throws OTError OT_NOT_SUPPORTED always.
   */
  applyAudioFilter(filter: AudioFilter): Promise<void> {
    return Promise.reject(unsupportedFilter('audio', filter));
  }

  /** Does nothing, as no filter can be applied. */
  clearAudioFilter(): Promise<void> {
    return Promise.resolve();
  }

  /** Always null, as no filter can be applied. */
  getAudioFilter(): AudioFilter | null {
    return null;
  }

  /** @internal The captured media once it is there. */
  prepared(): Promise<LocalMedia> {
    return this.#prepared;
  }

  /** @internal Whether it can't be used any more. */
  abstract get isDestroyed(): boolean;

  /** @internal Brings what is sent in line with the media. */
  protected abstract publishChanges(): Promise<void>;

  /** @internal There will be no more pictures, as those of a screen that is no longer shared. */
  protected abstract sourceEnded(): void;

  /** @internal What fails because the application destroyed the publisher is told to its handler, and is no exception. */
  protected report(error: OTError): void {
    if (!this.isDestroyed) reportException(error, this);
  }

  /** @internal */
  protected override pictureResized(): void {
    this.media?.resized({ width: this.videoWidth(), height: this.videoHeight() });
    settle(this.publishChanges(), undefined, (error) => {
      this.report(error);
    });
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
    return this.media?.sentAudioTrack;
  }

  /** @internal */
  protected override levelMeasured(audioLevel: number): void {
    this.emit(eventOf('audioLevelUpdated', this, { audioLevel }));
  }

  async #prepare(): Promise<LocalMedia> {
    // The application registers its handlers right after initPublisher returned.
    await Promise.resolve();
    try {
      const { videoFilter, audioFilter } = this.properties;
      // Who asked for a hidden background must not be seen without it.
      if (videoFilter) throw unsupportedFilter('video', videoFilter);
      if (audioFilter) logWarning(unsupportedFilter('audio', audioFilter).message);
      return await this.#opened(await this.#open());
    } catch (thrown) {
      throw this.#notOpened(toOTError(thrown));
    }
  }

  #open(): Promise<LocalMedia> {
    return LocalMedia.open(
      this.platform,
      {
        plan: planCapture(this.properties),
        properties: this.properties,
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
  }

  async #opened(media: LocalMedia): Promise<LocalMedia> {
    if (this.isDestroyed) {
      media.stop();
      throw new OTError('OT_STREAM_DESTROYED', 'The publisher was destroyed before its media came');
    }
    this.media = media;
    this.accessAllowed = true;
    this.emit(new OTEvent('accessAllowed', this));
    // A page that may capture may play sound as well.
    void unblockAudio();
    void this.view.play(media.stream);
    this.emit(eventOf('mediaStreamAvailable', this, { mediaStream: media.stream }));
    this.emit(eventOf('videoElementCreated', this, { element: this.view.element }));
    // The person may have pressed buttons while the browser asked.
    media.setAudioOn(this.#audioOn);
    await media.setVideoOn(this.#videoOn);
    this.#show();
    return media;
  }

  #notOpened(error: OTError): OTError {
    if (this.isDestroyed) return error;
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
    this.media?.setAudioOn(on);
    this.widget?.showMuted(!on);
    await this.publishChanges();
  }

  async #setVideo(on: boolean): Promise<void> {
    this.#videoOn = on;
    const media = this.media;
    if (!media) return;
    await this.#thenPublish(media.setVideoOn(on));
  }

  async #change(change: (media: LocalMedia) => Promise<void>): Promise<void> {
    const media = await this.#prepared;
    await this.#thenPublish(change(media));
  }

  /** A change that failed may have left other media than before. */
  async #thenPublish(change: Promise<void>): Promise<void> {
    try {
      await change;
    } catch (error) {
      throw toOTError(error);
    } finally {
      if (!this.isDestroyed) {
        this.#show();
        await this.publishChanges();
      }
    }
  }

  #show(): void {
    const media = this.media;
    if (!media) return;
    this.widget?.showMirrored(this.properties.mirror ?? media.facesPerson);
    this.widget?.showAudioOnly(!media.hasVideo);
    if (!media.hasVideo) this.widget?.loaded();
    if (!this.#audioOn) this.widget?.showMuted(true);
    this.refreshMeter();
  }

  #trackEnded(track: MediaStreamTrack): void {
    this.emit(eventOf('mediaStopped', this, { track }));
    if (track.kind === 'audio') this.publishAudio(false);
    else if (this.media?.sourceType === 'camera') this.publishVideo(false);
    else this.sourceEnded();
  }
}

function isScreen(source: PublisherProperties['videoSource']): boolean {
  return source === 'screen' || source === 'window' || source === 'application';
}
