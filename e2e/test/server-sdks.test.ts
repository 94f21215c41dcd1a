import { ArchiveMode, MediaMode, Video } from '@vonage/video';
import { describe, expect, it } from 'vitest';
import { Application, type Invitation } from '../src/application.js';
import { ApplicationServer } from '../src/application-server.js';
import { Chromium } from '../src/chromium.js';
import { JavaSdkRuntime } from '../src/java-sdk.js';
import { strangersKey } from '../src/jwt.js';
import { nodeSdk } from '../src/node-sdk.js';
import { Participant } from '../src/participant.js';
import type {
  Credentials,
  SdkRuntime,
  ServerSdk,
  SessionRequest,
  TokenRequest,
} from '../src/server-sdk.js';
import { SignallingSocket, type Message } from '../src/signalling-socket.js';
import { use, useServer } from '../src/suite.js';

type SessionOptions = Parameters<Video['createSession']>[0];

const SESSION_ID = /^[12]_[A-Za-z0-9_-]+$/;
const NOBODY = '00000000-0000-4000-8000-000000000000';
const UNKNOWN_APPLICATION = '11111111-2222-4333-8444-555555555555';

const server = useServer('server-sdks');

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

/** What the server tells a client that joins with this token. */
async function joined(invitation: Omit<Invitation, 'applicationId'>): Promise<Message> {
  const socket = await SignallingSocket.open(server.current.url);
  const { sessionId, token } = invitation;
  const reply = await socket.request('connect', { sessionId, token });
  socket.close();
  return reply;
}

function credentials(changes: Partial<Credentials> = {}): Credentials {
  const { id, privateKey, url } = stage.current.application;
  return { applicationId: id, privateKey, url, ...changes };
}

function expectSessionId(sessionId: string): void {
  expect(sessionId).toMatch(SESSION_ID);
  // Client libraries read the application's id out of the session's.
  const decoded = Buffer.from(sessionId.slice(2), 'base64url').toString('latin1');
  expect(decoded.split('~')[1]).toBe(stage.current.application.id);
}

describe.each<[string, () => SdkRuntime]>([
  ['Node', () => nodeSdk],
  ['Java', () => new JavaSdkRuntime()],
])('The official SDK for %s', (_, start) => {
  const runtime = use(
    () => Promise.resolve(start()),
    (running) => running.stop(),
  );
  const sdk = (changes?: Partial<Credentials>): ServerSdk =>
    runtime.current.as(credentials(changes));

  it.each<[string, SessionRequest | undefined, string]>([
    ['no options', undefined, 'routed'],
    ['MediaMode.ROUTED', { mediaMode: MediaMode.ROUTED }, 'routed'],
    ['MediaMode.RELAYED', { mediaMode: MediaMode.RELAYED }, 'relayed'],
    [
      'everything',
      {
        mediaMode: MediaMode.ROUTED,
        archiveMode: ArchiveMode.ALWAYS,
        location: '10.1.2.3',
        e2ee: false,
      },
      'routed',
    ],
  ])('creates a session with %s', async (_options, request, mediaMode) => {
    const sessionId = await sdk().createSession(request);
    expectSessionId(sessionId);
    const token = await sdk().clientToken(sessionId);
    expect(await joined({ sessionId, token })).toMatchObject({
      session: { id: sessionId, mediaMode },
    });
  });

  it('reaches a server address with a trailing slash', async () => {
    const withSlash = sdk({ url: `${server.current.url}/` });
    expectSessionId(await withSlash.createSession());
  });

  it.each<[NonNullable<TokenRequest['role']>, Record<string, boolean>]>([
    ['subscriber', { publish: false, subscribe: true, signal: true, forceMute: false }],
    ['publisher', { publish: true, subscribe: true, signal: true, forceMute: false }],
    ['publisheronly', { publish: true, subscribe: false, signal: false, forceMute: false }],
    ['moderator', { publish: true, subscribe: true, signal: true, forceMute: true }],
  ])('mints a token of the role %s', async (role, capabilities) => {
    const sessionId = await sdk().createSession();
    const data = 'name=Günther';
    const token = await sdk().clientToken(sessionId, { role, data, lifetimeSeconds: 600 });
    expect(await joined({ sessionId, token })).toMatchObject({
      connection: { data },
      capabilities,
    });
  });

  it('lists streams and signals to all and to one', async () => {
    const { application, site, browser } = stage.current;
    const sessionId = await sdk().createSession();
    expect(await sdk().streams(sessionId)).toEqual([]);
    const ada = await Participant.open('Ada', browser, site);
    const layoutClasses = ['full', 'focus'];
    const token = await sdk().clientToken(sessionId, { layoutClasses });
    const streamId = await ada.join({ applicationId: application.id, sessionId, token });
    const stream = {
      id: streamId,
      videoType: 'camera',
      name: 'Ada',
      layoutClassList: layoutClasses,
    };
    expect(await sdk().streams(sessionId)).toEqual([stream]);
    expect(await sdk().stream(sessionId, streamId)).toEqual(stream);

    await sdk().signal(sessionId, { type: 'chat', data: 'to all: 世界' });
    await ada.hears('signal:chat', { data: 'to all: 世界', from: null });
    const own = await ada.hears('connectionCreated', {});
    const connectionId = String(own.detail.connectionId);
    await sdk().signal(sessionId, { type: 'chat', data: 'to one', connectionId });
    await ada.hears('signal:chat', { data: 'to one', from: null });
    await ada.close();
  });

  it('is told that a stream or a connection is not there', async () => {
    const sessionId = await sdk().createSession();
    await expect(sdk().stream(sessionId, NOBODY)).rejects.toMatchObject({ status: 404 });
    const signal = { type: 'chat', data: 'hi', connectionId: NOBODY };
    await expect(sdk().signal(sessionId, signal)).rejects.toMatchObject({ status: 404 });
  });

  it('is told that a signal is not one', async () => {
    const sessionId = await sdk().createSession();
    await expect(sdk().signal(sessionId, { type: 'no spaces', data: 'hi' })).rejects.toMatchObject({
      status: 400,
    });
  });

  it('is refused with a key that is not the application’s', async () => {
    const stranger = sdk({ privateKey: strangersKey() });
    await expect(stranger.createSession()).rejects.toMatchObject({ status: 403 });
  });

  it('is refused as an application that the server does not know', async () => {
    const unknown = sdk({ applicationId: UNKNOWN_APPLICATION });
    await expect(unknown.createSession()).rejects.toMatchObject({ status: 403 });
  });
});

/** What callers really pass, which the SDK's types do not all allow. */
function literally(options: Readonly<Record<string, unknown>>): SessionOptions {
  return options;
}

describe('The official Node SDK alone', () => {
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
    expectSessionId(session.sessionId);
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
    expect(await joined(application.invite(sessionId))).toMatchObject({
      session: { mediaMode },
    });
  });
});

describe('The official Java SDK alone', () => {
  const runtime = use(
    () => Promise.resolve(new JavaSdkRuntime()),
    (running) => running.stop(),
  );

  it('reads everything that it looks for in the answer to a new session', async () => {
    const session = await runtime.current.as(credentials()).session();
    expect(session).toMatchObject({ applicationId: stage.current.application.id });
    expect(Date.parse(session.createdAt)).toBeGreaterThan(Date.now() - 60_000);
  });

  // The Node SDK sends nothing of e2ee.
  it('creates an end-to-end encrypted session, and is refused one that is relayed', async () => {
    const sdk = runtime.current.as(credentials());
    expectSessionId(await sdk.createSession({ mediaMode: MediaMode.ROUTED, e2ee: true }));
    await expect(
      sdk.createSession({ mediaMode: MediaMode.RELAYED, e2ee: true }),
    ).rejects.toMatchObject({ status: 400 });
  });
});
