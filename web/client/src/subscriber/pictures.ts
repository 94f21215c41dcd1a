import type { VideoTrouble } from '../ui/signs.js';

/** How well the network carries the pictures: well, hardly, or not at all. */
export type NetworkQuality = 'good' | 'poor' | 'bad';

/** What decides whether a subscriber has pictures. */
export interface PictureConditions {
  /** The publisher sends them. */
  readonly published: boolean;
  /** This page wants them. */
  readonly wanted: boolean;
  /** This browser can decode them. */
  readonly decodable: boolean;
  readonly network: NetworkQuality;
}

/** Whether there are pictures to see. */
export function hasPictures({ published, wanted, decodable, network }: PictureConditions): boolean {
  return published && wanted && decodable && network !== 'bad';
}

/** What keeps pictures away that are sent and wanted, or soon may. */
export function troubleOf(conditions: PictureConditions): VideoTrouble | undefined {
  if (!conditions.published || !conditions.wanted) return undefined;
  if (!conditions.decodable) return { kind: 'codec' };
  switch (conditions.network) {
    case 'good':
      return undefined;
    case 'poor':
      return { kind: 'warning' };
    case 'bad':
      return { kind: 'quality' };
  }
}

/**
 * The events of a change of the network, before that of the pictures: a warning always comes before they stop, and is lifted unless they do.
 */
export function warningsOf(
  before: PictureConditions,
  after: PictureConditions,
): ('videoDisableWarning' | 'videoDisableWarningLifted')[] {
  if (before.network === after.network) return [];
  const stopped = hasPictures(before) && !hasPictures(after);
  const warned =
    before.network === 'good' || (before.network === 'bad' && after.network === 'poor');
  const over = after.network !== 'poor' && before.network !== 'bad' && !stopped;
  return [
    ...(warned ? (['videoDisableWarning'] as const) : []),
    ...(over ? (['videoDisableWarningLifted'] as const) : []),
  ];
}
