import { OTError } from '../errors.js';

/** A filter for the picture. None is built in: see `setVideoMediaProcessorConnector` for one's own. */
export interface VideoFilter {
  readonly type: string;
  readonly [parameter: string]: unknown;
}

/** A filter for the sound. None is built in: see `setAudioMediaProcessorConnector` for one's own. */
export interface AudioFilter {
  readonly type: string;
  readonly [parameter: string]: unknown;
}

/** What an application gives to have a track processed before it is sent or played. */
export interface MediaProcessorConnector {
  /** Takes a track and gives the one to use in its place. Called again whenever the track is exchanged, for example with the camera. */
  setTrack(track: MediaStreamTrack): Promise<MediaStreamTrack>;
  /** Ends the processing: another connector, or none, took its place, or the publisher or subscriber was destroyed. */
  destroy(): Promise<void> | void;
}

/** The refusal of a filter, which this library has none of. */
export function unsupportedFilter(
  medium: 'audio' | 'video',
  { type }: { readonly type: string },
): OTError {
  const connector = `set${medium === 'audio' ? 'Audio' : 'Video'}MediaProcessorConnector`;
  return new OTError(
    'OT_NOT_SUPPORTED',
    `The ${medium} filter "${type}" is not built in; ${connector} takes a processor of your own`,
  );
}

/** Whether this browser lets a page process tracks frame by frame, as connectors do. */
export function canProcess(scope: object = globalThis): boolean {
  return 'MediaStreamTrackProcessor' in scope && 'MediaStreamTrackGenerator' in scope;
}

/**
 * What came from plain JavaScript as a connector; undefined where none is wanted any more.
 *
 * @throws OTError OT_INVALID_PARAMETER when it is no connector.
 */
export function requireConnector(value: unknown): MediaProcessorConnector | undefined {
  if (value === null || value === undefined) return undefined;
  const candidate = value as Partial<MediaProcessorConnector>;
  if (typeof candidate.setTrack === 'function' && typeof candidate.destroy === 'function') {
    return candidate as MediaProcessorConnector;
  }
  throw new OTError(
    'OT_INVALID_PARAMETER',
    'A media processor connector has the functions setTrack and destroy',
  );
}
