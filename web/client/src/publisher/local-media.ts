import { OTError } from '../errors.js';
import {
  cameraConstraints,
  microphoneConstraints,
  type CapturePlan,
} from '../media/capture-plan.js';
import { capture, type Captured } from '../media/capture.js';
import { cameraEncodings, screenEncodings } from '../media/encodings.js';
import type { CaptureProperties, VideoContentHint } from '../options.js';
import type { OutgoingMedium } from '../peers/outgoing.js';
import type { Platform } from '../platform.js';
import { SerialQueue } from '../serial-queue.js';
import type { Dimensions, VideoType } from '../signalling/messages.js';

/** What a publisher is made of at its start. */
export interface LocalMediaSpec {
  readonly plan: CapturePlan;
  readonly properties: CaptureProperties & {
    readonly videoContentHint?: VideoContentHint | undefined;
  };
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
  readonly frameRate: number;
  readonly #platform: Platform;
  readonly #spec: LocalMediaSpec;
  readonly #queue = new SerialQueue();
  #audio: MediaStreamTrack | undefined;
  /** The track of the pictures; undefined while a camera is released. */
  #video: MediaStreamTrack | undefined;
  #cameraId: string | undefined;
  #audioOn: boolean;
  #videoWanted: boolean;
  #videoOn = true;
  #dimensions: Dimensions = { width: 0, height: 0 };
  #stopped = false;

  private constructor(platform: Platform, spec: LocalMediaSpec, captured: Captured) {
    this.#platform = platform;
    this.#spec = spec;
    this.#audio = captured.audio;
    this.#video = captured.video;
    this.#audioOn = spec.audioOn;
    this.#videoWanted = spec.videoOn;
    this.videoType = videoTypeOf(spec.plan);
    this.stream = platform.newMediaStream(
      [captured.audio, captured.video].filter((track) => track !== undefined),
    );
    this.frameRate = Math.round(
      captured.video?.getSettings().frameRate ?? spec.properties.frameRate ?? 30,
    );
    if (captured.audio) {
      captured.audio.enabled = spec.audioOn;
      this.#watch(captured.audio);
    }
    if (captured.video) this.#adoptVideo(captured.video);
  }

  /** Opens the devices; the person may be asked first. With `videoOn` false the camera is asked for and released again. */
  static async open(
    platform: Platform,
    spec: LocalMediaSpec,
    dialogs: { dialogOpened(): void; dialogClosed(): void },
  ): Promise<LocalMedia> {
    const media = new LocalMedia(platform, spec, await capture(platform, spec.plan, dialogs));
    if (!spec.videoOn) await media.setVideoOn(false);
    return media;
  }

  get audioTrack(): MediaStreamTrack | undefined {
    return this.#audio;
  }

  /** The track of the pictures; undefined while they are off. */
  get videoTrack(): MediaStreamTrack | undefined {
    return this.#videoOn ? this.#video : undefined;
  }

  get hasAudio(): boolean {
    return this.#audio !== undefined && this.#audioOn;
  }

  get hasVideo(): boolean {
    return this.videoType !== undefined && this.#videoOn;
  }

  get cameraId(): string | undefined {
    return this.#cameraId;
  }

  /** Pixels of the picture as captured; 0 by 0 when there never was one. */
  get dimensions(): Dimensions {
    return this.#dimensions;
  }

  /** Whether the picture is of the person in front of it. */
  get facesPerson(): boolean {
    return this.videoType === 'camera' && this.#video?.getSettings().facingMode !== 'environment';
  }

  /** The m-sections this publisher needs, with what they send now. */
  outgoing(): OutgoingMedium[] {
    const media: OutgoingMedium[] = [];
    if (this.#audio) {
      media.push({ kind: 'audio', track: this.#audio, stream: this.stream, encodings: [] });
    }
    if (this.videoType !== undefined) {
      const encodings =
        this.videoType === 'screen'
          ? screenEncodings()
          : cameraEncodings(this.#dimensions, this.frameRate);
      media.push({ kind: 'video', track: this.videoTrack ?? null, stream: this.stream, encodings });
    }
    return media;
  }

  setAudioOn(on: boolean): void {
    this.#audioOn = on;
    if (this.#audio) this.#audio.enabled = on;
  }

  /**
   * Turns the pictures off or on. Off releases a camera; on opens it again. A screen or an own track is only paused, since there is
   * no way back to it. Of several calls in a row the last one counts.
   */
  setVideoOn(on: boolean): Promise<void> {
    this.#videoWanted = on;
    return this.#queue.run(async () => {
      if (this.#videoWanted === this.#videoOn || this.#stopped) return;
      if (this.videoType !== 'camera') {
        if (this.#video) this.#video.enabled = this.#videoWanted;
        this.#videoOn = this.#videoWanted;
      } else if (this.#videoWanted) {
        await this.#openCamera(cameraConstraints(this.#spec.properties, this.#cameraId));
        this.#videoOn = true;
      } else {
        this.#releaseVideo();
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
        this.#releaseVideo();
        this.#adoptVideo(source);
        this.stream.addTrack(source);
        return;
      }
      if (source === '') {
        throw new OTError('OT_CONSTRAINTS_NOT_SATISFIED', 'The device id is an empty string');
      }
      const before = this.#cameraId;
      if (!this.#videoOn) {
        this.#cameraId = source;
        return;
      }
      // Many phones can't have two cameras open: let go of one before opening the other.
      this.#releaseVideo();
      try {
        await this.#openCamera(cameraConstraints(this.#spec.properties, source));
      } catch (error) {
        await this.#openCamera(cameraConstraints(this.#spec.properties, before));
        throw error;
      }
    });
  }

  /** Goes over to another microphone, or an own track. */
  setAudioSource(source: string | MediaStreamTrack): Promise<void> {
    return this.#queue.run(async () => {
      if (!this.#audio) {
        throw new OTError('OT_NOT_SUPPORTED', 'This publisher was made without sound');
      }
      const track = typeof source === 'string' ? await this.#openMicrophone(source) : source;
      if (this.#stopped || !track) return;
      this.#discard(this.#audio);
      this.#audio = track;
      track.enabled = this.#audioOn;
      this.stream.addTrack(track);
      this.#watch(track);
    });
  }

  /** The size of the picture as it is now seen; from the video element, which knows when a screen changes it. */
  resized(dimensions: Dimensions): void {
    if (dimensions.width > 0) this.#dimensions = dimensions;
  }

  /** Releases every device, for good. */
  stop(): void {
    this.#stopped = true;
    if (this.#audio) this.#discard(this.#audio);
    if (this.#video) this.#discard(this.#video);
  }

  async #openCamera(constraints: MediaTrackConstraints): Promise<void> {
    const { video } = await capture(this.#platform, {
      audio: { kind: 'none' },
      video: { kind: 'camera', constraints },
    });
    if (!video) return;
    if (this.#stopped) {
      video.stop();
      return;
    }
    this.#adoptVideo(video);
    this.stream.addTrack(video);
  }

  async #openMicrophone(deviceId: string): Promise<MediaStreamTrack | undefined> {
    if (deviceId === '') {
      throw new OTError('OT_CONSTRAINTS_NOT_SATISFIED', 'The device id is an empty string');
    }
    const constraints = microphoneConstraints(this.#spec.properties, deviceId);
    const { audio } = await capture(this.#platform, {
      audio: { kind: 'microphone', constraints },
      video: { kind: 'none' },
    });
    if (this.#stopped) audio?.stop();
    return audio;
  }

  #adoptVideo(track: MediaStreamTrack): void {
    const settings = track.getSettings();
    this.#video = track;
    this.#cameraId = settings.deviceId ?? this.#cameraId;
    this.resized({ width: settings.width ?? 0, height: settings.height ?? 0 });
    const hint = this.#spec.properties.videoContentHint;
    if (hint !== undefined) track.contentHint = hint;
    else if (this.videoType === 'screen') track.contentHint = 'detail';
    this.#watch(track);
  }

  #releaseVideo(): void {
    if (this.#video) this.#discard(this.#video);
    this.#video = undefined;
  }

  #watch(track: MediaStreamTrack): void {
    track.onended = () => {
      this.#spec.trackEnded(track);
    };
  }

  /** Tracks the application gave are the application's to stop. */
  #discard(track: MediaStreamTrack): void {
    const { audio, video } = this.#spec.plan;
    const given =
      (audio.kind === 'track' && audio.track === track) ||
      (video.kind === 'track' && video.track === track);
    track.onended = null;
    this.stream.removeTrack(track);
    if (!given) track.stop();
  }
}

function videoTypeOf(plan: CapturePlan): VideoType | undefined {
  switch (plan.video.kind) {
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
