import { request, type IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { Application, type Invitation } from '../src/application.js';
import { eventually } from '../src/eventually.js';
import { restClaims, rs256 } from '../src/jwt.js';
import { expectRefusal, rest } from '../src/rest.js';
import { SignallingSocket, type Message } from '../src/signalling-socket.js';
import { useServer } from '../src/suite.js';

const NOBODY = '00000000-0000-4000-8000-000000000000';
const FORM = 'application/x-www-form-urlencoded';

const server = useServer('bad-input');

async function invitation(role = 'publisher'): Promise<Invitation> {
  const application = Application.demoOf(server.current);
  return application.invite(await application.createSession(), { role });
}

async function joined(role?: string): Promise<SignallingSocket> {
  return SignallingSocket.join(server.current.url, await invitation(role));
}

describe('A signalling socket', () => {
  it.each<[string, string | Uint8Array]>([
    ['bytes', new Uint8Array([1, 2, 3])],
    ['no JSON', '{"id": 1,'],
    ['nothing', ''],
    ['an array', '[1, "connect"]'],
    ['a number', '12'],
    ['null', 'null'],
    ['no id', '{"type": "ping"}'],
    ['an id that is no integer', '{"id": "one", "type": "ping"}'],
  ])('is closed with 4400 for %s', async (_, frame) => {
    const socket = await SignallingSocket.open(server.current.url);
    socket.raw(frame);
    expect((await socket.closed()).code).toBe(4400);
  });

  it('is not opened without the subprotocol', async () => {
    const response = await upgradeWithoutProtocol(`${server.current.url}/v1/signalling`);
    expect(response.statusCode).toBe(400);
  });

  it('is closed with 1009 for a message beyond the limit', async () => {
    const { sessionId, token } = await invitation();
    const socket = await SignallingSocket.open(server.current.url);
    const reply = await socket.request('connect', { sessionId, token });
    const { messageBytes } = reply.limits as { messageBytes: number };
    socket.raw(JSON.stringify({ id: 99, type: 'ping', filler: 'x'.repeat(messageBytes) }));
    expect((await socket.closed()).code).toBe(1009);
  });

  it.each<[string, Message]>([
    ['bad_request', { sessionId: 7 }],
    ['bad_request', { token: null }],
    ['authentication_failed', { token: '💥' }],
    ['bad_request', { client: 'x'.repeat(129) }],
  ])('answers %s when connect has %j', async (code, change) => {
    const { sessionId, token } = await invitation();
    const socket = await SignallingSocket.open(server.current.url);
    expect(await socket.refusal('connect', { sessionId, token, ...change })).toBe(code);
    socket.terminate();
  });

  it('is closed with 4404 for a session that nobody made', async () => {
    const { sessionId, token } = Application.demoOf(server.current).invite('1_MX4');
    const socket = await SignallingSocket.open(server.current.url);
    expect(await socket.refusal('connect', { sessionId, token })).toBe('session_not_found');
    expect((await socket.closed()).code).toBe(4404);
  });

  it('answers every request before connect with not_connected', async () => {
    const socket = await SignallingSocket.open(server.current.url);
    expect(await socket.refusal('publish', { hasAudio: true, hasVideo: true })).toBe(
      'not_connected',
    );
    socket.close();
  });

  it.each<[string, string, Message]>([
    ['unknown_type', 'dance', {}],
    ['unknown_type', '', {}],
    ['already_connected', 'connect', { sessionId: 'x', token: 'x' }],
    ['bad_request', 'publish', {}],
    ['bad_request', 'publish', { hasAudio: 'yes', hasVideo: true }],
    ['bad_request', 'publish', { hasAudio: true, hasVideo: true, name: 'x'.repeat(1_025) }],
    ['bad_request', 'publish', { hasAudio: true, hasVideo: true, name: { $ne: null } }],
    ['bad_request', 'publish', { hasAudio: true, hasVideo: true, videoType: 'hologram' }],
    [
      'bad_request',
      'publish',
      { hasAudio: true, hasVideo: true, videoDimensions: { width: -1, height: 1e9 } },
    ],
    ['bad_request', 'publishOffer', { sdp: 7, tracks: [] }],
    ['bad_request', 'publishOffer', { sdp: 'v=0', tracks: [{ mid: '0' }] }],
    ['invalid_sdp', 'publishOffer', { sdp: 'hello', tracks: [] }],
    ['invalid_sdp', 'publishOffer', { sdp: 'v=0\r\nm=audio\r\n', tracks: [] }],
    ['bad_request', 'subscribe', { streamId: '../../etc/passwd', audio: true, video: true }],
    ['stream_not_found', 'subscribe', { streamId: NOBODY, audio: true, video: true }],
    ['stream_not_found', 'unpublish', { streamId: NOBODY }],
    ['stream_not_found', 'updateStream', { streamId: NOBODY, hasAudio: false }],
    ['subscription_not_found', 'unsubscribe', { subscriptionId: NOBODY }],
    ['subscription_not_found', 'updateSubscription', { subscriptionId: NOBODY, audio: true }],
    ['stale_revision', 'subscribeAnswer', { revision: 1, sdp: 'v=0\r\n' }],
    ['bad_request', 'subscribeAnswer', { revision: 'first', sdp: 'v=0\r\n' }],
    ['signal_invalid_type', 'signal', { signalType: 'no blanks', data: 'x' }],
    ['signal_invalid_type', 'signal', { signalType: 'x'.repeat(129), data: 'x' }],
    ['signal_too_large', 'signal', { signalType: 'chat', data: 'x'.repeat(8_193) }],
    ['signal_too_large', 'signal', { signalType: 'chat', data: 'ü'.repeat(4_097) }],
    ['connection_not_found', 'signal', { data: 'x', to: NOBODY }],
    ['bad_request', 'signal', { data: { deep: true } }],
  ])('answers %s to %s %j and stays open', async (code, type, fields) => {
    const socket = await joined();
    expect(await socket.refusal(type, fields)).toBe(code);
    expect(await socket.request('ping')).not.toHaveProperty('error');
    socket.close();
  });

  it.each<[string, string, Message]>([
    ['subscriber', 'publish', { hasAudio: true, hasVideo: true }],
    ['publisheronly', 'subscribe', { streamId: NOBODY, audio: true, video: true }],
    ['publisheronly', 'signal', { data: 'x' }],
  ])('does not let a %s %s', async (role, type, fields) => {
    const socket = await joined(role);
    expect(await socket.refusal(type, fields)).toBe('permission_denied');
    socket.close();
  });

  it('survives nesting without end', async () => {
    const socket = await joined();
    socket.raw(`{"id": 50, "type": "ping", "x": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`);
    await eventually(
      'it answers or closes',
      () =>
        socket.closing ?? socket.received.find((message) => message.reply === 50) ?? 'no answer',
      (seen) => seen !== 'no answer',
    );
    expect((await fetch(`${server.current.url}/health`)).status).toBe(200);
    socket.terminate();
  });

  it('is slowed down and then closed with 4429 when it floods', async () => {
    const socket = await joined();
    for (let id = 1_000; id < 6_000 && !socket.closing; id++) {
      socket.raw(JSON.stringify({ id, type: 'ping' }));
    }
    expect((await socket.closed(10_000)).code).toBe(4429);
    expect(
      socket.received.some(
        (message) => (message.error as { code?: string } | undefined)?.code === 'rate_limited',
      ),
    ).toBe(true);
  });

  it('is closed with 4408 when it never connects', async () => {
    const socket = await SignallingSocket.open(server.current.url);
    expect((await socket.closed(13_000)).code).toBe(4408);
  });
});

describe('The REST API', () => {
  const path = (rest: string) => `/v2/project/${Application.demoOf(server.current).id}${rest}`;

  it.each<[string, string, number[]]>([
    ['archiveMode=always&p2p.preference=enabled', FORM, [400]],
    ['location=the+moon', FORM, [400]],
    ['archiveMode=sometimes', FORM, [400]],
    ['%%%=%zz&&&=', FORM, [200, 400]],
    ['{"p2p.preference": "enabled"', 'application/json', [200, 400, 415]],
  ])('answers %j to session/create clearly', async (text, type, statuses) => {
    const response = await asking('POST', '/session/create', { type, text });
    expect(statuses).toContain(response.status);
    if (response.status !== 200) await expectRefusal(response, statuses);
  });

  it('refuses a body without end', async () => {
    const text = `x=${'y'.repeat(5_000_000)}`;
    await expectRefusal(await asking('POST', '/session/create', { type: FORM, text }), [400, 413]);
  });

  it.each<[string, string, string | undefined, number[]]>([
    ['GET', '/session/nonsense/stream', undefined, [404, 400]],
    ['GET', '/session/..%2f..%2fetc/stream', undefined, [404, 400]],
    ['GET', `/session/1_MX4${'A'.repeat(4_000)}/stream`, undefined, [404, 400, 414]],
    ['POST', '/session/nonsense/signal', '{"type":"a","data":"b"}', [404, 400]],
    ['POST', '/session/{sid}/signal', '{"type":', [400]],
    ['POST', '/session/{sid}/signal', '["type"]', [400]],
    ['POST', '/session/{sid}/signal', '{"type":"no blanks","data":"x"}', [400]],
    ['POST', '/session/{sid}/signal', '{"type":{},"data":7}', [400]],
    ['POST', '/session/{sid}/signal', `{"type":"chat","data":"${'x'.repeat(8_193)}"}`, [413]],
    ['POST', '/session/{sid}/connection/nonsense/signal', '{"type":"a","data":"b"}', [404, 400]],
    ['GET', '/session/{sid}/stream/nonsense', undefined, [404, 400, 408]],
    ['GET', '/no/such/thing', undefined, [404]],
    ['DELETE', '/session/{sid}/stream', undefined, [404, 405]],
  ])('answers %s %s clearly', async (method, suffix, text, statuses) => {
    const sessionId = await Application.demoOf(server.current).createSession();
    const response = await asking(
      method,
      path(suffix.replace('{sid}', sessionId)),
      text === undefined ? undefined : { type: 'application/json', text },
    );
    await expectRefusal(response, statuses);
  });

  it('answers a path that nobody knows, without a token, with 404 as JSON', async () => {
    await expectRefusal(
      await rest(server.current.url, 'GET', '/v2/nothing', undefined),
      [401, 403, 404],
    );
  });
});

function asking(method: string, path: string, body?: { type: string; text: string }) {
  const application = Application.demoOf(server.current);
  const token = rs256(restClaims(application.id), application.privateKey);
  return rest(server.current.url, method, path, token, body);
}

function upgradeWithoutProtocol(url: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(url, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': Buffer.alloc(16, 1).toString('base64'),
      },
    })
      .on('response', (response) => {
        response.resume();
        resolve(response);
      })
      .on('upgrade', (_, socket) => {
        socket.destroy();
        reject(new Error('the server upgraded a socket without a subprotocol'));
      })
      .on('error', reject)
      .end();
  });
}
