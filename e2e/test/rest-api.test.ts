import { createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Application } from '../src/application.js';
import { clientClaims, hs256, restClaims, rs256, strangersKey, unsigned } from '../src/jwt.js';
import { expectRefusal, rest } from '../src/rest.js';
import { SignallingSocket } from '../src/signalling-socket.js';
import { use, useServer } from '../src/suite.js';

const server = useServer('rest-api');

const stage = use(
  () => Promise.resolve({ application: Application.demoOf(server.current) }),
  () => Promise.resolve(),
);

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
