import { OTError } from '../errors.js';
import type { CaptureProperties } from '../options.js';
import type { Dimensions } from '../signalling/messages.js';
import { requireDimensions } from './dimensions.js';

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
/** What Opus can be told, in bits per second (RFC 7587 §6.1). */
const AUDIO_BITRATES_BPS = [6_000, 510_000] as const;
const FACING_MODES: readonly unknown[] = ['user', 'environment', 'left', 'right'];

/**
 * Turns the application's properties into what to ask the browser for.
 *
 * @throws OTError OT_NO_VALID_CONSTRAINTS when neither sound nor pictures are wanted, OT_CONSTRAINTS_NOT_SATISFIED for an empty
 *   device id, OT_INVALID_PARAMETER for any other value that is none of its property.
 */
export function planCapture(
  properties: CaptureProperties & { readonly audioBitrate?: number | undefined },
): CapturePlan {
  requireAudioBitrate(properties.audioBitrate);
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
    ...(properties.enableStereo === true ? { channelCount: { ideal: 2 } } : {}),
    ...properties.constraints?.audio,
  };
}

/** The constraints for one camera or, without an id, the system's. */
export function cameraConstraints(
  properties: CaptureProperties,
  deviceId?: string,
): MediaTrackConstraints {
  const { width, height } = parseResolution(properties.resolution ?? '640x480');
  const max = maxResolution(properties);
  const facingMode = parseFacingMode(properties.facingMode);
  return {
    ...(deviceId === undefined ? {} : { deviceId: { exact: deviceId } }),
    ...(facingMode === undefined ? {} : { facingMode: { ideal: facingMode } }),
    width: { ideal: width, ...(max ? { max: max.width } : {}) },
    height: { ideal: height, ...(max ? { max: max.height } : {}) },
    frameRate: { ideal: parseFrameRate(properties.frameRate ?? 30) },
    ...properties.constraints?.video,
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
  return { kind: 'track', track: requireTrack(source, 'videoSource', 'video') };
}

function planAudio(properties: CaptureProperties, ofScreen: boolean): AudioPlan {
  const source = properties.audioSource ?? (properties.audioSource === null ? null : !ofScreen);
  if (source === null || source === false) return { kind: 'none' };
  if (source === true)
    return { kind: 'microphone', constraints: microphoneConstraints(properties) };
  if (typeof source === 'string') {
    return { kind: 'microphone', constraints: microphoneConstraints(properties, deviceId(source)) };
  }
  return { kind: 'track', track: requireTrack(source, 'audioSource', 'audio') };
}

function screenConstraints(properties: CaptureProperties): MediaTrackConstraints {
  const frameRate = { max: parseFrameRate(properties.frameRate ?? 15) };
  const max =
    maxResolution(properties) ??
    (properties.resolution === undefined ? undefined : parseResolution(properties.resolution));
  return {
    frameRate,
    ...(max ? { width: { max: max.width }, height: { max: max.height } } : {}),
    ...properties.constraints?.video,
  };
}

/** Not by instanceof: a track of another document is of another class. */
function requireTrack(
  source: MediaStreamTrack,
  property: string,
  kind: 'audio' | 'video',
): MediaStreamTrack {
  if ((source as Partial<MediaStreamTrack>).kind === kind) return source;
  throw new OTError(
    'OT_INVALID_PARAMETER',
    `${property} must be a device id, a track of kind ${kind}, a boolean or null`,
  );
}

function deviceId(id: string): string {
  if (id === '') {
    throw new OTError('OT_CONSTRAINTS_NOT_SATISFIED', 'The device id is an empty string');
  }
  return id;
}

function maxResolution({ maxResolution: max }: CaptureProperties): Dimensions | undefined {
  return max && requireDimensions(max, 'maxResolution');
}

function parseFacingMode(mode: CaptureProperties['facingMode']): typeof mode {
  if (mode === undefined || FACING_MODES.includes(mode)) return mode;
  throw new OTError(
    'OT_INVALID_PARAMETER',
    `facingMode must be one of ${FACING_MODES.join(', ')}; it is "${mode}"`,
  );
}

function requireAudioBitrate(bitrateBps: number | undefined): void {
  const [min, max] = AUDIO_BITRATES_BPS;
  if (bitrateBps === undefined || (bitrateBps >= min && bitrateBps <= max)) return;
  throw new OTError(
    'OT_INVALID_PARAMETER',
    `audioBitrate must be ${min} to ${max} bits per second; it is ${bitrateBps}`,
  );
}

function parseResolution(resolution: string): Dimensions {
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
