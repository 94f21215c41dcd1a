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
  /** With `auto`: whether the picture is where somebody could see it. */
  #onScreen = true;
  /** Before the application puts the picture anywhere, not to be seen means nothing. */
  #placed = false;
  #stopObserving: Cancel = () => undefined;

  /** `changed` hears when, with `auto`, the picture of `element` takes another size or can no longer be seen, or can again. */
  constructor(platform: Platform, element: Element, changed: () => void) {
    this.#platform = platform;
    this.#element = element;
    this.#changed = changed;
  }

  current(): LayerPreference {
    return {
      resolution: this.#resolution,
      frameRate: this.#frameRate,
      visible: this.#onScreen || !this.#placed,
    };
  }

  /** Whether anything is preferred yet. */
  isWanted(): boolean {
    const { resolution, frameRate, visible } = this.current();
    return resolution !== undefined || frameRate !== undefined || visible === false;
  }

  /** @throws OTError OT_INVALID_PARAMETER for what is neither a size nor `auto`. */
  setResolution(resolution: Dimensions | 'auto'): void {
    const size =
      resolution === 'auto' ? undefined : requireDimensions(resolution, 'The preferred resolution');
    this.#stopObserving();
    this.#stopObserving = () => undefined;
    this.#resolution = size;
    this.#onScreen = true;
    if (size) return;
    const stopSize = this.#platform.observeSize(this.#element, (width, height) => {
      this.#shownAt(width, height);
    });
    const stopVisibility = this.#platform.observeVisibility(this.#element, (visible) => {
      this.#onScreen = visible;
      this.#placed ||= visible || this.#element.isConnected;
      this.#changed();
    });
    this.#stopObserving = () => {
      stopSize();
      stopVisibility();
    };
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
    // Not in the page, or hidden: what it takes when it can be seen is not known, and most likely as before.
    if (width === 0 || height === 0) return;
    this.#placed = true;
    this.#resolution = { width: Math.min(width, MAX_PIXELS), height: Math.min(height, MAX_PIXELS) };
    this.#changed();
  }
}
