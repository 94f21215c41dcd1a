import { describe, expect, it, vi } from 'vitest';
import { exceptions } from '../src/exceptions.js';
import type { Publisher } from '../src/publisher/publisher.js';
import type { Stream } from '../src/session/stream.js';
import type { Subscriber } from '../src/subscriber/subscriber.js';
import { joinSession, newPublisher, publish, type JoinedSession } from './fakes/joined.js';
import type { FakeStream } from './fakes/media.js';
import type { FakePeerConnection } from './fakes/peer-connection.js';
import { settled } from './fakes/platform.js';
import { streamMessage } from './fakes/server.js';

/** A session with a stream each way, and everything that was heard since. */
interface Call extends JoinedSession {
  readonly publisher: Publisher;
  readonly subscriber: Subscriber;
  readonly stream: Stream;
  readonly up: FakePeerConnection;
  readonly down: FakePeerConnection;
  readonly heard: string[];
}

const TRACKS = [
  { mid: '0', kind: 'audio', subscriptionId: 'subscription-1' },
  { mid: '1', kind: 'video', subscriptionId: 'subscription-1' },
] as const;

async function call(): Promise<Call> {
  const joined = await joinSession({
    connections: [{ id: 'other', createdAt: 1, data: '' }],
    // Pings that don't get into the way of what is tested here.
    pingIntervalMs: 50_000,
    pingTimeoutMs: 100_000,
  });
  const { session, server, platform } = joined;
  const { publisher, pc: up } = await publish(joined);
  const created = new Promise<Stream>((resolve) => {
    session.once('streamCreated', (e) => {
      resolve(e.stream);
    });
  });
  server.event('streamCreated', { stream: streamMessage('stream-1') });
  const stream = await created;
  const subscribed = session.subscribe.promise(stream);
  await settled();
  server.offers(...TRACKS);
  await settled();
  const down = platform.peerConnections.at(-1);
  if (!down || down === up) throw new Error('no PeerConnection was made to receive by');
  down.becomes('connected');
  const subscriber = await subscribed;
  await settled();
  const heard: string[] = [];
  session.on('sessionReconnecting sessionReconnected streamDestroyed', (e) => heard.push(e.type));
  session.on('sessionDisconnected', (e) => heard.push(`sessionDisconnected ${e.reason}`));
  publisher.on('streamCreated streamDestroyed destroyed', (e) => heard.push(`publisher ${e.type}`));
  subscriber.on('connected disconnected videoElementCreated destroyed', (e) =>
    heard.push(`subscriber ${e.type}`),
  );
  return { ...joined, publisher, subscriber, stream, up, down, heard };
}

function played(subscriber: Subscriber): unknown[] {
  const stream = subscriber.element?.querySelector('video')?.srcObject;
  return (stream as unknown as FakeStream).getTracks();
}

describe('a session whose socket is lost', () => {
  it('is reconnected once media was seen on both ways again; publisher and subscriber go on', async () => {
    const { server, platform, session, up, down, heard, publisher } = await call();
    up.receives = down.receives = false;
    server.drops();
    await platform.pass(1_000);
    expect(platform.server.types()).toEqual(['resume', 'restartSubscribe', 'publishOffer']);
    expect(up.restarts).toBe(1);
    expect(heard).toEqual(['sessionReconnecting']);
    expect(session.currentState).toBe('reconnecting');
    expect(session.isConnected()).toBe(true);
    up.receives = true;
    await platform.pass(1_000);
    expect(heard).toEqual(['sessionReconnecting']);
    down.receives = true;
    await platform.pass(1_000);
    expect(heard).toEqual(['sessionReconnecting', 'sessionReconnected']);
    expect(session.currentState).toBe('connected');
    expect(session.is('connected')).toBe(true);
    expect(publisher.stream?.streamId).toBe('own-stream-1');
  });

  it('is found out soon after the media by the same network', async () => {
    const { server, platform, up, heard } = await call();
    server.reachable = false;
    up.becomes('disconnected');
    await platform.pass(2_000);
    expect(heard).toEqual(['sessionReconnecting']);
    await platform.pass(3_000);
    expect(platform.server).not.toBe(server);
    expect(platform.server.types()).toContain('resume');
  });

  it('does not wait for media that nobody sends', async () => {
    const { server, platform, down, heard, subscriber } = await call();
    down.receives = false;
    server.event('streamInterrupted', { streamId: 'stream-1' });
    server.drops();
    await platform.pass(1_000);
    expect(heard.filter((name) => name.startsWith('session'))).toEqual([
      'sessionReconnecting',
      'sessionReconnected',
    ]);
    await subscriber.subscribeToVideo.promise(false);
  });

  it('ends when it is not back in time, with everything in it', async () => {
    const { server, platform, session, heard, up, down, publisher } = await call();
    platform.socketOpens = false;
    server.drops();
    const signalled = expect(session.signal({ data: 'late' })).rejects.toMatchObject({ code: 500 });
    await platform.pass(29_000, 1_000);
    expect(heard).toEqual(['sessionReconnecting']);
    await platform.pass(1_000, 1_000);
    await signalled;
    expect(heard).toEqual([
      'sessionReconnecting',
      'publisher streamDestroyed',
      'sessionDisconnected networkDisconnected',
      'publisher destroyed',
      'subscriber destroyed',
    ]);
    expect([up.closed, down.closed, publisher.stream]).toEqual([true, true, undefined]);
    expect([session.connection, session.currentState]).toEqual([undefined, 'disconnected']);
    platform.socketOpens = true;
    await session.connect.promise('token');
    expect(session.currentState).toBe('connected');
  });

  it('keeps signals for later, in order, except those that must not wait', async () => {
    const { server, platform, session } = await call();
    platform.socketOpens = false;
    server.drops();
    const kept = [session.signal({ data: 'one' }), session.signal({ type: 'chat', data: 'two' })];
    const now = { data: 'now', retryAfterReconnect: false };
    await expect(session.signal(now)).rejects.toMatchObject({
      name: 'OT_NOT_CONNECTED',
      code: 500,
      signal: now,
    });
    platform.server.opens();
    await Promise.all(kept);
    expect(platform.server.sent('signal').map(({ data }) => data)).toEqual(['one', 'two']);
    expect(platform.server.sent('signal')[0]).not.toHaveProperty('retryAfterReconnect');
  });

  it('publishes and subscribes what it was asked for meanwhile', async () => {
    const { server, platform, session, stream, up } = await call();
    platform.socketOpens = false;
    server.drops();
    const publisher = newPublisher(platform, { videoSource: null });
    const published = session.publish.promise(publisher);
    const subscribed = session.subscribe.promise(stream);
    await platform.pass(20_000, 1_000);
    platform.socketOpens = true;
    await platform.pass(10_000, 1_000);
    platform.server.offers(
      ...TRACKS,
      { mid: '2', kind: 'audio', subscriptionId: 'subscription-2' },
      { mid: '3', kind: 'video', subscriptionId: 'subscription-2' },
    );
    expect((await published).stream?.streamId).toBe('own-stream-2');
    await subscribed;
    expect(up.transceivers).toHaveLength(3);
  });

  it('gives a subscription its time for the media without that of the interruption', async () => {
    const { server, platform, session, stream } = await call();
    const waiting = session.subscribe.promise(stream);
    const failed = expect(waiting).rejects.toMatchObject({ name: 'OT_TIMEOUT' });
    await platform.pass(25_000, 1_000);
    platform.socketOpens = false;
    server.drops();
    await platform.pass(10_000, 1_000);
    platform.socketOpens = true;
    platform.changeNetwork();
    await platform.pass(4_000, 1_000);
    const [, second] = session.getSubscribersForStream(stream);
    expect(second?.element?.querySelector('[role=alert]')).toBeNull();
    await platform.pass(3_000, 1_000);
    await failed;
  });

  it('can be left meanwhile', async () => {
    const { server, platform, session, heard } = await call();
    platform.socketOpens = false;
    server.drops();
    await session.disconnect();
    await platform.pass(31_000, 1_000);
    expect(heard).toContain('sessionDisconnected clientDisconnected');
    expect(heard.filter((name) => name.startsWith('sessionDisconnected'))).toHaveLength(1);
  });
});

describe('a path that carries no media any more', () => {
  it('is restarted when sending stops, and the session says so', async () => {
    const { server, platform, up, heard } = await call();
    up.becomes('disconnected');
    await platform.pass(2_000);
    expect(up.restarts).toBe(1);
    expect(server.sent('publishOffer')).toHaveLength(2);
    up.becomes('connected');
    await platform.pass(1_000);
    expect(heard).toEqual(['sessionReconnecting', 'sessionReconnected']);
    expect(server.sent('restartSubscribe')).toEqual([]);
  });

  it('is restarted when receiving stops, and its subscribers say so', async () => {
    const { server, platform, up, down, heard } = await call();
    down.becomes('failed');
    await settled();
    expect(server.sent('restartSubscribe').map(({ renew }) => renew)).toEqual([undefined]);
    server.offers(...TRACKS);
    await settled();
    expect(server.sent('subscribeAnswer')).toHaveLength(2);
    down.becomes('connected');
    await platform.pass(1_000);
    expect(up.restarts).toBe(0);
    expect(heard).toEqual([
      'sessionReconnecting',
      'subscriber disconnected',
      'sessionReconnected',
      'subscriber connected',
    ]);
  });

  it('gets a new PeerConnection with the same tracks and layers when the restart does not help', async () => {
    const { server, platform, up, publisher, heard } = await call();
    const sent = (pc?: FakePeerConnection): unknown[] | undefined =>
      pc?.transceivers.map(({ sender }) => [sender.track, sender.encodings]);
    const before = sent(up);
    up.becomes('failed');
    await platform.pass(10_000);
    expect(platform.peerConnections).toHaveLength(3);
    const renewed = platform.peerConnections[2];
    expect(up.closed).toBe(true);
    expect(sent(renewed)).toEqual(before);
    expect(server.sent('publishOffer').at(-1)?.tracks).toEqual([
      { mid: '0', streamId: 'own-stream-1' },
      { mid: '1', streamId: 'own-stream-1' },
    ]);
    renewed?.becomes('connected');
    await platform.pass(1_000);
    expect(heard).toEqual(['sessionReconnecting', 'sessionReconnected']);
    await publisher.publishVideo.promise(false);
    expect(renewed?.transceivers[1]?.sender.track).toBeNull();
  });

  it('gets a new PeerConnection to receive by, and the same elements play on', async () => {
    const { server, platform, down, subscriber, heard } = await call();
    const before = played(subscriber);
    const element = subscriber.element?.querySelector('video');
    down.becomes('failed');
    await platform.pass(10_000);
    expect(server.sent('restartSubscribe').map(({ renew }) => renew)).toEqual([undefined, true]);
    server.renewsPeer();
    server.offers(...TRACKS);
    await settled();
    const renewed = platform.peerConnections[2];
    expect(down.closed).toBe(true);
    expect(played(subscriber)).toEqual(renewed?.transceivers.map(({ receiver }) => receiver.track));
    expect(played(subscriber)[0]).not.toBe(before[0]);
    expect(subscriber.element?.querySelector('video')).toBe(element);
    renewed?.becomes('connected');
    await platform.pass(1_000);
    expect(heard).toEqual([
      'sessionReconnecting',
      'subscriber disconnected',
      'sessionReconnected',
      'subscriber connected',
    ]);
  });

  it('takes what it sends with it when that ends in the middle', async () => {
    const { platform, up, publisher, session } = await call();
    up.becomes('failed');
    session.unpublish(publisher);
    await platform.pass(10_000);
    expect(platform.peerConnections[2]?.transceivers).toEqual([]);
  });

  it('costs its streams after a minute, and can be tried again', async () => {
    const joined = await call();
    const { platform, up, heard, session, server } = joined;
    const reported: string[] = [];
    exceptions.on('exception', (e) => reported.push(e.message));
    up.becomes('failed');
    await platform.pass(61_000, 1_000);
    expect(heard).toEqual([
      'sessionReconnecting',
      'publisher streamDestroyed',
      'sessionReconnected',
      'publisher destroyed',
    ]);
    expect(server.sent('unpublish')).toHaveLength(1);
    expect(reported).toHaveLength(1);
    expect(reported[0]).toContain('media port');
    exceptions.off();
    const again = session.publish.promise(newPublisher(platform));
    await settled();
    platform.peerConnections.at(-1)?.becomes('connected');
    await platform.pass(1_000);
    expect((await again).stream?.streamId).toBe('own-stream-2');
  });

  it('ends what was received after a minute, and can be tried again', async () => {
    const { platform, down, heard, session, server, stream } = await call();
    down.becomes('failed');
    await platform.pass(61_000, 1_000);
    expect(heard).toContain('subscriber destroyed');
    expect(server.sent('unsubscribe')).toHaveLength(1);
    const renewals = server.sent('restartSubscribe').length;
    const again = session.subscribe.promise(stream);
    await settled();
    expect(server.sent('restartSubscribe').at(-1)).toMatchObject({ renew: true });
    expect(server.sent('restartSubscribe')).toHaveLength(renewals + 1);
    server.renewsPeer();
    server.offers(
      { mid: '0', kind: 'audio', subscriptionId: 'subscription-2' },
      { mid: '1', kind: 'video', subscriptionId: 'subscription-2' },
    );
    await settled();
    platform.peerConnections.at(-1)?.becomes('connected');
    await platform.pass(1_000);
    await again;
  });
});

describe('a change of network', () => {
  it('restarts both ways without anybody noticing when media flows on', async () => {
    const { server, platform, up, heard } = await call();
    platform.changeNetwork();
    await platform.pass(2_000);
    expect(up.restarts).toBe(1);
    expect(server.sent('restartSubscribe')).toHaveLength(1);
    expect(heard).toEqual([]);
    await platform.pass(20_000, 1_000);
    expect(platform.peerConnections).toHaveLength(2);
  });

  it('is an interruption when media does not flow on', async () => {
    const { platform, up, heard } = await call();
    up.receives = false;
    platform.changeNetwork();
    await platform.pass(9_000);
    expect(heard).toEqual([]);
    await platform.pass(1_000);
    expect(heard).toEqual(['sessionReconnecting']);
    platform.peerConnections[2]?.becomes('connected');
    await platform.pass(1_000);
    expect(heard).toEqual(['sessionReconnecting', 'sessionReconnected']);
  });

  it('asks the server only for what there is', async () => {
    const { platform, server } = await joinSession();
    const changed = vi.fn();
    platform.networkChanges(changed);
    platform.changeNetwork();
    await settled();
    expect(changed).toHaveBeenCalledOnce();
    expect(server.types()).toEqual(['connect', 'ping']);
  });
});
