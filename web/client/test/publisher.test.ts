import { describe, expect, it } from 'vitest';
import { FakeTrack } from './fakes/media.js';
import { joinSession, newPublisher, publish } from './fakes/joined.js';
import { FakePlatform, settled } from './fakes/platform.js';
import { exceptions } from '../src/exceptions.js';
import { Publisher } from '../src/publisher/publisher.js';

describe('a publisher', () => {
  it('asks at once, tells, and calls back when its media is there', async () => {
    const platform = new FakePlatform();
    platform.permissions.microphone = 'prompt';
    const heard: string[] = [];
    const done = new Promise((resolve) => {
      const publisher = new Publisher(platform, undefined, {}, resolve);
      publisher.on('accessDialogOpened accessDialogClosed accessAllowed videoElementCreated', (e) =>
        heard.push(e.type),
      );
    });
    expect(await done).toBeUndefined();
    await settled();
    expect(heard).toEqual([
      'accessDialogOpened',
      'accessDialogClosed',
      'accessAllowed',
      'videoElementCreated',
    ]);
  });

  it('says that access was denied, in the widget unless that is prevented', async () => {
    for (const prevented of [false, true]) {
      const platform = new FakePlatform();
      platform.devices.refuse = new DOMException('no', 'NotAllowedError');
      const publisher = newPublisher(platform);
      const messages: string[] = [];
      publisher.on('accessDenied', (e) => {
        messages.push(e.message);
        if (prevented) e.preventDefault();
      });
      await settled();
      expect(publisher.accessAllowed).toBe(false);
      expect(messages[0]).toMatch(/^Camera/);
      expect(publisher.element?.querySelector('[role=alert]') === null).toBe(prevented);
    }
  });

  it('fails in its handler with what is wrong', async () => {
    const platform = new FakePlatform();
    const error = await new Promise((resolve) => {
      new Publisher(platform, undefined, { videoSource: '' }, resolve);
    });
    expect(error).toMatchObject({ name: 'OT_CONSTRAINTS_NOT_SATISFIED', code: 1500 });
  });

  it('tells its handler, and raises no exception, when it is destroyed before its media comes', async () => {
    const raised: string[] = [];
    const note = (e: { message: string }) => raised.push(e.message);
    exceptions.on('exception', note);
    const error = await new Promise((resolve) => {
      new Publisher(new FakePlatform(), undefined, {}, resolve).destroy();
    });
    await settled();
    exceptions.off('exception', note);
    expect(error).toMatchObject({ name: 'OT_STREAM_DESTROYED' });
    expect(raised).toEqual([]);
  });

  it('releases the camera when its pictures go off and opens it again', async () => {
    const joined = await joinSession();
    const { publisher, pc } = await publish(joined);
    const { opened } = joined.platform.devices;
    const sender = pc.transceivers[1]?.sender;
    expect(publisher.getVideoSource()).toMatchObject({ deviceId: 'cam1', type: 'camera' });
    await publisher.publishVideo.promise(false);
    expect(opened[1]?.readyState).toBe('ended');
    expect(sender?.track).toBeNull();
    expect(publisher.getVideoSource()).toEqual({ deviceId: 'cam1', type: 'camera', track: null });
    expect(publisher.element?.classList.contains('OT_audio-only')).toBe(true);
    await publisher.publishVideo.promise(true);
    expect(sender?.track).toBe(opened[2]);
    expect(opened[2]?.settings.deviceId).toBe('cam1');
    expect(publisher.element?.classList.contains('OT_audio-only')).toBe(false);
    expect(joined.server.sent('updateStream').map(({ hasVideo }) => hasVideo)).toEqual([
      false,
      true,
    ]);
  });

  it('ends where the last of several quick toggles says', async () => {
    const joined = await joinSession();
    const { publisher } = await publish(joined);
    publisher.publishVideo(false).publishVideo(true).publishVideo(false);
    await publisher.publishVideo.promise(true);
    await settled();
    expect(publisher.getVideoSource().track?.readyState).toBe('live');
    expect(joined.server.sent('updateStream').at(-1)?.hasVideo ?? true).toBe(true);
  });

  it('starts silent and dark when told so, and keeps no camera open', async () => {
    const joined = await joinSession();
    const { publisher } = await publish(joined, { publishAudio: false, publishVideo: false });
    expect(joined.server.sent('publish')[0]).toMatchObject({ hasAudio: false, hasVideo: false });
    expect(joined.platform.devices.opened.map(({ readyState }) => readyState)).toEqual([
      'live',
      'ended',
    ]);
    expect(publisher.getAudioSource()?.enabled).toBe(false);
    expect(publisher.element?.querySelector('.OT_mute')?.classList.contains('OT_active')).toBe(
      true,
    );
  });

  it('heeds what was asked while the browser asked the person', async () => {
    const platform = new FakePlatform();
    let open = (): void => undefined;
    platform.devices.gate = new Promise((resolve) => (open = resolve));
    const publisher = newPublisher(platform);
    await settled();
    publisher.publishAudio(false).publishVideo(false);
    open();
    await settled();
    expect(publisher.getAudioSource()?.enabled).toBe(false);
    expect(publisher.getVideoSource().track).toBeNull();
  });

  it('only pauses a screen or an own track, which can not be opened again', async () => {
    const joined = await joinSession();
    const { publisher, pc } = await publish(joined, { videoSource: 'screen' });
    await publisher.publishVideo.promise(false);
    expect(joined.platform.devices.opened[0]?.readyState).toBe('live');
    expect(pc.transceivers[0]?.sender.track).toBeNull();
    await publisher.publishVideo.promise(true);
    expect(pc.transceivers[0]?.sender.track?.enabled).toBe(true);
    expect(joined.server.sent('publish')[0]).toMatchObject({
      videoType: 'screen',
      hasAudio: false,
    });
  });

  it('leaves tracks of the application to the application', async () => {
    const joined = await joinSession();
    const track = new FakeTrack('video', 'own', { width: 320, height: 240 });
    const { publisher } = await publish(joined, {
      videoSource: track.asTrack(),
      audioSource: null,
    });
    expect(joined.server.sent('publish')[0]).toMatchObject({ videoType: 'custom' });
    publisher.destroy();
    expect(track.readyState).toBe('live');
  });

  it('goes over to another camera and microphone', async () => {
    const joined = await joinSession();
    const { publisher, pc } = await publish(joined);
    expect(await publisher.cycleVideo()).toEqual({ deviceId: 'cam2' });
    expect(publisher.getVideoSource().deviceId).toBe('cam2');
    await publisher.setAudioSource('mic2');
    expect(publisher.getAudioSource()?.getSettings().deviceId).toBe('mic2');
    const { opened } = joined.platform.devices;
    expect(opened.map(({ readyState }) => readyState)).toEqual(['ended', 'ended', 'live', 'live']);
    expect(pc.transceivers.map(({ sender }) => sender.track)).toEqual([opened[3], opened[2]]);
    await publisher.setVideoSource('cam1');
    expect(publisher.getVideoSource().deviceId).toBe('cam1');
  });

  it('keeps its camera when the other one can not be opened', async () => {
    const joined = await joinSession();
    const { publisher } = await publish(joined);
    const { devices } = joined.platform;
    const openAny = devices.getUserMedia.bind(devices);
    devices.getUserMedia = (constraints) =>
      JSON.stringify(constraints).includes('cam2')
        ? Promise.reject(new DOMException('busy', 'NotReadableError'))
        : openAny(constraints);
    await expect(publisher.setVideoSource('cam2')).rejects.toMatchObject({
      name: 'OT_HARDWARE_UNAVAILABLE',
    });
    expect(publisher.getVideoSource().track?.getSettings().deviceId).toBe('cam1');
    await expect(publisher.setVideoSource('')).rejects.toMatchObject({
      name: 'OT_CONSTRAINTS_NOT_SATISFIED',
    });
  });

  it('ends its stream when the person stops sharing the screen', async () => {
    const joined = await joinSession();
    const { publisher } = await publish(joined, { videoSource: 'screen' });
    const heard: string[] = [];
    publisher.on('mediaStopped', (e) => heard.push(`mediaStopped ${e.track.kind}`));
    publisher.on('streamDestroyed', (e) => heard.push(`streamDestroyed ${e.reason}`));
    publisher.on('destroyed', () => heard.push('destroyed'));
    joined.platform.devices.opened[0]?.end();
    await settled();
    expect(heard).toEqual(['mediaStopped video', 'streamDestroyed mediaStopped', 'destroyed']);
  });

  it('goes on without the pictures of a camera that was unplugged', async () => {
    const joined = await joinSession();
    const { publisher } = await publish(joined);
    joined.platform.devices.opened[1]?.end();
    await settled();
    expect(joined.server.sent('updateStream')[0]).toMatchObject({ hasVideo: false });
    expect(publisher.stream).toBeDefined();
  });

  it('tells a new size of its picture', async () => {
    const joined = await joinSession();
    const { publisher } = await publish(joined, { videoSource: 'screen' });
    const video = publisher.element?.querySelector('video');
    Object.defineProperties(video, {
      videoWidth: { value: 800, configurable: true },
      videoHeight: { value: 600, configurable: true },
    });
    video?.dispatchEvent(new Event('resize'));
    await settled();
    expect(joined.server.sent('updateStream')[0]).toMatchObject({
      videoDimensions: { width: 800, height: 600 },
    });
    expect([publisher.videoWidth(), publisher.videoHeight()]).toEqual([800, 600]);
  });

  it('toggles its sound with the mute button', async () => {
    const joined = await joinSession();
    const { publisher } = await publish(joined);
    const button = publisher.element?.querySelector<HTMLButtonElement>('button.OT_mute');
    expect(button?.getAttribute('aria-label')).toBe('Mute microphone');
    button?.click();
    expect(publisher.getAudioSource()?.enabled).toBe(false);
    expect(button?.classList.contains('OT_active')).toBe(true);
    expect(button?.getAttribute('aria-label')).toBe('Unmute microphone');
    await settled();
    button?.click();
    await settled();
    expect(joined.server.sent('updateStream').map(({ hasAudio }) => hasAudio)).toEqual([
      false,
      true,
    ]);
  });

  it('takes an own track in place of the camera, and leaves it to the application', async () => {
    const joined = await joinSession();
    const { publisher, pc } = await publish(joined);
    const track = new FakeTrack('video', 'own', { width: 640, height: 480 });
    await publisher.setVideoSource(track.asTrack());
    expect(publisher.getVideoSource()).toMatchObject({ type: 'custom', track });
    expect(pc.transceivers[1]?.sender.track).toBe(track);
    await publisher.publishVideo.promise(false);
    expect([track.readyState, track.enabled]).toEqual(['live', false]);
    await publisher.publishVideo.promise(true);
    expect(track.enabled).toBe(true);
    await publisher.setVideoSource('cam2');
    expect(publisher.getVideoSource()).toMatchObject({ type: 'camera', deviceId: 'cam2' });
    expect(track.readyState).toBe('live');
  });

  it('goes back to the camera before when another can not be opened', async () => {
    const joined = await joinSession();
    const { publisher } = await publish(joined);
    const opening = joined.platform.devices;
    const getUserMedia = opening.getUserMedia.bind(opening);
    opening.getUserMedia = (constraints) => {
      opening.getUserMedia = getUserMedia;
      return Promise.reject(new DOMException(JSON.stringify(constraints), 'NotReadableError'));
    };
    await expect(publisher.setVideoSource('cam2')).rejects.toMatchObject({
      name: 'OT_HARDWARE_UNAVAILABLE',
    });
    expect(publisher.getVideoSource()).toMatchObject({ deviceId: 'cam1' });
    expect(publisher.getVideoSource().track?.readyState).toBe('live');
  });

  it('asks its camera for another size and rate, at most what it started with', async () => {
    const joined = await joinSession();
    const { publisher, pc } = await publish(joined, { resolution: '1280x720' });
    await publisher.setPreferredResolution({ width: 320, height: 180 });
    await publisher.setPreferredFrameRate(15);
    expect(publisher.getVideoSource().track?.getSettings()).toMatchObject({
      width: 320,
      height: 180,
      frameRate: 15,
    });
    const layers = pc.transceivers[1]?.sender.encodings.filter(({ active }) => active);
    expect(layers?.map(({ rid }) => rid)).toEqual(['q']);
    const invalid = { name: 'OT_INVALID_PARAMETER' };
    await expect(
      publisher.setPreferredResolution({ width: 1920, height: 1080 }),
    ).rejects.toMatchObject(invalid);
    await expect(publisher.setPreferredResolution({ width: 1.5, height: 0 })).rejects.toMatchObject(
      invalid,
    );
    await expect(publisher.setPreferredFrameRate(0)).rejects.toMatchObject(invalid);
    await publisher.publishVideo.promise(false);
    await expect(publisher.setPreferredFrameRate(7)).rejects.toMatchObject({
      name: 'OT_NOT_SUPPORTED',
    });
    await publisher.publishVideo.promise(true);
    expect(publisher.getVideoSource().track?.getSettings().width).toBe(320);
  });

  it('keeps the size of a screen when only its rate is to change', async () => {
    const joined = await joinSession();
    const { publisher } = await publish(joined, { videoSource: 'screen' });
    const settings = (): unknown => publisher.getVideoSource().track?.getSettings();
    await publisher.setPreferredFrameRate(5);
    expect(settings()).toMatchObject({ width: 1920, height: 1080, frameRate: 5 });
    await publisher.setPreferredResolution({ width: 1280, height: 720 });
    expect(settings()).toMatchObject({ width: 1280, height: 720, frameRate: 5 });
    const track = joined.platform.devices.opened[0];
    if (track) track.applyConstraints = () => Promise.reject(new Error('width'));
    await expect(publisher.setPreferredFrameRate(1)).rejects.toMatchObject({
      name: 'OT_CONSTRAINTS_NOT_SATISFIED',
    });
  });

  it('tells the encoder what to preserve', async () => {
    const joined = await joinSession();
    const { publisher } = await publish(joined, { videoContentHint: 'motion' });
    const { opened } = joined.platform.devices;
    expect([publisher.getVideoContentHint(), opened[1]?.contentHint]).toEqual(['motion', 'motion']);
    publisher.setVideoContentHint('text');
    expect([publisher.getVideoContentHint(), opened[1]?.contentHint]).toEqual(['text', 'text']);
    expect(() => {
      publisher.setVideoContentHint('nicely' as 'text');
    }).toThrow(expect.objectContaining({ name: 'OT_INVALID_PARAMETER' }));
    const screen = await publish(joined, { videoSource: 'window' });
    expect(screen.publisher.getVideoContentHint()).toBe('detail');
  });

  it('sends sound with the bitrate it was told', async () => {
    const joined = await joinSession();
    const { pc } = await publish(joined, { audioBitrate: 96_000, videoSource: null });
    expect(pc.transceivers[0]?.sender.encodings).toEqual([{ maxBitrate: 96_000 }]);
  });

  it('tells what it captures and when the picture changes its size', async () => {
    const platform = new FakePlatform();
    const publisher = newPublisher(platform);
    const heard: unknown[] = [];
    publisher.on('mediaStreamAvailable', (e) => heard.push(e.mediaStream.getTracks().length));
    publisher.on('videoDimensionsChanged', (e) => heard.push([e.oldValue, e.newValue]));
    await settled();
    const video = publisher.element?.querySelector('video');
    const resize = (width: number, height: number): void => {
      Object.defineProperty(video, 'videoWidth', { value: width, configurable: true });
      Object.defineProperty(video, 'videoHeight', { value: height, configurable: true });
      video?.dispatchEvent(new Event('resize'));
    };
    resize(640, 480);
    resize(640, 480);
    resize(320, 240);
    await settled();
    expect(heard).toEqual([
      2,
      [
        { width: 640, height: 480 },
        { width: 320, height: 240 },
      ],
    ]);
  });
});
