import { describe, expect, it, vi } from 'vitest';
import { OTError } from '../src/errors.js';
import { exceptions } from '../src/exceptions.js';
import { joinSession, newSession } from './fakes/joined.js';
import { FakePlatform, settled } from './fakes/platform.js';
import { streamMessage, welcome } from './fakes/server.js';

const other = { id: 'other', createdAt: 500, data: '{"name":"Ada"}' };

describe('joining a session', () => {
  it('sends the token and knows itself once connected', async () => {
    const { session, server } = await joinSession();
    expect(server.url).toBe('wss://video.example.com/v1/signalling');
    expect(server.sent('connect')[0]).toMatchObject({ sessionId: 'session-1', token: 'token' });
    expect(session.isConnected()).toBe(true);
    expect(session.connection).toMatchObject({ connectionId: 'me', id: 'me', data: 'my data' });
    expect(session.capabilities).toEqual({
      publish: 1,
      subscribe: 1,
      forceDisconnect: 0,
      forceUnpublish: 0,
      forceMute: 0,
    });
  });

  it('tells of itself and of who and what is there already, in this order', async () => {
    const platform = new FakePlatform();
    const session = newSession(platform);
    const heard: string[] = [];
    session.on({
      sessionConnected: () => heard.push('sessionConnected'),
      connectionCreated: (e) => heard.push(`connectionCreated ${e.connection.id}`),
      streamCreated: (e) => heard.push(`streamCreated ${e.stream.id} of ${e.stream.connection.id}`),
    });
    const joined = session.connect.promise('token');
    await Promise.resolve();
    await Promise.resolve();
    platform.server.responders.set('connect', () =>
      welcome({ connections: [other], streams: [streamMessage('stream-1')] }),
    );
    await joined;
    await settled();
    expect(heard).toEqual([
      'sessionConnected',
      'connectionCreated me',
      'connectionCreated other',
      'streamCreated stream-1 of other',
    ]);
  });

  it('tells how the media of a relayed session really travels', async () => {
    const platform = new FakePlatform();
    const session = newSession(platform);
    const heard: string[] = [];
    session.on('sessionConnected', (e) => heard.push(e.mediaMode, e.mediaPath));
    const joined = session.connect.promise('token');
    await Promise.resolve();
    await Promise.resolve();
    platform.server.responders.set('connect', () =>
      welcome({
        session: { ...welcome().session, mediaMode: 'relayed', mediaPath: 'router' },
      }),
    );
    await joined;
    await settled();
    expect(heard).toEqual(['relayed', 'router']);
  });

  it('returns the session for chaining and calls back without an error', async () => {
    const platform = new FakePlatform();
    const session = newSession(platform);
    const error = await new Promise((resolve) => {
      expect(session.on('signal', () => 0).connect('token', resolve)).toBe(session);
    });
    expect(error).toBeUndefined();
  });

  it('joins once when asked twice', async () => {
    const platform = new FakePlatform();
    const session = newSession(platform);
    await Promise.all([session.connect.promise('token'), session.connect.promise('token')]);
    await session.connect.promise('token');
    expect(platform.servers).toHaveLength(1);
  });

  it.each([
    ['authentication_failed', 'OT_AUTHENTICATION_ERROR', 1004],
    ['session_not_found', 'OT_INVALID_SESSION_ID', 1005],
    ['connection_limit', 'OT_CONNECTION_LIMIT_EXCEEDED', 1007],
    ['internal', 'OT_UNEXPECTED_ERROR_CODE', 2000],
  ])('turns the refusal %s into %s', async (code, name, number) => {
    const platform = new FakePlatform();
    const session = newSession(platform);
    const exception = vi.fn();
    exceptions.once('exception', exception);
    platform.socketOpens = false;
    const failed = new Promise<OTError | undefined>((resolve) => session.connect('token', resolve));
    await settled();
    platform.server.refuses('connect', code, 'the reason');
    platform.server.opens();
    const error = await failed;
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name, code: number, message: 'the reason' });
    expect(session.connection).toBeUndefined();
    await settled();
    expect(exception.mock.calls[0]?.[0]).toMatchObject({ code: number, target: session });
  });

  it('can be tried again after it failed', async () => {
    const platform = new FakePlatform();
    const session = newSession(platform);
    platform.socketOpens = false;
    const failed = session.connect.promise('token');
    await settled();
    platform.server.drops();
    await expect(failed).rejects.toMatchObject({ name: 'OT_CONNECT_FAILED', code: 1006 });
    platform.socketOpens = true;
    await session.connect.promise('token');
    expect(session.isConnected()).toBe(true);
  });

  it.each([
    ['', 'session-1', 'OT_AUTHENTICATION_ERROR'],
    ['token', '', 'OT_INVALID_SESSION_ID'],
  ])('needs a token and a session id (%j, %j)', async (token, sessionId, name) => {
    const { Session } = await import('../src/session/session.js');
    const session = new Session(new FakePlatform(), 'app', sessionId, {});
    await expect(session.connect.promise(token)).rejects.toMatchObject({ name });
  });

  it('leaves again when disconnect came before the reply', async () => {
    const platform = new FakePlatform();
    const session = newSession(platform);
    const joining = session.connect.promise('token');
    await session.disconnect();
    await expect(joining).rejects.toMatchObject({ name: 'OT_DISCONNECTED' });
    expect(platform.server.types()).toEqual(['connect', 'disconnect']);
    expect(session.isConnected()).toBe(false);
  });
});

describe('a joined session', () => {
  it('keeps the identity of streams and connections and follows their properties', async () => {
    const { session, server } = await joinSession({ connections: [other] });
    const streams: unknown[] = [];
    const changes: unknown[] = [];
    session.on('streamCreated streamPropertyChanged streamDestroyed', (e) => {
      streams.push(Reflect.get(e, 'stream'));
    });
    session.on('streamPropertyChanged', (e) => {
      changes.push([e.changedProperty, e.oldValue, e.newValue, e.stream.hasVideo]);
    });
    server.event('streamCreated', { stream: streamMessage('stream-1') });
    server.event('streamPropertyChanged', {
      streamId: 'stream-1',
      property: 'hasVideo',
      oldValue: true,
      newValue: false,
    });
    server.event('streamPropertyChanged', {
      streamId: 'stream-1',
      property: 'videoDimensions',
      newValue: { width: 320, height: 240 },
    });
    server.event('streamDestroyed', { streamId: 'stream-1', reason: 'clientDisconnected' });
    await settled();
    expect(streams).toHaveLength(4);
    expect(new Set(streams).size).toBe(1);
    expect(streams[0]).toMatchObject({
      id: 'stream-1',
      streamId: 'stream-1',
      name: 'Ada',
      videoDimensions: { width: 320, height: 240 },
      connection: { connectionId: 'other', data: '{"name":"Ada"}' },
    });
    expect(changes).toEqual([
      ['hasVideo', true, false, false],
      ['videoDimensions', { width: 640, height: 480 }, { width: 320, height: 240 }, false],
    ]);
  });

  it('tells who comes and goes, unless that was switched off', async () => {
    for (const connectionEventsSuppressed of [false, true]) {
      const { session, server } = await joinSession({}, { connectionEventsSuppressed });
      const heard: string[] = [];
      session.on('connectionCreated', (e) => heard.push(e.connection.id));
      session.on('connectionDestroyed', (e) => heard.push(`${e.connection.id} ${e.reason}`));
      server.event('connectionCreated', { connection: other });
      server.event('connectionDestroyed', { connectionId: 'other', reason: 'networkDisconnected' });
      await settled();
      expect(heard).toEqual(
        connectionEventsSuppressed ? [] : ['other', 'other networkDisconnected'],
      );
    }
  });

  it('dispatches a signal under both names with the full type', async () => {
    const { session, server } = await joinSession({ connections: [other] });
    const heard: unknown[] = [];
    session.on('signal', (e) => heard.push(['signal', e.type, e.data, e.from?.connectionId]));
    session.on('signal:chat', (e) => heard.push(['signal:chat', e.type, e.data, e.from?.data]));
    server.event('signal', { signalType: 'chat', data: 'hi', from: 'other' });
    server.event('signal', { data: 'of the server', from: null });
    await settled();
    expect(heard).toEqual([
      ['signal', 'signal:chat', 'hi', 'other'],
      ['signal:chat', 'signal:chat', 'hi', '{"name":"Ada"}'],
      ['signal', 'signal', 'of the server', undefined],
    ]);
  });

  it('sends signals to everyone or to one', async () => {
    const { session, server } = await joinSession({ connections: [other] });
    await session.signal({ type: 'chat', data: 'hi' });
    await new Promise((resolve) => {
      void session.signal({ to: { connectionId: 'other' } }, resolve);
    });
    expect(server.sent('signal')).toEqual([
      { id: 2, type: 'signal', signalType: 'chat', data: 'hi' },
      { id: 3, type: 'signal', to: 'other' },
    ]);
  });

  it.each([
    ['with a space in its type', { type: 'no spaces' }, 400],
    ['with a long type', { type: 'x'.repeat(129) }, 413],
    ['with too many bytes', { data: 'ä'.repeat(4097) }, 413],
    ['with a number for data', { data: 5 as unknown as string }, 400],
    ['to nobody', { to: {} as { connectionId: string } }, 400],
  ])('refuses a signal %s', async (_, signal, code) => {
    const { session, server } = await joinSession();
    await expect(session.signal(signal)).rejects.toMatchObject({ code, signal });
    expect(server.sent('signal')).toEqual([]);
  });

  it('explains a signal that the server refused', async () => {
    const { session, server } = await joinSession();
    server.refuses('signal', 'connection_not_found', 'gone');
    const signal = { to: { connectionId: 'gone' } };
    await expect(session.signal(signal)).rejects.toMatchObject({ code: 404, signal });
    await session.disconnect();
    await expect(session.signal(signal)).rejects.toMatchObject({
      name: 'OT_NOT_CONNECTED',
      code: 500,
    });
  });

  it.each([
    ['disconnect()', 'clientDisconnected'],
    ['the socket going', 'networkDisconnected'],
    ['the server', 'forceDisconnected'],
    ['the page going', 'clientDisconnected'],
  ])('ends by %s with reason %s', async (cause, reason) => {
    const { session, server } = await joinSession();
    const reasons: string[] = [];
    session.on('sessionDisconnected', (e) => reasons.push(e.reason));
    if (cause === 'disconnect()') await session.disconnect();
    else if (cause === 'the socket going') server.drops(4413);
    else if (cause === 'the server') server.event('disconnected', { reason });
    else window.dispatchEvent(new Event('pagehide'));
    await settled();
    expect(reasons).toEqual([reason]);
    expect(session.connection).toBeUndefined();
    expect(session.capabilities).toBeUndefined();
    expect(session.isConnected()).toBe(false);
    await session.disconnect();
    await settled();
    expect(reasons).toHaveLength(1);
  });

  it('can be joined again after leaving', async () => {
    const { session, platform } = await joinSession();
    await session.disconnect();
    expect([session.isConnected(), session.connected, session.currentState]).toEqual([
      false,
      false,
      'disconnected',
    ]);
    const joining = session.connect.promise('token');
    expect(session.is('connecting', 'reconnecting')).toBe(true);
    await joining;
    expect(platform.servers).toHaveLength(2);
    expect([session.isConnected(), session.connected, session.currentState]).toEqual([
      true,
      true,
      'connected',
    ]);
  });
});
