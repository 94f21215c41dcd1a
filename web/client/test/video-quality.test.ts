import { describe, expect, it } from 'vitest';
import { publish } from './fakes/joined.js';
import { settled } from './fakes/platform.js';
import { play, subscribe, type Subscribed } from './fakes/subscribed.js';

interface Watched extends Subscribed {
  readonly heard: string[];
}

const EVENTS = 'videoDisableWarning videoDisableWarningLifted videoDisabled videoEnabled';

async function watch(): Promise<Watched> {
  const subscribed = await subscribe();
  await play(subscribed);
  const heard: string[] = [];
  subscribed.subscriber.on(EVENTS, (e) =>
    heard.push([e.type, Reflect.get(e, 'reason')].join(' ').trim()),
  );
  return { ...subscribed, heard };
}

const says = ({ server }: Subscribed, quality: string): void => {
  server.event('videoQuality', { subscriptionId: 'subscription-1', quality });
};

const publisherHasVideo = ({ server }: Subscribed, newValue: boolean, reason?: string): void => {
  const change = { streamId: 'stream-1', property: 'hasVideo', oldValue: !newValue, newValue };
  server.event('streamPropertyChanged', { ...change, ...(reason ? { reason } : {}) });
};

const sign = ({ subscriber }: Subscribed): Element | null | undefined =>
  subscriber.element?.querySelector('.OT_video-trouble');

const audioOnly = ({ subscriber }: Subscribed): boolean | undefined =>
  subscriber.element?.matches('.OT_audio-only');

describe('a network that does not carry the pictures', () => {
  it('is told by a warning, the end of the pictures and their return, and shown', async () => {
    const watched = await watch();
    says(watched, 'warning');
    expect(sign(watched)?.matches('.OT_video-disabled-warning')).toBe(true);
    expect(audioOnly(watched)).toBe(false);
    says(watched, 'off');
    expect(sign(watched)?.matches('.OT_video-disabled:not(.OT_video-disabled-warning)')).toBe(true);
    expect(audioOnly(watched)).toBe(true);
    says(watched, 'good');
    expect(sign(watched)?.matches('.OT_video-disabled, .OT_video-disabled-warning')).toBe(false);
    expect(audioOnly(watched)).toBe(false);
    await settled();
    expect(watched.heard).toEqual([
      'videoDisableWarning',
      'videoDisabled quality',
      'videoEnabled quality',
    ]);
    watched.subscriber.setStyle('videoDisabledDisplayMode', 'off');
    expect(sign(watched)?.matches('.OT_mode-off')).toBe(true);
  });

  it('may get better before they end', async () => {
    const watched = await watch();
    says(watched, 'warning');
    says(watched, 'good');
    await settled();
    expect(watched.heard).toEqual(['videoDisableWarning', 'videoDisableWarningLifted']);
  });

  it('is that of one subscription', async () => {
    const watched = await watch();
    watched.server.event('videoQuality', { subscriptionId: 'of another', quality: 'off' });
    await settled();
    expect(watched.heard).toEqual([]);
    expect(audioOnly(watched)).toBe(false);
  });

  it('is one of three reasons, and the last to go names the return', async () => {
    const watched = await watch();
    says(watched, 'warning');
    says(watched, 'off');
    publisherHasVideo(watched, false);
    watched.subscriber.subscribeToVideo(false);
    says(watched, 'good');
    watched.subscriber.subscribeToVideo(true);
    await settled();
    expect(audioOnly(watched)).toBe(true);
    publisherHasVideo(watched, true);
    await settled();
    expect(audioOnly(watched)).toBe(false);
    expect(watched.heard).toEqual([
      'videoDisableWarning',
      'videoDisabled quality',
      'videoEnabled publishVideo',
    ]);
  });

  it('does not bring back what this page does not want', async () => {
    const watched = await watch();
    watched.subscriber.subscribeToVideo(false);
    says(watched, 'warning');
    says(watched, 'off');
    says(watched, 'good');
    await settled();
    expect(audioOnly(watched)).toBe(true);
    expect(watched.heard).toEqual([
      'videoDisabled subscribeToVideo',
      'videoDisableWarning',
      'videoDisableWarningLifted',
    ]);
  });

  it('may be that of the publisher', async () => {
    const watched = await watch();
    publisherHasVideo(watched, false, 'quality');
    expect(sign(watched)?.matches('.OT_video-disabled')).toBe(true);
    expect(sign(watched)?.getAttribute('title')).toContain('Their network');
    publisherHasVideo(watched, true, 'quality');
    publisherHasVideo(watched, false);
    expect(sign(watched)?.matches('.OT_video-disabled')).toBe(false);
    await settled();
    expect(watched.heard).toEqual([
      'videoDisabled quality',
      'videoEnabled quality',
      'videoDisabled publishVideo',
    ]);
  });

  it('is heard of after a lost socket was replaced', async () => {
    const watched = await watch();
    says(watched, 'warning');
    watched.server.drops();
    watched.server.event('videoQuality', { subscriptionId: 'subscription-1', quality: 'off' });
    await watched.platform.pass(2_000);
    expect(watched.heard).toEqual(['videoDisableWarning', 'videoDisabled quality']);
    expect(audioOnly(watched)).toBe(true);
  });

  it('leaves no media to be expected where nothing else comes', async () => {
    const { server, subscriber, ...rest } = await watch();
    await subscriber.subscribeToAudio.promise(false);
    expect(subscriber.subscription?.expectsMedia()).toBe(true);
    says({ server, subscriber, ...rest }, 'off');
    expect(subscriber.subscription?.expectsMedia()).toBe(false);
  });
});

describe('the active speaker', () => {
  it('is told by the session, also when it is this client', async () => {
    const joined = await subscribe();
    const { session, server, stream } = joined;
    const { publisher } = await publish(joined);
    const heard: unknown[] = [];
    session.on('activeSpeakerChanged', (e) => heard.push(e.stream));
    server.event('activeSpeaker', { streamId: 'unknown' });
    server.event('activeSpeaker', { streamId: 'stream-1' });
    await settled();
    server.event('activeSpeaker', { streamId: 'own-stream-1' });
    await settled();
    expect(heard).toEqual([stream, publisher.stream]);
  });
});
