import { describe, expect, it } from 'vitest';
import { capture } from '../src/media/capture.js';
import { planCapture } from '../src/media/capture-plan.js';
import { listDevices, nextCamera } from '../src/media/devices.js';
import type { CaptureProperties } from '../src/options.js';
import { FakeTrack } from './fakes/media.js';
import { FakePlatform } from './fakes/platform.js';

const open = (platform: FakePlatform, properties: CaptureProperties = {}) =>
  capture(platform, planCapture(properties));

describe('a capture plan', () => {
  it('asks for the default devices at 640x480 and 30 frames/s', () => {
    expect(planCapture({})).toEqual({
      audio: {
        kind: 'microphone',
        constraints: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      },
      video: {
        kind: 'camera',
        constraints: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 } },
      },
    });
  });

  it('asks for the devices, size and rate that were named', () => {
    const plan = planCapture({
      audioSource: 'mic2',
      videoSource: 'cam2',
      resolution: '1280x720',
      frameRate: 15,
      facingMode: 'environment',
      noiseSuppression: false,
    });
    expect(plan).toMatchObject({
      audio: { constraints: { deviceId: { exact: 'mic2' }, noiseSuppression: false } },
      video: {
        constraints: {
          deviceId: { exact: 'cam2' },
          width: { ideal: 1280 },
          height: { ideal: 720 },
          frameRate: { ideal: 15 },
          facingMode: { ideal: 'environment' },
        },
      },
    });
  });

  it('limits the size, captures two channels, and lets constraints of the application win', () => {
    const properties: CaptureProperties = {
      maxResolution: { width: 1280, height: 720 },
      enableStereo: true,
      constraints: { audio: { echoCancellation: false }, video: { aspectRatio: 1 } },
    };
    expect(planCapture(properties)).toMatchObject({
      audio: { constraints: { channelCount: { ideal: 2 }, echoCancellation: false } },
      video: {
        constraints: { width: { ideal: 640, max: 1280 }, height: { max: 720 }, aspectRatio: 1 },
      },
    });
    expect(planCapture({ ...properties, videoSource: 'screen' }).video).toEqual({
      kind: 'screen',
      constraints: {
        frameRate: { max: 15 },
        width: { max: 1280 },
        height: { max: 720 },
        aspectRatio: 1,
      },
    });
  });

  it.each([null, false] as const)('leaves out what is %j', (source) => {
    expect(planCapture({ audioSource: source }).audio.kind).toBe('none');
    expect(planCapture({ videoSource: source }).video.kind).toBe('none');
    expect(() => planCapture({ audioSource: source, videoSource: source })).toThrow(
      expect.objectContaining({ name: 'OT_NO_VALID_CONSTRAINTS' }),
    );
  });

  it.each(['screen', 'window', 'application'])(
    'has no sound with a %s by itself',
    (videoSource) => {
      expect(planCapture({ videoSource })).toMatchObject({
        audio: { kind: 'none' },
        video: { kind: 'screen' },
      });
      expect(planCapture({ videoSource, audioSource: true }).audio.kind).toBe('microphone');
    },
  );

  it('takes tracks as they are', () => {
    const track = new FakeTrack('video', 'own').asTrack();
    expect(planCapture({ videoSource: track }).video).toEqual({ kind: 'track', track });
  });

  it.each([
    [{ videoSource: '' }, 'OT_CONSTRAINTS_NOT_SATISFIED'],
    [{ audioSource: '' }, 'OT_CONSTRAINTS_NOT_SATISFIED'],
    [{ resolution: '640' }, 'OT_INVALID_PARAMETER'],
    [{ resolution: '0x480' }, 'OT_INVALID_PARAMETER'],
    [{ frameRate: 0 }, 'OT_INVALID_PARAMETER'],
    [{ frameRate: Number.NaN }, 'OT_INVALID_PARAMETER'],
    [{ facingMode: 'up' as 'user' }, 'OT_INVALID_PARAMETER'],
    [{ audioBitrate: 5999 }, 'OT_INVALID_PARAMETER'],
    [{ maxResolution: { width: 0, height: 10 } }, 'OT_INVALID_PARAMETER'],
    [{ videoSource: new FakeTrack('audio', 'own').asTrack() }, 'OT_INVALID_PARAMETER'],
    [{ audioSource: 5 as unknown as string }, 'OT_INVALID_PARAMETER'],
  ])('refuses %j with %s', (properties, name) => {
    expect(() => planCapture(properties)).toThrow(expect.objectContaining({ name }));
  });
});

describe('capturing', () => {
  it('opens camera and microphone in one request', async () => {
    const platform = new FakePlatform();
    const { audio, video } = await open(platform);
    expect([audio?.kind, video?.kind]).toEqual(['audio', 'video']);
    expect(platform.devices.requests).toHaveLength(1);
  });

  it('tells of the dialog only when there will be one', async () => {
    for (const camera of ['prompt', 'granted'] as const) {
      const platform = new FakePlatform();
      platform.permissions.camera = camera;
      const steps: string[] = [];
      await capture(platform, planCapture({}), {
        dialogOpened: () => steps.push('opened'),
        dialogClosed: () => steps.push('closed'),
      });
      expect(steps).toEqual(camera === 'prompt' ? ['opened', 'closed'] : []);
    }
  });

  it.each([
    ['NotAllowedError', 'OT_USER_MEDIA_ACCESS_DENIED', 1500],
    ['NotFoundError', 'OT_NO_DEVICES_FOUND', 1500],
    ['NotReadableError', 'OT_HARDWARE_UNAVAILABLE', 1500],
    ['OverconstrainedError', 'OT_CONSTRAINTS_NOT_SATISFIED', 1500],
    ['SomethingElse', 'OT_UNEXPECTED_ERROR_CODE', 2000],
  ])('turns %s of the browser into %s', async (browserName, name, code) => {
    const platform = new FakePlatform();
    platform.devices.refuse = new DOMException('because', browserName);
    await expect(open(platform)).rejects.toMatchObject({ name, code });
  });

  it('knows the microphone that Chromium can not start', async () => {
    const platform = new FakePlatform();
    platform.devices.refuse = new DOMException('Could not start audio source', 'NotReadableError');
    await expect(open(platform)).rejects.toMatchObject({
      name: 'OT_CHROME_MICROPHONE_ACQUISITION_ERROR',
      code: 1500,
      message: expect.stringMatching(/^Microphone/) as string,
    });
  });

  it.each([
    [{}, 'denied', 'granted', /^Microphone/],
    [{}, 'granted', 'denied', /^Camera/],
    [{ videoSource: null }, 'prompt', 'prompt', /^Microphone/],
    [{ audioSource: null }, 'prompt', 'prompt', /^Camera/],
    [{ videoSource: 'screen' }, 'prompt', 'prompt', /^Screen/],
  ] as const)('names the refused device of %j', async (properties, microphone, camera, start) => {
    const platform = new FakePlatform();
    Object.assign(platform.permissions, { microphone, camera });
    platform.devices.refuse = new DOMException('no', 'NotAllowedError');
    await expect(open(platform, properties)).rejects.toThrow(start);
  });

  it('says that an insecure page has no devices', async () => {
    const platform = new FakePlatform();
    Object.assign(platform, { mediaDevices: undefined });
    await expect(open(platform)).rejects.toMatchObject({ name: 'OT_NOT_SUPPORTED' });
    await expect(listDevices(platform)).rejects.toMatchObject({ name: 'OT_NOT_SUPPORTED' });
    await expect(open(platform, { videoSource: 'screen' })).rejects.toMatchObject({
      name: 'OT_SCREEN_SHARING_NOT_SUPPORTED',
    });
  });
});

describe('the list of devices', () => {
  it('has cameras and microphones under the names of the API', async () => {
    const devices = await listDevices(new FakePlatform());
    expect(devices).toEqual([
      { kind: 'audioInput', deviceId: 'mic1', label: 'mic1 label' },
      { kind: 'videoInput', deviceId: 'cam1', label: 'cam1 label' },
      { kind: 'videoInput', deviceId: 'cam2', label: 'cam2 label' },
    ]);
    expect(nextCamera(devices, 'cam1')?.deviceId).toBe('cam2');
    expect(nextCamera(devices, 'cam2')?.deviceId).toBe('cam1');
    expect(nextCamera(devices, undefined)?.deviceId).toBe('cam1');
    expect(nextCamera([], 'cam1')).toBeUndefined();
  });
});
