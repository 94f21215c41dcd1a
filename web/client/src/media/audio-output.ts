import { OTError, toOTError } from '../errors.js';
import { logWarning } from '../logging.js';
import type { Platform } from '../platform.js';

/** Where sound is played. `label` is empty until the person has allowed a microphone. */
export interface AudioOutputDevice {
  /** `default` for the one that the system chooses. */
  readonly deviceId: string;
  readonly label: string;
}

/** HTMLMediaElement.setSinkId is missing in some browsers, whatever lib.dom says. */
type Audible = Pick<Partial<HTMLMediaElement>, 'setSinkId'>;

const playing = new Set<Audible>();
let chosen = '';

/** Plays an element on the chosen output from now on, also when that changes. */
export function playOnOutput(element: HTMLMediaElement): void {
  playing.add(element);
  if (chosen === '') return;
  setOutput(element, chosen).catch((error: unknown) => {
    logWarning('a subscriber does not play on the chosen audio output', error);
  });
}

/** Forgets an element that plays no more. */
export function stopPlayingOnOutput(element: HTMLMediaElement): void {
  playing.delete(element);
}

/**
 * The loudspeakers and headphones of this machine.
 *
 * @throws OTError OT_NOT_SUPPORTED where the browser lists none to the page (an insecure origin).
 */
export async function listAudioOutputs(platform: Platform): Promise<AudioOutputDevice[]> {
  if (!platform.mediaDevices) {
    throw new OTError(
      'OT_NOT_SUPPORTED',
      'The browser lists no devices here: the page must be served over HTTPS or from localhost',
    );
  }
  const devices = await platform.mediaDevices.enumerateDevices();
  return devices
    .filter(({ kind }) => kind === 'audiooutput')
    .map(({ deviceId, label }) => ({ deviceId, label }));
}

/** The output that subscribers play on. */
export async function activeAudioOutput(platform: Platform): Promise<AudioOutputDevice> {
  const deviceId = chosen === '' ? 'default' : chosen;
  const outputs = await listAudioOutputs(platform);
  return outputs.find((output) => output.deviceId === deviceId) ?? { deviceId, label: '' };
}

/**
 * Plays all subscribers of this page, also those to come, on another output.
 *
 * @throws OTError OT_NOT_SUPPORTED where the browser can't, OT_NO_DEVICES_FOUND for an id that names no output, OT_USER_MEDIA_ACCESS_DENIED
 *   when the person has not allowed it. Everything plays as before then.
 */
export async function useAudioOutput(platform: Platform, deviceId: string): Promise<void> {
  const outputs = await listAudioOutputs(platform);
  const wanted = deviceId === 'default' ? '' : deviceId;
  if (wanted !== '' && !outputs.some((output) => output.deviceId === wanted)) {
    throw new OTError('OT_NO_DEVICES_FOUND', `There is no audio output with the id "${deviceId}"`);
  }
  if (!('setSinkId' in HTMLMediaElement.prototype)) {
    throw new OTError('OT_NOT_SUPPORTED', 'This browser plays on the output of the system only');
  }
  const before = chosen;
  try {
    await Promise.all([...playing].map((element) => setOutput(element, wanted)));
    chosen = wanted;
  } catch (error) {
    await Promise.allSettled([...playing].map((element) => setOutput(element, before)));
    const denied = (error as Partial<Error> | undefined)?.name === 'NotAllowedError';
    throw toOTError(error, denied ? 'OT_USER_MEDIA_ACCESS_DENIED' : 'OT_HARDWARE_UNAVAILABLE');
  }
}

async function setOutput(element: Audible, deviceId: string): Promise<void> {
  await element.setSinkId?.(deviceId);
}
