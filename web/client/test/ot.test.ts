import { beforeEach, describe, expect, it, vi } from 'vitest';
import OT, { initPublisher } from '../src/index.js';
import { browser } from '../src/platform.js';
import { FakePlatform, settled } from './fakes/platform.js';

const fake = new FakePlatform();

beforeEach(() => {
  vi.spyOn(browser, 'mediaDevices', 'get').mockReturnValue(fake.mediaDevices);
  vi.spyOn(browser, 'newMediaStream').mockImplementation((tracks) => fake.newMediaStream(tracks));
});

describe('OT', () => {
  it('is also the global of the page', () => {
    expect(Reflect.get(window, 'OT')).toBe(OT);
  });

  it('makes publishers in every form of the call', async () => {
    document.body.innerHTML = '<div id="one"></div><div id="two"></div>';
    const two = document.getElementById('two');
    const handled = vi.fn();
    expect(initPublisher('one').element?.id).toBe('one');
    expect(initPublisher(two, { name: 'Ada' }, handled).element).toBe(two);
    expect(initPublisher(undefined, { insertDefaultUI: false }).element).toBeUndefined();
    expect(initPublisher(handled).element?.parentElement).toBe(document.body);
    const old = initPublisher as (...args: unknown[]) => ReturnType<typeof initPublisher>;
    expect(old(undefined, null, { insertDefaultUI: false }, handled).element).toBeUndefined();
    expect((await OT.initPublisher.promise(undefined, { name: 'Bob' })).accessAllowed).toBe(true);
    await settled();
    expect(handled.mock.calls).toEqual([[], [], []]);
  });

  it('keeps lists of what there is', () => {
    OT.publishers.forEach((publisher) => {
      publisher.destroy();
    });
    const publisher = initPublisher();
    expect(OT.publishers.find()).toBe(publisher);
    expect(OT.publishers.find({ id: publisher.id })).toBe(publisher);
    expect(OT.publishers.where((other) => other !== publisher)).toEqual([]);
    publisher.destroy();
    expect(OT.publishers.length()).toBe(0);
    const session = OT.initSession('app', 'session');
    expect(OT.sessions.find({ sessionId: 'session' })).toBe(session);
  });

  it('lists devices by promise and by handler', async () => {
    const handler = vi.fn();
    const devices = await OT.getDevices(handler);
    await settled();
    expect(devices).toHaveLength(3);
    expect(handler).toHaveBeenCalledExactlyOnceWith(undefined, devices);
  });

  it('captures what is asked for', async () => {
    const stream = await OT.getUserMedia({ audioSource: null });
    expect(stream.getTracks().map(({ kind }) => kind)).toEqual(['video']);
    await expect(OT.getUserMedia({ videoSource: '' })).rejects.toMatchObject({
      name: 'OT_CONSTRAINTS_NOT_SATISFIED',
    });
  });

  it('says what the browser can do', async () => {
    expect(OT.checkSystemRequirements()).toBe(0);
    for (const name of ['RTCPeerConnection', 'RTCRtpTransceiver', 'MediaStream']) {
      vi.stubGlobal(name, Object);
    }
    expect(OT.checkSystemRequirements()).toBe(1);
    vi.unstubAllGlobals();
    expect(OT.hasMediaProcessorSupport()).toBe(false);
    expect(await OT.hasMediaProcessorSupport.promise()).toBe(false);
    const handler = vi.fn();
    const capability = await OT.checkScreenSharingCapability(handler);
    expect(capability.supported).toBe(true);
    expect(capability).not.toHaveProperty('extensionRegistered');
    await settled();
    expect(handler).toHaveBeenCalledExactlyOnceWith(capability);
  });

  it('tells of every failure in one place', async () => {
    const heard = vi.fn();
    OT.on('exception', heard);
    const session = OT.initSession('app', 'session');
    session.connect('');
    await settled();
    OT.off('exception', heard);
    session.connect('');
    await settled();
    expect(heard).toHaveBeenCalledOnce();
    expect(heard.mock.calls[0]?.[0]).toMatchObject({
      type: 'exception',
      code: 1004,
      title: 'Authentication error',
      target: session,
    });
  });

  it('says what it can and can not do', async () => {
    expect(OT.hasMediaProcessorSupport('video')).toBe(false);
    expect(await OT.hasMediaProcessorSupport.promise()).toBe(false);
    expect(OT.hasEndToEndEncryptionSupport()).toBe(false);
    expect((await OT.getSupportedCodecs()).videoEncoders).toEqual(['VP8', 'H264']);
    expect(OT.registerScreenSharingExtension).not.toThrow();
    expect('setProxyUrl' in OT).toBe(false);
    expect(Reflect.get(window, 'TB')).toBe(OT);
  });

  it('names the address that tools try whether the server can be reached', () => {
    expect(() => OT.properties.loggingURL).toThrow(
      expect.objectContaining({ name: 'OT_INVALID_PARAMETER' }),
    );
    document.head.innerHTML = '<meta name="sluice-url" content="wss://video.example.com/here/">';
    expect(OT.properties.loggingURL).toBe('https://video.example.com/here/tokbox');
    document.head.replaceChildren();
  });

  it('plays on the output that was chosen', async () => {
    expect(await OT.getAudioOutputDevices()).toHaveLength(1);
    expect((await OT.getActiveAudioOutputDevice()).deviceId).toBe('default');
    await expect(OT.setAudioOutputDevice('elsewhere')).rejects.toMatchObject({
      name: 'OT_NO_DEVICES_FOUND',
    });
  });
});
