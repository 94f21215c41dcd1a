import { OTError } from '../errors.js';
import type { CaptureProperties } from '../options.js';

/** Where sound comes from. */
export type AudioPlan =
  | { readonly kind: 'none' }
  | { readonly kind: 'microphone'; readonly constraints: MediaTrackConstraints }
  | { readonly kind: 'track'; readonly track: MediaStreamTrack };

/** Where pictures come from. */
export type VideoPlan =
  | { readonly kind: 'none' }
  | { readonly kind: 'camera'; readonly constraints: MediaTrackConstraints }
  | { readonly kind: 'screen'; readonly constraints: MediaTrackConstraints }
  | { readonly kind: 'track'; readonly track: MediaStreamTrack };

export interface CapturePlan {
  readonly audio: AudioPlan;
  readonly video: VideoPlan;
}

const SCREEN_SOURCES: readonly unknown[] = ['screen', 'window', 'application'];
const MAX_FRAME_RATE = 60;

/**
 * Turns the application's properties into what to ask the browser for.
 *
 * @throws OTError OT_NO_VALID_CONSTRAINTS when neither sound nor pictures are wanted, OT_CONSTRAINTS_NOT_SATISFIED for an empty
 *   device id, OT_INVALID_PARAMETER for a resolution or frame rate that is none.
 */
export function planCapture(properties: CaptureProperties): CapturePlan {
  const video = planVideo(properties);
  const audio = planAudio(properties, video.kind === 'screen');
  if (audio.kind === 'none' && video.kind === 'none') {
    throw new OTError(
      'OT_NO_VALID_CONSTRAINTS',
      'Neither audioSource nor videoSource names anything to publish',
    );
  }
  return { audio, video };
}

/** The constraints for one microphone or, without an id, the system's. */
export function microphoneConstraints(
  properties: CaptureProperties,
  deviceId?: string,
): MediaTrackConstraints {
  const process = properties.disableAudioProcessing !== true;
  return {
    ...(deviceId === undefined ? {} : { deviceId: { exact: deviceId } }),
    echoCancellation: process && properties.echoCancellation !== false,
    noiseSuppression: process && properties.noiseSuppression !== false,
    autoGainControl: process && properties.autoGainControl !== false,
  };
}

/** The constraints for one camera or, without an id, the system's. */
export function cameraConstraints(
  properties: CaptureProperties,
  deviceId?: string,
): MediaTrackConstraints {
  const { width, height } = parseResolution(properties.resolution ?? '640x480');
  return {
    ...(deviceId === undefined ? {} : { deviceId: { exact: deviceId } }),
    ...(properties.facingMode === undefined
      ? {}
      : { facingMode: { ideal: properties.facingMode } }),
    width: { ideal: width },
    height: { ideal: height },
    frameRate: { ideal: parseFrameRate(properties.frameRate ?? 30) },
  };
}

function planVideo(properties: CaptureProperties): VideoPlan {
  const source = properties.videoSource;
  if (source === null || source === false) return { kind: 'none' };
  if (SCREEN_SOURCES.includes(source)) {
    return { kind: 'screen', constraints: screenConstraints(properties) };
  }
  if (source === undefined || source === true) {
    return { kind: 'camera', constraints: cameraConstraints(properties) };
  }
  if (typeof source === 'string') {
    return { kind: 'camera', constraints: cameraConstraints(properties, deviceId(source)) };
  }
  return { kind: 'track', track: source };
}

function planAudio(properties: CaptureProperties, ofScreen: boolean): AudioPlan {
  const source = properties.audioSource ?? (properties.audioSource === null ? null : !ofScreen);
  if (source === null || source === false) return { kind: 'none' };
  if (source === true)
    return { kind: 'microphone', constraints: microphoneConstraints(properties) };
  if (typeof source === 'string') {
    return { kind: 'microphone', constraints: microphoneConstraints(properties, deviceId(source)) };
  }
  return { kind: 'track', track: source };
}

function screenConstraints(properties: CaptureProperties): MediaTrackConstraints {
  const frameRate = { max: parseFrameRate(properties.frameRate ?? 15) };
  if (properties.resolution === undefined) return { frameRate };
  const { width, height } = parseResolution(properties.resolution);
  return { frameRate, width: { max: width }, height: { max: height } };
}

function deviceId(id: string): string {
  if (id === '') {
    throw new OTError('OT_CONSTRAINTS_NOT_SATISFIED', 'The device id is an empty string');
  }
  return id;
}

function parseResolution(resolution: string): { width: number; height: number } {
  const [, width, height] = /^([1-9]\d{0,4})x([1-9]\d{0,4})$/.exec(resolution) ?? [];
  if (width === undefined || height === undefined) {
    throw new OTError(
      'OT_INVALID_PARAMETER',
      `resolution must be WIDTHxHEIGHT, for example 1280x720; it is "${resolution}"`,
    );
  }
  return { width: Number(width), height: Number(height) };
}

function parseFrameRate(frameRate: number): number {
  if (!(frameRate > 0 && frameRate <= MAX_FRAME_RATE)) {
    throw new OTError(
      'OT_INVALID_PARAMETER',
      `frameRate must be above 0 and at most ${MAX_FRAME_RATE}; it is ${frameRate}`,
    );
  }
  return frameRate;
}
