import { OTError, toOTError } from '../errors.js';
import type { AudioPlan, CapturePlan, VideoPlan } from '../media/capture-plan.js';
import { cameraConstraints, microphoneConstraints } from '../media/capture-plan.js';
import { capture, type Captured } from '../media/capture.js';
import { encodingsFor } from '../media/encodings.js';
import type { MediaProcessorConnector } from '../media/filters.js';
import { TrackSlot } from '../media/track-slot.js';
import type { PublisherProperties, VideoContentHint } from '../options.js';
import type { OutgoingMedium } from '../peers/outgoing.js';
import type { Platform } from '../platform.js';
import { SerialQueue } from '../serial-queue.js';
import type { Dimensions, VideoType } from '../signalling/messages.js';

/** What a publisher is made of at its start. */
export interface LocalMediaSpec {
  readonly plan: CapturePlan;
  readonly properties: PublisherProperties;
  readonly audioOn: boolean;
  readonly videoOn: boolean;
  /** The browser or the device ended a track; `stop()` calls of this library don't count. */
  readonly trackEnded: (track: MediaStreamTrack) => void;
}

/** The captured tracks of one publisher, and turning them off, on and over to other devices. One change at a time. */
export class LocalMedia {
  /** What the publisher's own video element plays; tracks come and go in it. */
  readonly stream: MediaStream;
  readonly videoType: VideoType | undefined;
  readonly #platform: Platform;
  readonly #plan: CapturePlan;
  readonly #queue = new SerialQueue();
  readonly #audio: TrackSlot;
  /** Empty while a camera is released. */
  readonly #video: TrackSlot;
  /** Follows what was asked for since. */
  #properties: PublisherProperties;
  #cameraId: string | undefined;
  #audioOn: boolean;
  #videoWanted: boolean;
  #videoOn = true;
  #dimensions: Dimensions = { width: 0, height: 0 };
  #initialDimensions: Dimensions | undefined;
  #frameRate: number;
  #stopped = false;

  private constructor(platform: Platform, spec: LocalMediaSpec) {
    this.#platform = platform;
    this.#plan = spec.plan;
    this.#properties = spec.properties;
    this.#audioOn = spec.audioOn;
    this.#videoWanted = spec.videoOn;
    this.#frameRate = spec.properties.frameRate ?? 30;
    this.videoType = videoTypeOf(spec.plan.video);
    this.stream = platform.newMediaStream([]);
    this.#audio = new TrackSlot(this.stream, spec.trackEnded);
    this.#video = new TrackSlot(this.stream, spec.trackEnded);
  }

  /** Opens the devices; the person may be asked first. With `videoOn` false the camera is asked for and released again. */
  static async open(
    platform: Platform,
    spec: LocalMediaSpec,
    dialogs: { dialogOpened(): void; dialogClosed(): void },
  ): Promise<LocalMedia> {
    const media = new LocalMedia(platform, spec);
    await media.#adopt(await capture(platform, spec.plan, dialogs));
    if (!spec.videoOn) await media.setVideoOn(false);
    return media;
  }

  /** The track as captured. */
  get audioTrack(): MediaStreamTrack | undefined {
    return this.#audio.source;
  }

  /** The track of the pictures as captured; undefined while they are off. */
  get videoTrack(): MediaStreamTrack | undefined {
    return this.#videoOn ? this.#video.source : undefined;
  }

  /** The track of the sound as others hear it. */
  get sentAudioTrack(): MediaStreamTrack | undefined {
    return this.#audio.output;
  }

  get hasAudio(): boolean {
    return this.#audio.source !== undefined && this.#audioOn;
  }

  get hasVideo(): boolean {
    return this.videoType !== undefined && this.#videoOn;
  }

  /** What the pictures come from now: an own track may have taken the place of the camera. */
  get sourceType(): VideoType | undefined {
    const isOwn = this.#video.source !== undefined && this.#video.ownership === 'given';
    return isOwn ? 'custom' : this.videoType;
  }

  get cameraId(): string | undefined {
    return this.#cameraId;
  }

  /** Pixels of the picture as captured; 0 by 0 when there never was one. */
  get dimensions(): Dimensions {
    return this.#dimensions;
  }

  /** Frames per second that were captured at the start, or asked for since. */
  get frameRate(): number {
    return Math.round(this.#frameRate);
  }

  /** Whether the picture is of the person in front of it. */
  get facesPerson(): boolean {
    const facingMode =
      this.#video.source?.getSettings().facingMode ?? this.#properties.facingMode ?? 'user';
    return this.sourceType === 'camera' && facingMode !== 'environment';
  }

  get contentHint(): VideoContentHint {
    return this.#properties.videoContentHint ?? (this.videoType === 'screen' ? 'detail' : '');
  }

  /** The m-sections this publisher needs, with what they send now. */
  outgoing(): OutgoingMedium[] {
    const media: OutgoingMedium[] = [];
    const { stream, videoType } = this;
    if (this.carries('audio')) {
      const { audioBitrate } = this.#properties;
      const encodings = audioBitrate === undefined ? [] : [{ maxBitrate: audioBitrate }];
      media.push({ kind: 'audio', track: this.#audio.output ?? null, stream, encodings });
    }
    if (videoType !== undefined) {
      const track = (this.#videoOn ? this.#video.output : undefined) ?? null;
      const encodings = encodingsFor(videoType, this.#dimensions, this.frameRate, this.#properties);
      media.push({ kind: 'video', track, stream, encodings });
    }
    return media;
  }

  /** Whether it has this medium at all, on or off. */
  carries(kind: 'audio' | 'video'): boolean {
    return this.#plan[kind].kind !== 'none';
  }

  /** Bits per second that the smallest picture may take; 0 without pictures. */
  smallestBps(): number {
    const pictures = this.outgoing().find(({ kind }) => kind === 'video');
    const smallest = pictures?.encodings.find(({ active }) => active !== false);
    return smallest?.maxBitrate ?? 0;
  }

  setAudioOn(on: boolean): void {
    this.#audioOn = on;
    this.#audio.setEnabled(on);
  }

  /**
   * Turns the pictures off or on. Off releases a camera; on opens it again. A screen or an own track is only paused, since there is
   * no way back to it. Of several calls in a row the last one counts.
   */
  setVideoOn(on: boolean): Promise<void> {
    this.#videoWanted = on;
    return this.#queue.run(async () => {
      if (this.#videoWanted === this.#videoOn || this.#stopped) return;
      const source = this.#video.source;
      if (source && this.sourceType !== 'camera') {
        this.#video.setEnabled(this.#videoWanted);
        this.#videoOn = this.#videoWanted;
      } else if (this.#videoWanted) {
        await this.#openCamera(this.#cameraId);
        this.#videoOn = true;
      } else {
        this.#video.release();
        this.#videoOn = false;
      }
    });
  }

  /** Goes over to another camera or an own track. When the camera can't be opened, the one before is opened again. */
  setVideoSource(source: string | MediaStreamTrack): Promise<void> {
    return this.#queue.run(async () => {
      if (this.videoType === undefined || this.videoType === 'screen') {
        throw new OTError('OT_NOT_SUPPORTED', 'This publisher has no camera to exchange');
      }
      if (typeof source !== 'string') {
        this.#video.setEnabled(this.#videoOn);
        await this.#adoptVideo(source, 'given');
        return;
      }
      requireDeviceId(source);
      const before = this.#cameraId;
      this.#video.setEnabled(true);
      // Many phones can't have two cameras open: let go of one before opening the other.
      this.#video.release();
      this.#cameraId = source;
      if (!this.#videoOn) return;
      try {
        await this.#openCamera(source);
      } catch (error) {
        await this.#openCamera(before);
        throw error;
      }
    });
  }

  /** Goes over to another microphone, or an own track. */
  setAudioSource(source: string | MediaStreamTrack): Promise<void> {
    return this.#queue.run(async () => {
      if (!this.carries('audio')) {
        throw new OTError('OT_NOT_SUPPORTED', 'This publisher was made without sound');
      }
      const given = typeof source !== 'string';
      const track = given ? source : await this.#openMicrophone(source);
      if (track && !this.#stopped) await this.#audio.adopt(track, given ? 'given' : 'opened');
    });
  }

  /** Has pictures or sound processed before they are shown and sent; undefined ends that. */
  process(kind: 'audio' | 'video', connector: MediaProcessorConnector | undefined): Promise<void> {
    return this.#queue.run(async () => {
      if (!this.carries(kind)) {
        throw new OTError('OT_NOT_SUPPORTED', `This publisher was made without ${kind} to process`);
      }
      await (kind === 'audio' ? this.#audio : this.#video).process(connector);
    });
  }

  setContentHint(hint: VideoContentHint): void {
    this.#properties = { ...this.#properties, videoContentHint: hint };
    this.#hint();
  }

  /**
   * Asks the source of the pictures for another size, no larger than it was at the start, or another frame rate.
   *
   * @throws OTError OT_INVALID_PARAMETER, OT_NOT_SUPPORTED while the pictures are off, or OT_CONSTRAINTS_NOT_SATISFIED when the source can't.
   */
  prefer(wanted: { readonly size?: Dimensions; readonly frameRate?: number }): Promise<void> {
    return this.#queue.run(async () => {
      const track = this.videoTrack;
      if (!track) throw new OTError('OT_NOT_SUPPORTED', 'The publisher has no pictures now');
      const { size, frameRate } = wanted;
      if (size) this.#requireAtMostInitial(size);
      const before = this.#properties;
      // What was never asked for stays as it is: a screen has no default of a camera.
      const { width, height } = size ?? this.#dimensions;
      const properties = {
        ...before,
        resolution: size ? `${width}x${height}` : (before.resolution ?? `${width}x${height}`),
        frameRate: frameRate ?? before.frameRate ?? Math.max(1, this.frameRate),
      };
      await track.applyConstraints(cameraConstraints(properties)).catch((error: unknown) => {
        throw toOTError(error, 'OT_CONSTRAINTS_NOT_SATISFIED');
      });
      this.#properties = properties;
      this.#frameRate = frameRate ?? this.#frameRate;
      this.#measure(track);
    });
  }

  /** The size of the picture as it is now seen; from the video element, which knows when a screen changes it. */
  resized(dimensions: Dimensions): void {
    if (dimensions.width > 0) this.#dimensions = dimensions;
  }

  /** Releases every device, for good. */
  stop(): void {
    this.#stopped = true;
    this.#audio.dispose();
    this.#video.dispose();
  }

  async #adopt({ audio, video }: Captured): Promise<void> {
    this.#frameRate = video?.getSettings().frameRate ?? this.#frameRate;
    this.#audio.setEnabled(this.#audioOn);
    if (audio) await this.#audio.adopt(audio, ownershipIn(this.#plan.audio));
    if (video) await this.#adoptVideo(video, ownershipIn(this.#plan.video));
    this.#initialDimensions = this.#dimensions;
  }

  async #openCamera(deviceId: string | undefined): Promise<void> {
    const { video } = await capture(this.#platform, {
      audio: { kind: 'none' },
      video: { kind: 'camera', constraints: cameraConstraints(this.#properties, deviceId) },
    });
    if (!video) return;
    if (this.#stopped) video.stop();
    else await this.#adoptVideo(video, 'opened');
  }

  async #openMicrophone(deviceId: string): Promise<MediaStreamTrack | undefined> {
    requireDeviceId(deviceId);
    const { audio } = await capture(this.#platform, {
      audio: { kind: 'microphone', constraints: microphoneConstraints(this.#properties, deviceId) },
      video: { kind: 'none' },
    });
    if (this.#stopped) audio?.stop();
    return audio;
  }

  async #adoptVideo(track: MediaStreamTrack, ownership: 'opened' | 'given'): Promise<void> {
    await this.#video.adopt(track, ownership);
    this.#cameraId = track.getSettings().deviceId ?? this.#cameraId;
    this.#measure(track);
    this.#hint();
  }

  #measure(track: MediaStreamTrack): void {
    const { width, height } = track.getSettings();
    this.resized({ width: width ?? 0, height: height ?? 0 });
  }

  /** An own track keeps the hint the application gave it, unless that is a property too. */
  #hint(): void {
    const explicit = this.#properties.videoContentHint !== undefined;
    const output = this.#video.output;
    if (output && (explicit || this.videoType === 'screen')) output.contentHint = this.contentHint;
  }

  #requireAtMostInitial({ width, height }: Dimensions): void {
    const largest = this.#initialDimensions ?? this.#dimensions;
    if (width > largest.width || height > largest.height) {
      throw new OTError(
        'OT_INVALID_PARAMETER',
        `The picture was ${largest.width}x${largest.height} at the start; ${width}x${height} is more`,
      );
    }
  }
}

function requireDeviceId(id: string): void {
  if (id === '') {
    throw new OTError('OT_CONSTRAINTS_NOT_SATISFIED', 'The device id is an empty string');
  }
}

function ownershipIn(plan: AudioPlan | VideoPlan): 'opened' | 'given' {
  return plan.kind === 'track' ? 'given' : 'opened';
}

function videoTypeOf(plan: VideoPlan): VideoType | undefined {
  switch (plan.kind) {
    case 'none':
      return undefined;
    case 'camera':
      return 'camera';
    case 'screen':
      return 'screen';
    case 'track':
      return 'custom';
  }
}
