import { createPublicKey } from 'node:crypto';
import { ArchiveMode, MediaMode, Video } from '@vonage/video';
import { describe, expect, it } from 'vitest';
import { Application } from '../src/application.js';
import { ApplicationServer } from '../src/application-server.js';
import { Chromium } from '../src/chromium.js';
import { clientClaims, hs256, restClaims, rs256, strangersKey, unsigned } from '../src/jwt.js';
import { Participant } from '../src/participant.js';
import { expectRefusal, rest } from '../src/rest.js';
import { SignallingSocket } from '../src/signalling-socket.js';
import { use, useServer } from '../src/suite.js';

type SessionOptions = Parameters<Video['createSession']>[0];

const SESSION_ID = /^[12]_[A-Za-z0-9_-]+$/;

const server = useServer('node-sdk');

const stage = use(
  async () => {
    const site = await ApplicationServer.start(server.current.url);
    return {
      application: Application.demoOf(server.current),
      site,
      browser: await Chromium.launch(),
    };
  },
  async ({ site, browser }) => {
    await browser.close();
    await site.stop();
  },
);

/** What callers really pass, which the SDK's types do not all allow. */
function literally(options: Readonly<Record<string, unknown>>): SessionOptions {
  return options;
}

describe('The official Node SDK', () => {
  // The forms and results that were recorded against the original.
  it.each<[string, SessionOptions, Record<string, unknown>]>([
    ['no options', undefined, { archiveMode: 'manual', mediaMode: 'disabled' }],
    [
      'MediaMode.ROUTED',
      { mediaMode: MediaMode.ROUTED },
      { archiveMode: 'manual', mediaMode: 'disabled' },
    ],
    [
      'MediaMode.RELAYED',
      { mediaMode: MediaMode.RELAYED },
      { archiveMode: 'manual', mediaMode: 'enabled' },
    ],
    [
      "'routed'",
      literally({ mediaMode: 'routed' }),
      { archiveMode: 'manual', mediaMode: 'routed' },
    ],
    [
      "'relayed'",
      literally({ mediaMode: 'relayed' }),
      { archiveMode: 'manual', mediaMode: 'relayed' },
    ],
    [
      'everything',
      literally({
        archiveMode: ArchiveMode.ALWAYS,
        location: '10.1.2.3',
        e2ee: true,
        archiveName: 'x',
        archiveResolution: '1280x720',
      }),
      { archiveMode: 'always', mediaMode: 'disabled', location: '10.1.2.3' },
    ],
    ["''", literally({ mediaMode: '' }), { mediaMode: '' }],
    ["'ROUTED'", literally({ mediaMode: 'ROUTED' }), { mediaMode: 'ROUTED' }],
    ['null', literally({ mediaMode: null }), { mediaMode: 'disabled' }],
  ])('creates a session with %s', async (_, options, recorded) => {
    const { application } = stage.current;
    const session = await application.video.createSession(options);
    expect(session).toMatchObject({ location: null, ...recorded });
    expect(session.sessionId).toMatch(SESSION_ID);
    // Client libraries read the application's id out of the session's.
    const decoded = Buffer.from(session.sessionId.slice(2), 'base64url').toString('latin1');
    expect(decoded.split('~')[1]).toBe(application.id);
  });

  it.each([
    ['disabled', 'routed'],
    ['enabled', 'relayed'],
    ['routed', 'routed'],
    ['relayed', 'relayed'],
    ['always', 'relayed'],
    ['RELAYED', 'relayed'],
    ['', 'routed'],
  ])('gets for p2p.preference %j a session that is %s', async (preference, mediaMode) => {
    const { application } = stage.current;
    const { sessionId } = await application.video.createSession(
      literally({ mediaMode: preference }),
    );
    const socket = await SignallingSocket.open(server.current.url);
    const { token } = application.invite(sessionId);
    expect(await socket.request('connect', { sessionId, token })).toMatchObject({
      session: { mediaMode },
    });
    socket.close();
  });

  it('reaches a server address with a trailing slash', async () => {
    const { application } = stage.current;
    const video = new Video(
      { applicationId: application.id, privateKey: application.privateKey },
      { videoHost: `${application.url}/` },
    );
    expect((await video.createSession()).sessionId).toMatch(SESSION_ID);
  });

  it.each([
    ['subscriber', { publish: false, subscribe: true, signal: true, forceMute: false }],
    ['publisher', { publish: true, subscribe: true, signal: true, forceMute: false }],
    ['publisheronly', { publish: true, subscribe: false, signal: false, forceMute: false }],
    ['moderator', { publish: true, subscribe: true, signal: true, forceMute: true }],
  ])('mints a token of the role %s', async (role, capabilities) => {
    const { application } = stage.current;
    const sessionId = await application.createSession();
    const { token } = application.invite(sessionId, { role, data: 'name=bob' });
    const socket = await SignallingSocket.open(server.current.url);
    expect(await socket.request('connect', { sessionId, token })).toMatchObject({
      connection: { data: 'name=bob' },
      capabilities,
    });
    socket.close();
  });

  it('lists streams and signals to all and to one', async () => {
    const { application, site, browser } = stage.current;
    const sessionId = await application.createSession();
    const ada = await Participant.open('Ada', browser, site);
    const streamId = await ada.join(
      application.invite(sessionId, { initialLayoutClassList: ['full', 'focus'] }),
    );
    const stream = {
      id: streamId,
      videoType: 'camera',
      name: 'Ada',
      layoutClassList: ['full', 'focus'],
    };
    expect(await application.video.getStreamInfo(sessionId)).toMatchObject({
      count: 1,
      items: [stream],
    });
    expect(await application.video.getStreamInfo(sessionId, streamId)).toMatchObject(stream);

    await application.video.sendSignal({ type: 'chat', data: 'to all' }, sessionId);
    await ada.hears('signal:chat', { data: 'to all', from: null });
    const own = await ada.hears('connectionCreated', {});
    await application.video.sendSignal(
      { type: 'chat', data: 'to one' },
      sessionId,
      String(own.detail.connectionId),
    );
    await ada.hears('signal:chat', { data: 'to one', from: null });
    await ada.close();
  });

  it('is told that a stream or a connection is not there', async () => {
    const { application } = stage.current;
    const sessionId = await application.createSession();
    const nobody = '00000000-0000-4000-8000-000000000000';
    await expect(application.video.getStreamInfo(sessionId, nobody)).rejects.toMatchObject({
      response: { status: 404 },
    });
    await expect(
      application.video.sendSignal({ type: 'chat', data: 'hi' }, sessionId, nobody),
    ).rejects.toMatchObject({ response: { status: 404 } });
  });

  it('is refused with a key that is not the application’s', async () => {
    const { application } = stage.current;
    const stranger = new Application(application.url, {
      id: application.id,
      privateKey: strangersKey(),
    });
    await expect(stranger.createSession()).rejects.toMatchObject({ response: { status: 403 } });
  });

  it('is refused as an application that the server does not know', async () => {
    const { application } = stage.current;
    const unknown = new Application(application.url, {
      id: '11111111-2222-4333-8444-555555555555',
      privateKey: application.privateKey,
    });
    await expect(unknown.createSession()).rejects.toMatchObject({ response: { status: 403 } });
  });
});

describe('The REST API', () => {
  const now = Math.floor(Date.now() / 1000);

  it.each<[string, (application: Application) => string | undefined]>([
    ['no token', () => undefined],
    ['no JWT', () => 'nonsense'],
    ['three empty parts', () => '..'],
    ['a token without signature', ({ id }) => unsigned(restClaims(id))],
    [
      'an HMAC with the public key',
      ({ id, privateKey }) => hs256(restClaims(id), publicKeyOf(privateKey)),
    ],
    [
      'an expired token',
      ({ id, privateKey }) =>
        rs256(restClaims(id, { iat: now - 4_000, exp: now - 3_000 }), privateKey),
    ],
    [
      'an old token that never expires',
      ({ id, privateKey }) =>
        rs256(restClaims(id, { iat: now - 3_600, exp: undefined }), privateKey),
    ],
    [
      'a token from the future',
      ({ id, privateKey }) =>
        rs256(restClaims(id, { iat: now + 3_600, exp: now + 7_200 }), privateKey),
    ],
    [
      'a token of another application',
      ({ privateKey }) => rs256(restClaims('11111111-2222-4333-8444-555555555555'), privateKey),
    ],
    [
      'a token of no application',
      ({ privateKey }) => rs256(restClaims('', { application_id: undefined }), privateKey),
    ],
    ['a client’s token', ({ id, privateKey }) => rs256(clientClaims(id, '1_MX4'), privateKey)],
    ['another key', ({ id }) => rs256(restClaims(id), strangersKey())],
  ])('refuses %s', async (_, mint) => {
    const { application } = stage.current;
    const response = await rest(application.url, 'POST', '/session/create', mint(application));
    await expectRefusal(response, [401, 403]);
  });

  it('refuses a path of another application, and hides its sessions', async () => {
    const { application } = stage.current;
    const sessionId = await application.createSession();
    const token = rs256(restClaims(application.id), application.privateKey);
    const other = '11111111-2222-4333-8444-555555555555';
    await expectRefusal(
      await rest(application.url, 'GET', `/v2/project/${other}/session/${sessionId}/stream`, token),
      [403],
    );
    const foreign = `1_${Buffer.from(`1~${other}~~1700000000000~abcdefghijklmnopqrstuvwx~~~`).toString('base64url')}`;
    await expectRefusal(
      await rest(
        application.url,
        'GET',
        `/v2/project/${application.id}/session/${foreign}/stream`,
        token,
      ),
      [404],
    );
  });
});

describe('A client’s token', () => {
  const now = Math.floor(Date.now() / 1000);

  it.each<[string, (application: Application, sessionId: string) => string]>([
    ['nonsense', () => 'nonsense'],
    ['without signature', ({ id }, sessionId) => unsigned(clientClaims(id, sessionId))],
    [
      'signed with the public key',
      ({ id, privateKey }, sessionId) =>
        hs256(clientClaims(id, sessionId), publicKeyOf(privateKey)),
    ],
    [
      'signed by a stranger',
      ({ id }, sessionId) => rs256(clientClaims(id, sessionId), strangersKey()),
    ],
    [
      'expired',
      ({ id, privateKey }, sessionId) =>
        rs256(clientClaims(id, sessionId, { iat: now - 4_000, exp: now - 3_000 }), privateKey),
    ],
    ['of another session', ({ id, privateKey }) => rs256(clientClaims(id, '1_MX4'), privateKey)],
    [
      'of another application',
      ({ privateKey }, sessionId) =>
        rs256(clientClaims('11111111-2222-4333-8444-555555555555', sessionId), privateKey),
    ],
    [
      'of a role that does not exist',
      ({ id, privateKey }, sessionId) =>
        rs256(clientClaims(id, sessionId, { role: 'god' }), privateKey),
    ],
    ['made for the REST API', ({ id, privateKey }) => rs256(restClaims(id), privateKey)],
  ])('is refused when it is %s', async (_, mint) => {
    const { application } = stage.current;
    const sessionId = await application.createSession();
    const socket = await SignallingSocket.open(application.url);
    const token = mint(application, sessionId);
    expect(await socket.refusal('connect', { sessionId, token })).toBe('authentication_failed');
    expect((await socket.closed()).code).toBe(4401);
  });
});

function publicKeyOf(privateKey: string): string {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
}
