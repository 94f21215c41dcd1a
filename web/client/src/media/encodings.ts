import type { Dimensions, VideoType } from '../signalling/messages.js';

/** Layers of a camera, lowest first. All three are always negotiated, so that an m-section suits whichever camera comes next. */
const RIDS = ['q', 'h', 'f'] as const;

/**
 * Chromium sends as many layers as the picture is worth and leaves out the *last* ones, whatever their scale (measured: with 4/2/1 at
 * 640x480 the full picture is never sent). So the layers in use are counted here, by its limits, and the rest is switched off.
 */
const LAYERS_BY_PIXELS: readonly (readonly [minPixels: number, layers: number])[] = [
  [960 * 540, 3],
  [480 * 270, 2],
  [0, 1],
];

/** What a good VP8 picture of a size needs at 30 frames/s; sizes between are interpolated. */
const BITRATES: readonly (readonly [pixels: number, bitrateBps: number])[] = [
  [0, 60_000],
  [160 * 120, 100_000],
  [320 * 180, 200_000],
  [480 * 270, 400_000],
  [640 * 480, 800_000],
  [960 * 540, 1_200_000],
  [1280 * 720, 2_200_000],
  [1920 * 1080, 4_000_000],
];

/** Text needs more than its size says when the page changes; the congestion control still has the last word. */
const SCREEN_BITRATE_BPS = 2_500_000;

/** The encodings of a camera picture of this size: simulcast, each layer twice the size of the one below. */
export function cameraEncodings(size: Dimensions, frameRate: number): RTCRtpEncodingParameters[] {
  const pixels = size.width * size.height;
  const layers = LAYERS_BY_PIXELS.find(([minPixels]) => pixels >= minPixels)?.[1] ?? 1;
  return RIDS.map((rid, index) => {
    const scale = 2 ** Math.max(0, layers - 1 - index);
    return {
      rid,
      active: index < layers,
      scaleResolutionDownBy: scale,
      maxBitrate: bitrateBps(pixels / scale ** 2, frameRate),
    };
  });
}

/** Whether pictures are sent in layers. */
export interface Scalability {
  /** A camera's or an own track's; default true. */
  readonly scalableVideo?: boolean | undefined;
  /** A screen's; default false. */
  readonly scalableScreenshare?: boolean | undefined;
}

/** The encodings of pictures of this type and size in pixels, at `frameRate` frames/s. */
export function encodingsFor(
  type: VideoType,
  size: Dimensions,
  frameRate: number,
  { scalableVideo = true, scalableScreenshare = false }: Scalability,
): RTCRtpEncodingParameters[] {
  const isScreen = type === 'screen';
  if (isScreen ? scalableScreenshare : scalableVideo) return cameraEncodings(size, frameRate);
  const maxBitrate = isScreen
    ? SCREEN_BITRATE_BPS
    : bitrateBps(size.width * size.height, frameRate);
  return [{ maxBitrate }];
}

/**
 * The encodings with only those layers in use that are wanted by their `rids` (undefined: all). Where a picture of this size has none of
 * them, its best takes their place: it may have become smaller since. An encoding without a `rid` is no layer and stays as it is.
 */
export function wantedOf(
  encodings: readonly RTCRtpEncodingParameters[],
  rids: readonly string[] | undefined,
): RTCRtpEncodingParameters[] {
  if (rids === undefined) return [...encodings];
  const possible = encodings.filter(({ rid, active }) => rid !== undefined && active !== false);
  const wanted = possible.filter(({ rid = '' }) => rids.includes(rid));
  const used = wanted.length === 0 && rids.length > 0 ? possible.slice(-1) : wanted;
  return encodings.map((encoding) =>
    encoding.rid === undefined || used.includes(encoding)
      ? encoding
      : { ...encoding, active: false },
  );
}

/** The encodings with only the smallest picture in use; with `maxBps`, of at most so many bits per second. */
export function smallestOf(
  encodings: readonly RTCRtpEncodingParameters[],
  maxBps?: number,
): RTCRtpEncodingParameters[] {
  const smallest = encodings.find(({ active }) => active !== false);
  return encodings.map((encoding) => {
    if (encoding !== smallest) return { ...encoding, active: false };
    if (maxBps === undefined) return encoding;
    return { ...encoding, maxBitrate: Math.min(encoding.maxBitrate ?? maxBps, maxBps) };
  });
}

/** The encodings with nothing in use. */
export function noneOf(encodings: readonly RTCRtpEncodingParameters[]): RTCRtpEncodingParameters[] {
  return encodings.map((encoding) => ({ ...encoding, active: false }));
}

/** Bits per second that a good VP8 picture of so many pixels needs, at `frameRate` frames/s. */
export function bitrateBps(pixels: number, frameRate: number): number {
  const above = BITRATES.findIndex(([size]) => size >= pixels);
  const [lowPixels, lowBps] = BITRATES[above - 1] ?? BITRATES[0] ?? [0, 0];
  const [highPixels, highBps] = BITRATES[above] ?? [lowPixels, lowBps];
  const share = highPixels > lowPixels ? (pixels - lowPixels) / (highPixels - lowPixels) : 0;
  const at30 = above === -1 ? (BITRATES.at(-1)?.[1] ?? 0) : lowBps + share * (highBps - lowBps);
  // Half the frames need clearly more than half the bits: each has more movement in it.
  return Math.round(at30 * Math.min(1, Math.max(0.4, Math.sqrt(frameRate / 30))));
}
