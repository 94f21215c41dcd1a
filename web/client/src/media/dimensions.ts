import { OTError } from '../errors.js';
import type { Dimensions } from '../signalling/messages.js';

/** Larger than any screen; also what the server takes. */
export const MAX_PIXELS = 16_384;

/**
 * What came from plain JavaScript as a size in pixels, 1 to 16384 each way.
 *
 * @throws OTError OT_INVALID_PARAMETER when it is none.
 */
export function requireDimensions(value: unknown, name: string): Dimensions {
  const { width, height } = (value ?? {}) as Partial<Record<'width' | 'height', unknown>>;
  if (isPixels(width) && isPixels(height)) return { width, height };
  throw new OTError(
    'OT_INVALID_PARAMETER',
    `${name} must be {width, height} in whole pixels, 1 to ${MAX_PIXELS} each`,
  );
}

function isPixels(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MAX_PIXELS;
}
