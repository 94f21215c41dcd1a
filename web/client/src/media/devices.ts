import { OTError } from '../errors.js';
import type { Platform } from '../platform.js';

/** A camera or a microphone. `label` is empty until the person has allowed one. */
export interface Device {
  readonly kind: 'audioInput' | 'videoInput';
  readonly deviceId: string;
  readonly label: string;
}

/**
 * The cameras and microphones of this machine.
 *
 * @throws OTError OT_NOT_SUPPORTED where the browser offers none to the page (an insecure origin).
 */
export async function listDevices(platform: Platform): Promise<Device[]> {
  if (!platform.mediaDevices) {
    throw new OTError(
      'OT_NOT_SUPPORTED',
      'The browser lists no devices here: the page must be served over HTTPS or from localhost',
    );
  }
  const devices = await platform.mediaDevices.enumerateDevices();
  return devices.flatMap(({ kind, deviceId, label }): Device[] => {
    switch (kind) {
      case 'audioinput':
        return [{ kind: 'audioInput', deviceId, label }];
      case 'videoinput':
        return [{ kind: 'videoInput', deviceId, label }];
      case 'audiooutput':
        return [];
    }
  });
}

/** The camera after the one with id `current`, from the last on to the first; undefined without cameras. */
export function nextCamera(
  devices: readonly Device[],
  current: string | undefined,
): Device | undefined {
  const cameras = devices.filter((device) => device.kind === 'videoInput');
  const index = cameras.findIndex(({ deviceId }) => deviceId === current);
  return cameras[(index + 1) % cameras.length];
}
