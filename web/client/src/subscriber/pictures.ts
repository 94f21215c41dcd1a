import type { VideoQuality } from '../signalling/messages.js';
import type { VideoTrouble } from '../ui/signs.js';

/** What decides whether a subscriber has pictures. */
export interface PictureConditions {
  /** The publisher sends them; or does not, by choice or because of its own network. */
  readonly published: 'sent' | 'muted' | 'heldBack';
  /** This page wants them. */
  readonly wanted: boolean;
  /** This browser can decode them. */
  readonly decodable: boolean;
  /** How well the network of this client carries them. */
  readonly network: VideoQuality;
}

/** Whether there are pictures to see. */
export function hasPictures({ published, wanted, decodable, network }: PictureConditions): boolean {
  return published === 'sent' && wanted && decodable && network !== 'off';
}

/** What keeps pictures away that are sent and wanted, or soon may. */
export function troubleOf(conditions: PictureConditions): VideoTrouble | undefined {
  if (conditions.published === 'muted' || !conditions.wanted) return undefined;
  if (!conditions.decodable) return { kind: 'codec' };
  if (conditions.published === 'heldBack') return { kind: 'uplink' };
  switch (conditions.network) {
    case 'good':
      return undefined;
    case 'warning':
      return { kind: 'warning' };
    case 'off':
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
    before.network === 'good' || (before.network === 'off' && after.network === 'warning');
  const over = after.network !== 'warning' && before.network !== 'off' && !stopped;
  return [
    ...(warned ? (['videoDisableWarning'] as const) : []),
    ...(over ? (['videoDisableWarningLifted'] as const) : []),
  ];
}
