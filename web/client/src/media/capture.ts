import { OTError, type ErrorName } from '../errors.js';
import type { Platform } from '../platform.js';
import type { CapturePlan } from './capture-plan.js';

/** The tracks that were captured, as asked for. */
export interface Captured {
  readonly audio: MediaStreamTrack | undefined;
  readonly video: MediaStreamTrack | undefined;
}

/** Told when the browser starts and stops asking the person. */
export interface DialogListener {
  dialogOpened(): void;
  dialogClosed(): void;
}

const SILENT: DialogListener = { dialogOpened: () => undefined, dialogClosed: () => undefined };

/**
 * Opens the devices of a plan; the browser may ask the person first.
 *
 * @throws OTError OT_USER_MEDIA_ACCESS_DENIED, OT_NO_DEVICES_FOUND, OT_HARDWARE_UNAVAILABLE, OT_CHROME_MICROPHONE_ACQUISITION_ERROR,
 *   OT_CONSTRAINTS_NOT_SATISFIED, OT_NOT_SUPPORTED where the browser offers no capture (an insecure origin), and the same for a screen:
 *   OT_SCREEN_SHARING_NOT_SUPPORTED.
 */
export async function capture(
  platform: Platform,
  plan: CapturePlan,
  dialogs: DialogListener = SILENT,
): Promise<Captured> {
  const { audio, video } = plan;
  // The screen first: its dialog needs the person's click to be recent.
  const screen =
    video.kind === 'screen' ? await captureScreen(platform, video.constraints, dialogs) : undefined;
  try {
    const devices = await captureDevices(
      platform,
      {
        ...(audio.kind === 'microphone' ? { audio: audio.constraints } : {}),
        ...(video.kind === 'camera' ? { video: video.constraints } : {}),
      },
      dialogs,
    );
    return {
      audio: audio.kind === 'track' ? audio.track : devices.audio,
      video: video.kind === 'track' ? video.track : (screen ?? devices.video),
    };
  } catch (error) {
    screen?.stop();
    throw error;
  }
}

async function captureScreen(
  platform: Platform,
  constraints: MediaTrackConstraints,
  dialogs: DialogListener,
): Promise<MediaStreamTrack | undefined> {
  const devices = platform.mediaDevices as Partial<MediaDevices> | undefined;
  if (!devices?.getDisplayMedia) {
    throw new OTError(
      'OT_SCREEN_SHARING_NOT_SUPPORTED',
      'This browser, or this insecure origin, offers no screen sharing',
    );
  }
  dialogs.dialogOpened();
  try {
    const stream = await devices.getDisplayMedia({ video: constraints, audio: false });
    return stream.getVideoTracks()[0];
  } catch (cause) {
    throw explain(cause, 'Screen');
  } finally {
    dialogs.dialogClosed();
  }
}

async function captureDevices(
  platform: Platform,
  constraints: MediaStreamConstraints,
  dialogs: DialogListener,
): Promise<Captured> {
  if (!constraints.audio && !constraints.video) return { audio: undefined, video: undefined };
  const devices = platform.mediaDevices;
  if (!devices) {
    throw new OTError(
      'OT_NOT_SUPPORTED',
      'The browser offers no camera or microphone here: the page must be served over HTTPS or from localhost',
    );
  }
  const asks = await willAsk(platform, constraints);
  if (asks) dialogs.dialogOpened();
  try {
    const stream = await devices.getUserMedia(constraints);
    return { audio: stream.getAudioTracks()[0], video: stream.getVideoTracks()[0] };
  } catch (cause) {
    throw explain(cause, await refusedDevice(platform, constraints));
  } finally {
    if (asks) dialogs.dialogClosed();
  }
}

async function willAsk(platform: Platform, constraints: MediaStreamConstraints): Promise<boolean> {
  const states = await Promise.all([
    constraints.audio ? platform.permission('microphone') : 'granted',
    constraints.video ? platform.permission('camera') : 'granted',
  ]);
  return states.includes('prompt');
}

/** The error of getUserMedia doesn't say which device was meant; the permissions do. */
async function refusedDevice(
  platform: Platform,
  constraints: MediaStreamConstraints,
): Promise<'Microphone' | 'Camera'> {
  if (!constraints.video) return 'Microphone';
  if (!constraints.audio || (await platform.permission('camera')) === 'denied') return 'Camera';
  return (await platform.permission('microphone')) === 'denied' ? 'Microphone' : 'Camera';
}

const NAMES: ReadonlyMap<string, readonly [ErrorName, string]> = new Map<
  string,
  readonly [ErrorName, string]
>([
  ['NotAllowedError', ['OT_USER_MEDIA_ACCESS_DENIED', 'permission denied']],
  ['SecurityError', ['OT_USER_MEDIA_ACCESS_DENIED', 'permission denied']],
  ['NotFoundError', ['OT_NO_DEVICES_FOUND', 'not found']],
  ['NotReadableError', ['OT_HARDWARE_UNAVAILABLE', 'in use or not working']],
  ['AbortError', ['OT_HARDWARE_UNAVAILABLE', 'could not be started']],
  ['OverconstrainedError', ['OT_CONSTRAINTS_NOT_SATISFIED', 'no such device or setting']],
  ['TypeError', ['OT_NO_VALID_CONSTRAINTS', 'nothing to capture']],
]);

/** Applications read from the start of the message which device it is about. */
function explain(cause: unknown, device: 'Microphone' | 'Camera' | 'Screen'): OTError {
  // A DOMException is no Error in older browsers, but it always has a name.
  const failure = cause as Partial<Error> | undefined;
  const [name, text] = NAMES.get(failure?.name ?? '') ?? [
    'OT_UNEXPECTED_ERROR_CODE' as const,
    'failed',
  ];
  const detail = failure?.message ? ` (${failure.message})` : '';
  // Chromium says only here that it was the microphone that did not start.
  if (name === 'OT_HARDWARE_UNAVAILABLE' && /audio source/i.test(detail)) {
    return new OTError(
      'OT_CHROME_MICROPHONE_ACQUISITION_ERROR',
      `Microphone: ${text}${detail}; restarting the browser may help`,
      { cause },
    );
  }
  return new OTError(name, `${device}: ${text}${detail}`, { cause });
}
