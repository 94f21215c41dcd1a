import { OTError } from '../errors.js';
import { MAX_PIXELS, requireDimensions } from '../media/dimensions.js';
import type { Cancel, Platform } from '../platform.js';
import type { LayerPreference } from '../session/wish.js';
import type { Dimensions } from '../signalling/messages.js';

const MAX_FRAME_RATE = 240;

/** Which layer one subscriber would like, by what the application said and, with `auto`, by the size of the picture on the screen. */
export class PreferredLayer {
  readonly #platform: Platform;
  readonly #element: Element;
  readonly #changed: () => void;
  #resolution: Dimensions | undefined;
  #frameRate: number | undefined;
  #stopObserving: Cancel = () => undefined;

  /** `changed` hears when the picture of `element` takes another size with `auto`. */
  constructor(platform: Platform, element: Element, changed: () => void) {
    this.#platform = platform;
    this.#element = element;
    this.#changed = changed;
  }

  current(): LayerPreference {
    return { resolution: this.#resolution, frameRate: this.#frameRate };
  }

  /** Whether anything is preferred yet. */
  isWanted(): boolean {
    return this.#resolution !== undefined || this.#frameRate !== undefined;
  }

  /** @throws OTError OT_INVALID_PARAMETER for what is neither a size nor `auto`. */
  setResolution(resolution: Dimensions | 'auto'): void {
    const size =
      resolution === 'auto' ? undefined : requireDimensions(resolution, 'The preferred resolution');
    this.#stopObserving();
    this.#stopObserving = () => undefined;
    this.#resolution = size;
    if (size) return;
    this.#stopObserving = this.#platform.observeSize(this.#element, (width, height) => {
      this.#shownAt(width, height);
    });
  }

  /** @throws OTError OT_INVALID_PARAMETER for what is no frame rate. */
  setFrameRate(frameRate: number): void {
    if (!(frameRate >= 1 && frameRate <= MAX_FRAME_RATE)) {
      throw new OTError(
        'OT_INVALID_PARAMETER',
        `The preferred frame rate is 1 to ${MAX_FRAME_RATE}; it is ${frameRate}`,
      );
    }
    this.#frameRate = Math.ceil(frameRate);
  }

  end(): void {
    this.#stopObserving();
  }

  #shownAt(width: number, height: number): void {
    // Not in the page yet, and nothing known. Later it means hidden, and the smallest layer will do.
    const hidden = width === 0 || height === 0;
    if (hidden && !this.#resolution) return;
    this.#resolution = hidden
      ? { width: 1, height: 1 }
      : { width: Math.min(width, MAX_PIXELS), height: Math.min(height, MAX_PIXELS) };
    this.#changed();
  }
}
