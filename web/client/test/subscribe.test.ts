import { describe, expect, it, vi } from 'vitest';
import type { SubscriberProperties } from '../src/options.js';
import type { Stream } from '../src/session/stream.js';
import type { Subscriber } from '../src/subscriber/subscriber.js';
import type { FakeStream } from './fakes/media.js';
import { joinSession, newSession, publish, type JoinedSession } from './fakes/joined.js';
import { FakeTransceiver } from './fakes/peer-connection.js';
import { FakePlatform, settled } from './fakes/platform.js';
import { streamMessage, welcome } from './fakes/server.js';

interface Subscribed extends JoinedSession {
  readonly stream: Stream;
  readonly subscriber: Subscriber;
  readonly heard: string[];
  readonly done: Promise<Subscriber>;
}

const AUDIO = { mid: '0', kind: 'audio', subscriptionId: 'subscription-1' } as const;
const VIDEO = { mid: '1', kind: 'video', subscriptionId: 'subscription-1' } as const;

async function subscribe(
  properties: SubscriberProperties = {},
  stream: object = streamMessage('stream-1'),
): Promise<Subscribed> {
  const joined = await joinSession({
    connections: [{ id: 'other', createdAt: 1, data: '' }],
    streams: [stream],
  });
  const found = new Promise<Stream>((resolve) => {
    joined.session.on('streamCreated', (e) => {
      resolve(e.stream);
    });
  });
  joined.server.event('streamCreated', { stream });
  const created = await found;
  const done = joined.session.subscribe.promise(created, undefined, properties);
  done.catch(() => undefined);
  const [subscriber] = joined.session.getSubscribersForStream(created);
  if (!subscriber) throw new Error('the session does not know the subscriber');
  const heard: string[] = [];
  subscriber.on('connected disconnected videoElementCreated', (e) => heard.push(e.type));
  subscriber.on('videoDisabled videoEnabled destroyed', (e) => {
    heard.push(`${e.type} ${String(Reflect.get(e, 'reason'))}`);
  });
  await settled();
  return { ...joined, stream: created, subscriber, heard, done };
}

/** The media of the subscriber is offered and flows. */
async function connect({ server, platform, done }: Subscribed): Promise<void> {
  server.offers(AUDIO, VIDEO);
  await settled();
  platform.peerConnections[0]?.becomes('connected');
  await done;
  await settled();
}

describe('subscribing', () => {
  it('answers the offer and is connected once media can flow', async () => {
    const subscribed = await subscribe();
    const { server, platform, subscriber, heard } = subscribed;
    expect(server.sent('subscribe')[0]).toMatchObject({
      streamId: 'stream-1',
      audio: true,
      video: true,
    });
    server.offers(AUDIO, VIDEO);
    await settled();
    expect(server.sent('subscribeAnswer')[0]).toMatchObject({ revision: 1 });
    expect(heard).toEqual(['videoElementCreated']);
    platform.peerConnections[0]?.becomes('connected');
    expect(await subscribed.done).toBe(subscriber);
    await settled();
    expect(heard).toEqual(['videoElementCreated', 'connected']);
  });

  it('plays sound and pictures as one stream', async () => {
    const subscribed = await subscribe();
    await connect(subscribed);
    const video = subscribed.subscriber.element?.querySelector('video');
    const played = video?.srcObject as unknown as FakeStream;
    expect(played.getTracks().map(({ kind }) => kind)).toEqual(['audio', 'video']);
  });

  it('plays the sound at once and the pictures when they come', async () => {
    const subscribed = await subscribe();
    const { server, platform, subscriber } = subscribed;
    server.offers(AUDIO);
    await settled();
    const video = new FakeTransceiver('video', '1', 'recvonly');
    video.receiver.track.muted = true;
    platform.peerConnections[0]?.transceivers.push(video);
    server.offers(AUDIO, VIDEO);
    await settled();
    const played = subscriber.element?.querySelector('video')?.srcObject as unknown as FakeStream;
    expect(played.getTracks().map(({ kind }) => kind)).toEqual(['audio']);
    video.receiver.track.onunmute?.();
    expect(played.getTracks().map(({ kind }) => kind)).toEqual(['audio', 'video']);
  });

  it('answers offers one at a time, in their order', async () => {
    const { server } = await subscribe();
    server.offers(AUDIO);
    server.offers(AUDIO, VIDEO);
    server.offers(VIDEO);
    await settled();
    expect(server.sent('subscribeAnswer').map(({ revision }) => revision)).toEqual([1, 2, 3]);
  });

  it('carries all subscriptions on one PeerConnection', async () => {
    const subscribed = await subscribe();
    await connect(subscribed);
    const second = subscribed.session.subscribe.promise(subscribed.stream);
    await settled();
    subscribed.server.offers(
      AUDIO,
      VIDEO,
      { mid: '2', kind: 'audio', subscriptionId: 'subscription-2' },
      { mid: '3', kind: 'video', subscriptionId: 'subscription-2' },
    );
    expect(await second).not.toBe(subscribed.subscriber);
    expect(subscribed.platform.peerConnections).toHaveLength(1);
    expect(subscribed.session.getSubscribersForStream(subscribed.stream)).toHaveLength(2);
  });

  it('takes its arguments in any form', async () => {
    const { session, stream } = await subscribe();
    document.body.innerHTML = '<div id="here"></div><div id="there"></div>';
    const handler = (): void => undefined;
    expect(session.subscribe(stream, 'here').element?.id).toBe('here');
    const there = document.getElementById('there');
    const appended = session.subscribe(stream, there, { insertMode: 'append' }, handler);
    expect(appended.element?.parentElement).toBe(there);
    expect(session.subscribe(stream, handler).element?.parentElement).toBe(document.body);
    const bare = session.subscribe(stream, null, { insertDefaultUI: false });
    expect(bare.element).toBeUndefined();
    expect(session.subscribe(stream, undefined, handler)).toBeDefined();
  });

  it('tells why pictures went and came back', async () => {
    const subscribed = await subscribe();
    await connect(subscribed);
    const { server, subscriber, heard } = subscribed;
    const publishVideo = (newValue: boolean): void => {
      server.event('streamPropertyChanged', {
        streamId: 'stream-1',
        property: 'hasVideo',
        newValue,
      });
    };
    heard.length = 0;
    publishVideo(false);
    expect(subscriber.element?.classList.contains('OT_audio-only')).toBe(true);
    subscriber.subscribeToVideo(false);
    publishVideo(true);
    expect(subscriber.element?.classList.contains('OT_audio-only')).toBe(true);
    subscriber.subscribeToVideo(true);
    expect(subscriber.element?.classList.contains('OT_audio-only')).toBe(false);
    subscriber.subscribeToVideo(false).subscribeToVideo(true);
    await settled();
    expect(heard).toEqual([
      'videoDisabled publishVideo',
      'videoEnabled subscribeToVideo',
      'videoDisabled subscribeToVideo',
      'videoEnabled subscribeToVideo',
    ]);
  });

  it('stops and resumes a medium at the server', async () => {
    const subscribed = await subscribe({ subscribeToVideo: false });
    expect(subscribed.server.sent('subscribe')[0]).toMatchObject({ audio: true, video: false });
    await connect(subscribed);
    await subscribed.subscriber.subscribeToVideo.promise(true);
    subscribed.platform.advance(100);
    await subscribed.subscriber.subscribeToAudio.promise(false);
    await subscribed.subscriber.subscribeToAudio.promise(false);
    expect(
      subscribed.server.sent('updateSubscription').map(({ audio, video }) => ({ audio, video })),
    ).toEqual([
      { audio: undefined, video: true },
      { audio: false, video: undefined },
    ]);
  });

  it('asks for a layer once the wish for it has settled, and takes it back', async () => {
    const subscribed = await subscribe();
    await connect(subscribed);
    const { server, platform, subscriber } = subscribed;
    const told = (): unknown[] =>
      server
        .sent('updateSubscription')
        .map(({ preferredResolution, preferredFrameRate }) => [
          preferredResolution,
          preferredFrameRate,
        ]);
    const large = { width: 640, height: 480 };
    void subscriber.subscription?.prefer({ resolution: { width: 320, height: 240 } });
    platform.advance(100);
    const done = subscriber.subscription?.prefer({ resolution: large, frameRate: 15 });
    expect(told()).toEqual([]);
    platform.advance(200);
    await done;
    expect(told()).toEqual([[large, 15]]);
    const back = subscriber.subscription?.prefer({ resolution: { ...large } });
    platform.advance(250);
    await back;
    expect(told()).toEqual([
      [large, 15],
      [undefined, 'none'],
    ]);
  });

  it('does not repeat a refused preference with the next change', async () => {
    const subscribed = await subscribe();
    await connect(subscribed);
    const { server, platform, subscriber } = subscribed;
    server.refuses('updateSubscription', 'bad_request', 'too large');
    const refused = subscriber.subscription?.prefer({ resolution: { width: 99999, height: 1 } });
    platform.advance(250);
    await expect(refused).rejects.toMatchObject({ code: 'bad_request' });
    server.responders.set('updateSubscription', () => ({}));
    platform.advance(100);
    await subscriber.subscribeToAudio.promise(false);
    expect(server.sent('updateSubscription').at(-1)).toEqual({
      id: expect.any(Number) as number,
      type: 'updateSubscription',
      subscriptionId: 'subscription-1',
      audio: false,
    });
  });

  it('shows that a codec can not be decoded here, and plays the rest', async () => {
    const subscribed = await subscribe();
    const { server, subscriber, heard } = subscribed;
    await connect(subscribed);
    heard.length = 0;
    const refused = { streamId: 'stream-1', kind: 'video', codec: 'H264' };
    server.event('subscriptionRefused', { ...refused, subscriptionId: 'of-another' });
    server.event('subscriptionRefused', { ...refused, subscriptionId: 'subscription-1' });
    await settled();
    expect(heard).toEqual(['videoDisabled codecNotSupported']);
    expect(subscriber.element?.classList.contains('OT_audio-only')).toBe(true);
  });

  it('tells the server what changed while it was being asked', async () => {
    const joined = await joinSession({ streams: [streamMessage('stream-1')] });
    const held = joined.server.holds('subscribe');
    const stream = await new Promise<Stream>((resolve) => {
      joined.session.on('streamCreated', (e) => {
        resolve(e.stream);
      });
      joined.server.event('streamCreated', { stream: streamMessage('stream-1') });
    });
    joined.session.subscribe(stream).subscribeToAudio(false);
    await settled();
    held.release({ subscriptionId: 'subscription-1' });
    await settled();
    expect(joined.server.sent('updateSubscription')[0]).toMatchObject({ audio: false });
  });

  it('has no sound for an own stream, except to test the network', async () => {
    const joined = await joinSession();
    const { publisher } = await publish(joined);
    if (!publisher.stream) throw new Error('not published');
    joined.session.subscribe(publisher.stream);
    joined.session.subscribe(publisher.stream, null, { testNetwork: true });
    await settled();
    expect(joined.server.sent('subscribe').map(({ audio }) => audio)).toEqual([false, true]);
    joined.session.unpublish(publisher);
    expect(joined.session.getSubscribersForStream({ streamId: 'own-stream-1' })).toEqual([]);
  });

  it('sets the volume in percent', async () => {
    const { subscriber } = await subscribe({ audioVolume: 0 });
    expect(subscriber.getAudioVolume()).toBe(0);
    expect(subscriber.setAudioVolume(35)).toBe(subscriber);
    expect(subscriber.getAudioVolume()).toBe(35);
    expect(() => subscriber.setAudioVolume(101)).toThrow('0 to 100');
  });

  it('is disconnected and connected again with the network', async () => {
    const subscribed = await subscribe();
    await connect(subscribed);
    subscribed.heard.length = 0;
    const [pc] = subscribed.platform.peerConnections;
    pc?.becomes('disconnected');
    subscribed.platform.advance(1_900);
    pc?.becomes('connected');
    await settled();
    expect(subscribed.heard).toEqual([]);
    pc?.becomes('disconnected');
    await subscribed.platform.pass(2_000);
    expect(subscribed.heard).toEqual(['disconnected']);
    pc?.becomes('connected');
    await subscribed.platform.pass(1_000);
    expect(subscribed.heard).toEqual(['disconnected', 'connected']);
  });

  it('is disconnected while the network of the publisher is gone', async () => {
    const subscribed = await subscribe();
    await connect(subscribed);
    const { server, heard } = subscribed;
    heard.length = 0;
    const reconnecting = vi.fn();
    subscribed.session.on('sessionReconnecting', reconnecting);
    server.event('streamInterrupted', { streamId: 'stream-1' });
    server.event('streamInterrupted', { streamId: 'unknown' });
    await settled();
    expect(heard).toEqual(['disconnected']);
    server.event('streamRestored', { streamId: 'stream-1' });
    await settled();
    expect(heard).toEqual(['disconnected', 'connected']);
    expect(reconnecting).not.toHaveBeenCalled();
  });

  it('has an outcome also when nothing of the stream can be decoded here', async () => {
    const { server, done, subscriber, heard } = await subscribe();
    server.offers();
    await settled();
    server.event('subscriptionRefused', {
      streamId: 'stream-1',
      kind: 'video',
      codec: 'H264',
      subscriptionId: 'subscription-1',
    });
    expect(await done).toBe(subscriber);
    await settled();
    expect(heard).toEqual(['videoDisabled codecNotSupported']);
  });

  it('gives statistics that never go below zero', async () => {
    const subscribed = await subscribe();
    await expect(subscribed.subscriber.getStats()).rejects.toMatchObject({
      name: 'OT_NOT_CONNECTED',
    });
    await connect(subscribed);
    const stats = await subscribed.subscriber.getStats();
    expect(stats.audio).toMatchObject({ packetsReceived: 5, packetsLost: 0 });
    expect(stats.video?.packetsReceived).toBe(5);
    expect((await subscribed.subscriber.getRtcStatsReport()).size).toBe(2);
  });
});

describe('a subscription ends', () => {
  it('by unsubscribe, once, and leaves the page', async () => {
    const subscribed = await subscribe();
    await connect(subscribed);
    const { session, subscriber, server, heard } = subscribed;
    const { element } = subscriber;
    session.unsubscribe(subscriber).unsubscribe(subscriber);
    await settled();
    expect(heard.at(-1)).toBe('destroyed clientDisconnected');
    expect(heard.filter((name) => name.startsWith('destroyed'))).toHaveLength(1);
    expect(server.sent('unsubscribe')).toHaveLength(1);
    expect(element?.isConnected).toBe(false);
  });

  it('by unsubscribe while the server is still being asked', async () => {
    const subscribed = await subscribe();
    const held = subscribed.server.holds('subscribe');
    const subscriber = subscribed.session.subscribe(subscribed.stream);
    subscribed.session.unsubscribe(subscriber);
    held.release({ subscriptionId: 'late' });
    await settled();
    expect(subscribed.server.sent('unsubscribe')).toMatchObject([{ subscriptionId: 'late' }]);
  });

  it('with its stream, unless that default is prevented', async () => {
    for (const prevented of [false, true]) {
      const subscribed = await subscribe();
      await connect(subscribed);
      subscribed.session.on('streamDestroyed', (e) => {
        if (prevented) e.preventDefault();
      });
      subscribed.server.event('streamDestroyed', {
        streamId: 'stream-1',
        reason: 'networkDisconnected',
      });
      await settled();
      expect(subscribed.heard.at(-1)).toBe(
        prevented ? 'connected' : 'destroyed networkDisconnected',
      );
      expect(subscribed.server.sent('unsubscribe')).toEqual([]);
    }
  });

  it('with the session, unless that default is prevented', async () => {
    for (const prevented of [false, true]) {
      const subscribed = await subscribe();
      await connect(subscribed);
      subscribed.session.on('sessionDisconnected', (e) => {
        if (prevented) e.preventDefault();
      });
      await subscribed.session.disconnect();
      await settled();
      expect(subscribed.heard.at(-1)).toBe(
        prevented ? 'connected' : 'destroyed clientDisconnected',
      );
      subscribed.session.unsubscribe(subscribed.subscriber);
      await settled();
      expect(subscribed.heard.at(-1)).toBe('destroyed clientDisconnected');
    }
  });

  it('when no media gets through any more', async () => {
    const subscribed = await subscribe();
    subscribed.server.offers(AUDIO, VIDEO);
    await settled();
    subscribed.platform.peerConnections[0]?.becomes('failed');
    await expect(subscribed.done).rejects.toMatchObject({ name: 'OT_ICE_WORKFLOW_FAILED' });
    await settled();
    expect(subscribed.heard.at(-1)).toBe('destroyed networkDisconnected');
  });

  it('when its element was removed by the application', async () => {
    const subscribed = await subscribe();
    await connect(subscribed);
    subscribed.subscriber.element?.remove();
    subscribed.session.unsubscribe(subscribed.subscriber);
    await settled();
    expect(subscribed.heard.at(-1)).toBe('destroyed clientDisconnected');
  });
});

describe('subscribing fails', () => {
  it('before the session is connected', async () => {
    const { stream } = await subscribe();
    const session = newSession(new FakePlatform());
    await expect(session.subscribe.promise(stream)).rejects.toMatchObject({
      name: 'OT_NOT_CONNECTED',
    });
  });

  it('without the permission', async () => {
    const { stream } = await subscribe();
    const none = { ...welcome().capabilities, subscribe: false };
    const { session } = await joinSession({ capabilities: none });
    await expect(session.subscribe.promise(stream)).rejects.toMatchObject({
      name: 'OT_PERMISSION_DENIED',
    });
  });

  it('for a stream that is gone, and says so in the widget', async () => {
    const { session, server, stream } = await subscribe();
    server.refuses('subscribe', 'stream_not_found', 'it is gone');
    const subscriber = session.subscribe(stream);
    await settled();
    expect(subscriber.element?.querySelector('[role=alert]')?.textContent).toBe('it is gone');
    server.event('streamDestroyed', { streamId: 'stream-1', reason: 'clientDisconnected' });
    await settled();
    await expect(session.subscribe.promise(stream)).rejects.toMatchObject({
      name: 'OT_STREAM_NOT_FOUND',
    });
  });

  it('with something that is no stream', async () => {
    const { session } = await subscribe();
    const nothing: unknown = {};
    expect(() => session.subscribe(nothing as Stream)).toThrow('Stream');
  });

  it('when no media comes within 30 s', async () => {
    const subscribed = await subscribe();
    for (let second = 0; second < 30; second++) {
      subscribed.platform.advance(1000);
      await settled();
    }
    await expect(subscribed.done).rejects.toMatchObject({ name: 'OT_TIMEOUT' });
  });

  it('when an offer can not be applied', async () => {
    const subscribed = await subscribe();
    subscribed.server.offers(AUDIO);
    await settled();
    const [pc] = subscribed.platform.peerConnections;
    if (pc) pc.refuseRemote = true;
    subscribed.server.offers(AUDIO, VIDEO);
    await expect(subscribed.done).rejects.toMatchObject({
      name: 'OT_SET_REMOTE_DESCRIPTION_FAILED',
    });
  });
});
