import { describe, expect, it } from 'vitest';
import { exceptions } from '../src/exceptions.js';
import type { MediaProcessorConnector } from '../src/media/filters.js';
import { FakeConnector } from './fakes/connector.js';
import { settled } from './fakes/platform.js';
import { play, subscribe, type Subscribed } from './fakes/subscribed.js';

const asked = ({ server }: Subscribed): unknown[] =>
  server.sent('updateSubscription').map(({ preferredResolution }) => preferredResolution);

describe('a subscriber', () => {
  it('subscribes with the layer that its properties prefer', async () => {
    const preferredResolution = { width: 320, height: 240 };
    const { server } = await subscribe({ preferredResolution, preferredFrameRate: 7.5 });
    expect(server.sent('subscribe')[0]).toMatchObject({
      preferredResolution,
      preferredFrameRate: 8,
    });
  });

  it('asks with auto for what it shows at first, before any media comes', async () => {
    const { server } = await subscribe({ preferredResolution: 'auto' }, [264, 198]);
    expect(server.sent('subscribe')[0]?.preferredResolution).toEqual({ width: 264, height: 198 });
  });

  it.each([
    [{ preferredResolution: { width: 0, height: 240 } }],
    [{ preferredResolution: 'small' as 'auto' }],
    [{ preferredFrameRate: 0 }],
    [{ audioVolume: 101 }],
    [{ audioVolume: Number.NaN }],
  ])('fails in its handler with %j', async (properties) => {
    const { done, server } = await subscribe(properties);
    await expect(done).rejects.toMatchObject({ name: 'OT_INVALID_PARAMETER' });
    expect(server.sent('subscribe')).toEqual([]);
  });

  it('follows with auto the size of its picture on the screen', async () => {
    const subscribed = await subscribe({ preferredResolution: 'auto' });
    const { platform, subscriber } = subscribed;
    const video = subscriber.element?.querySelector('video');
    if (!video) throw new Error('there is no video element');
    const shows = async (width: number, height: number): Promise<void> => {
      platform.shows(video, width, height);
      platform.advance(300);
      await settled();
    };
    await play(subscribed);
    await shows(0, 0);
    expect(asked(subscribed), 'not in the page yet').toEqual([]);
    await shows(640, 360);
    await shows(20_000, 360);
    await shows(0, 0);
    expect(asked(subscribed)).toEqual([
      { width: 640, height: 360 },
      { width: 16_384, height: 360 },
    ]);
    const fixed = subscriber.setPreferredResolution({ width: 320, height: 240 });
    platform.advance(300);
    await fixed;
    expect(platform.shows(video, 640, 360), 'nobody looks any more').toBe(false);
    expect(asked(subscribed).at(-1)).toEqual({ width: 320, height: 240 });
  });

  it('says with auto when its picture can not be seen, and at once when it can again', async () => {
    const subscribed = await subscribe({ preferredResolution: 'auto' }, [640, 360]);
    const { platform, server, subscriber } = subscribed;
    const video = subscriber.element?.querySelector('video');
    if (!video) throw new Error('there is no video element');
    await play(subscribed);
    const told = (): unknown[] => server.sent('updateSubscription').map(({ visible }) => visible);
    platform.sees(video, false);
    await platform.pass(200, 50);
    platform.sees(video, true);
    await platform.pass(1_000);
    expect(told(), 'scrolled by').toEqual([]);
    platform.sees(video, false);
    platform.shows(video, 0, 0);
    await platform.pass(500);
    expect(told()).toEqual([false]);
    platform.sees(video, true);
    await settled();
    expect(told()).toEqual([false, true]);
    expect(asked(subscribed), 'its size stays').toEqual([undefined, undefined]);
    platform.sees(video, false);
    await platform.pass(300);
    const fixed = subscriber.setPreferredResolution({ width: 640, height: 360 });
    await platform.pass(300);
    await fixed;
    expect(told()).toEqual([false, true, false, true]);
    expect(platform.sees(video, false), 'nobody looks any more').toBe(false);
  });

  it('takes with auto a picture that is nowhere yet for one that may be seen', async () => {
    const joined = await subscribe();
    const { platform, session, server, stream } = joined;
    const properties = { insertDefaultUI: false, preferredResolution: 'auto' } as const;
    const subscriber = session.subscribe(stream, undefined, properties);
    const elements: HTMLVideoElement[] = [];
    subscriber.on('videoElementCreated', (e) => elements.push(e.element));
    await settled();
    server.offers({ mid: '0', kind: 'video', subscriptionId: 'subscription-2' });
    await settled();
    const [video] = elements;
    if (!video) throw new Error('there is no video element');
    platform.sees(video, false);
    await platform.pass(300);
    expect(server.sent('updateSubscription')).toEqual([]);
    document.body.append(video);
    platform.shows(video, 320, 180);
    await platform.pass(300);
    expect(server.sent('updateSubscription')).toMatchObject([
      { visible: false, preferredResolution: { width: 320, height: 180 } },
    ]);
  });

  it('tells of what changes all the time at most ten times a second, and of the last state always', async () => {
    const subscribed = await subscribe();
    const { platform, server, subscriber } = subscribed;
    await play(subscribed);
    for (let toggle = 0; toggle < 201; toggle++) {
      subscriber.subscribeToVideo(toggle % 2 === 1);
      await platform.pass(10, 10);
    }
    await platform.pass(1_000);
    const told = server.sent('updateSubscription').map(({ video }) => video);
    expect(told.length).toBeGreaterThan(1);
    expect(told.length).toBeLessThanOrEqual(21);
    expect(told.at(-1)).toBe(false);
    expect(told.every((video, index) => index === 0 || video !== told[index - 1])).toBe(true);
  });

  it('leaves no timer behind', async () => {
    const subscribed = await subscribe();
    const { platform, session, subscriber } = subscribed;
    await play(subscribed);
    const timers = platform.timers;
    subscriber.subscribeToVideo(false);
    await settled();
    const last = subscriber.subscribeToVideo.promise(true);
    const preferred = subscriber.setPreferredFrameRate(15);
    await settled();
    expect(platform.timers).toBeGreaterThan(timers);
    session.unsubscribe(subscriber);
    await Promise.all([last, preferred]);
    expect(platform.timers).toBe(timers);
  });

  it('stops looking at its size when it is over', async () => {
    const { session, platform, subscriber } = await subscribe({ preferredResolution: 'auto' });
    const video = subscriber.element?.querySelector('video');
    session.unsubscribe(subscriber);
    expect(video && platform.shows(video, 640, 360)).toBe(false);
    expect(video && platform.sees(video, true)).toBe(false);
  });

  it('tells by handler and promise whether the server took a preference', async () => {
    const subscribed = await subscribe();
    const { platform, server, subscriber } = subscribed;
    await play(subscribed);
    const told: unknown[] = [];
    const changed = subscriber.setPreferredFrameRate(15, (error) => told.push(error?.name));
    platform.advance(300);
    await changed;
    await expect(
      subscriber.setPreferredFrameRate(0, (error) => told.push(error?.name)),
    ).rejects.toMatchObject({ name: 'OT_INVALID_PARAMETER' });
    server.refuses('updateSubscription', 'permission_denied');
    const refused = subscriber.setPreferredFrameRate(7);
    platform.advance(300);
    await expect(refused).rejects.toMatchObject({ name: 'OT_PERMISSION_DENIED' });
    await settled();
    expect(told).toEqual([undefined, 'OT_INVALID_PARAMETER']);
  });

  it('shows that this browser can not decode the picture', async () => {
    const subscribed = await subscribe();
    subscribed.subscriber.codecRefused('video', 'H264');
    const sign = subscribed.subscriber.element?.querySelector('.OT_video-disabled');
    expect(sign?.textContent).toBe("Can't show this video");
    expect(subscribed.subscriber.element?.matches('.OT_audio-only:not(.OT_loading)')).toBe(true);
  });

  it('plays what a media processor makes of its tracks', async () => {
    const subscribed = await subscribe();
    const { platform, subscriber } = subscribed;
    const played = await play(subscribed);
    const connector = new FakeConnector();
    await subscriber.setVideoMediaProcessorConnector(connector);
    const ids = (): string[] => played.getTracks().map(({ id }) => id);
    expect(ids()).toEqual(['remote-audio-0', 'processed-remote-video-1']);
    await subscriber.setVideoMediaProcessorConnector(null);
    expect(ids()).toEqual(['remote-audio-0', 'remote-video-1']);
    expect(connector.destroyed).toBe(1);
    expect(platform.peerConnections[0]?.transceivers[1]?.receiver.track.readyState).toBe('live');
    await expect(
      subscriber.setAudioMediaProcessorConnector({} as MediaProcessorConnector),
    ).rejects.toMatchObject({ name: 'OT_INVALID_PARAMETER' });
  });

  it('reports a media processor that fails, and plays the other medium', async () => {
    const subscribed = await subscribe();
    const connector = new FakeConnector();
    await subscribed.subscriber.setVideoMediaProcessorConnector(connector);
    connector.refuse = new Error('no model');
    const raised: string[] = [];
    exceptions.once('exception', (e) => raised.push(e.message));
    const played = await play(subscribed);
    await settled();
    expect(raised).toEqual(['no model']);
    expect(played.getTracks().map(({ id }) => id)).toEqual(['remote-audio-0']);
  });

  it('tells the bits per second since it was asked last', async () => {
    const subscribed = await subscribe();
    await play(subscribed);
    const { platform, subscriber } = subscribed;
    const receiver = platform.peerConnections[0]?.transceivers[1]?.receiver;
    if (!receiver) throw new Error('there is no receiver');
    let bytesReceived = 1_000;
    receiver.getStats = () => {
      const entry = { id: 'in', type: 'inbound-rtp', kind: 'video', bytesReceived };
      return Promise.resolve(new Map([[entry.id, entry]]));
    };
    expect((await subscriber.getStats()).video?.bitrate).toBe(0);
    platform.advance(2_000);
    bytesReceived += 50_000;
    expect((await subscriber.getStats()).video?.bitrate).toBe(200_000);
  });
});
