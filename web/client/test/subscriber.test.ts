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
      { width: 1, height: 1 },
    ]);
    const fixed = subscriber.setPreferredResolution({ width: 320, height: 240 });
    platform.advance(300);
    await fixed;
    expect(platform.shows(video, 640, 360), 'nobody looks any more').toBe(false);
    expect(asked(subscribed).at(-1)).toEqual({ width: 320, height: 240 });
  });

  it('stops looking at its size when it is over', async () => {
    const { session, platform, subscriber } = await subscribe({ preferredResolution: 'auto' });
    const video = subscriber.element?.querySelector('video');
    session.unsubscribe(subscriber);
    expect(video && platform.shows(video, 640, 360)).toBe(false);
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
