import type { Dimensions, LayerRequest } from '../signalling/messages.js';

/** Which layer a subscriber would like; what is absent leaves the choice to the server, which then sends the best. */
export interface LayerPreference {
  /** The size in which the picture is shown, in pixels, 1 to 16384 each: the smallest layer that covers it is sent. */
  readonly resolution?: Dimensions | undefined;
  /** Frames per second, 1 to 240: temporal layers above it are left out where the codec lets them. */
  readonly frameRate?: number | undefined;
  /** False while the picture can't be seen: it is held back then. */
  readonly visible?: boolean | undefined;
}

/** Which media is wanted now. */
export interface Wanted {
  readonly audio: boolean;
  readonly video: boolean;
}

/** Everything a subscription asks the server for. */
export interface Wish extends Wanted {
  readonly preference: LayerPreference;
}

/** Whether a wish says that the picture can be seen. */
export function isVisible({ preference }: Wish): boolean {
  return preference.visible !== false;
}

/** The fields of `subscribe`. */
export function subscribeFields(wish: Wish): LayerRequest & Wanted & { visible?: boolean } {
  const { resolution, frameRate } = wish.preference;
  return {
    audio: wish.audio,
    video: wish.video,
    ...(isVisible(wish) ? {} : { visible: false }),
    ...(resolution ? { preferredResolution: resolution } : {}),
    ...(frameRate === undefined ? {} : { preferredFrameRate: frameRate }),
  };
}

/** The fields of `updateSubscription` that lead from one wish to the next; none when they are the same. */
export function changedFields(
  before: Wish,
  after: Wish,
): LayerRequest & Partial<Wanted> & { visible?: boolean } {
  const resolution = after.preference.resolution;
  const frameRate = after.preference.frameRate;
  return {
    ...(after.audio === before.audio ? {} : { audio: after.audio }),
    ...(after.video === before.video ? {} : { video: after.video }),
    ...(isVisible(after) === isVisible(before) ? {} : { visible: isVisible(after) }),
    ...(sameSize(resolution, before.preference.resolution)
      ? {}
      : { preferredResolution: resolution ?? ('none' as const) }),
    ...(frameRate === before.preference.frameRate
      ? {}
      : { preferredFrameRate: frameRate ?? ('none' as const) }),
  };
}

function sameSize(a: Dimensions | undefined, b: Dimensions | undefined): boolean {
  return a?.width === b?.width && a?.height === b?.height;
}
