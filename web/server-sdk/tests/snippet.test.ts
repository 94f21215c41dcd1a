import { createVerify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { run } from './childProgram.js';
import { rsaKeys } from './keys.js';
import { LoggingServer, SESSION_ID } from './loggingServer.js';

const APPLICATION_ID = '9a4cfd5e-7e3f-4b53-9d0c-6a6d1f7a8b21';
const { privateKey: keyText, publicKey } = rsaKeys();

const SETTINGS = `
const applicationId = process.env.APPLICATION_ID;
const privateKey = process.env.PRIVATE_KEY;
const baseUrl = process.env.BASE_URL;`;

// The quick start as people paste it, but for the package's name.
const SNIPPET = `
const videoClient = new Video({ applicationId, privateKey, baseUrl });
const session = await videoClient.createSession({ mediaMode: "routed" });
console.log(session.sessionId);`;

const inCommonJs = (program: string): string =>
  `const { Video, MediaMode } = require('@sluice/video');${SETTINGS}\n(async () => {${program}\n})();`;
const inModule = (program: string): string =>
  `import { Video, MediaMode } from '@sluice/video';${SETTINGS}\n${program}`;
const KINDS = [
  ['commonjs', inCommonJs],
  ['module', inModule],
] as const;

let server: LoggingServer;
let folder: string;
let keyPath: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-sdk-'));
  keyPath = join(folder, 'private.key');
  writeFileSync(keyPath, keyText);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  server = await LoggingServer.start();
});
afterEach(async () => {
  await server.stop();
});

function settings(privateKey: string, baseUrl: string): Record<string, string> {
  return { APPLICATION_ID, PRIVATE_KEY: privateKey, BASE_URL: baseUrl };
}

function verifiedClaims(jwt: string): unknown {
  const [head = '', body = '', signature = ''] = jwt.split('.');
  const verified = createVerify('RSA-SHA256')
    .update(`${head}.${body}`)
    .verify(publicKey, signature, 'base64url');
  expect(verified).toBe(true);
  return JSON.parse(Buffer.from(body, 'base64url').toString());
}

describe.each(KINDS)('in %s', (kind, program) => {
  test.each(['text', 'path'])(
    'the quick start makes a session on the named server with the key as %s',
    async (given) => {
      const key = given === 'text' ? keyText : keyPath;

      const outcome = await run(kind, program(SNIPPET), settings(key, server.origin));

      expect(outcome).toMatchObject({ exitCode: 0, stdout: `${SESSION_ID}\n`, stderr: '' });
      expect(new Set(outcome.hosts)).toEqual(new Set(['127.0.0.1']));
      expect(server.requests.map((it) => it.line)).toEqual(['POST /session/create']);
      const [request] = server.requests;
      expect(request?.body).toBe('archiveMode=manual&location=null&p2p.preference=routed');
      const bearer = request?.headers.authorization?.replace('Bearer ', '') ?? '';
      expect(verifiedClaims(bearer)).toMatchObject({ application_id: APPLICATION_ID });
    },
  );

  test('the rest of the official API calls the named server too, below its path prefix', async () => {
    const outcome = await run(
      kind,
      program(`
const client = new Video({ applicationId, privateKey, baseUrl });
await client.createSession({ mediaMode: 'relayed' });
await client.createSession({ mediaMode: MediaMode.RELAYED });
await client.sendSignal({ type: 'chat', data: 'hi' }, 'S1');
const streams = await client.getStreamInfo('S1');
const token = client.generateClientToken('S1', { role: 'moderator', data: 'name=Ada' });
console.log(JSON.stringify({ streams, token }));`),
      settings(keyText, `${server.origin}/video/`),
    );

    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
    expect(new Set(outcome.hosts)).toEqual(new Set(['127.0.0.1']));
    expect(server.requests.map((it) => `${it.line} ${it.body}`)).toEqual([
      'POST /video/session/create archiveMode=manual&location=null&p2p.preference=relayed',
      'POST /video/session/create archiveMode=manual&location=null&p2p.preference=enabled',
      `POST /video/v2/project/${APPLICATION_ID}/session/S1/signal {"type":"chat","data":"hi"}`,
      `GET /video/v2/project/${APPLICATION_ID}/session/S1/stream `,
    ]);
    const printed = JSON.parse(outcome.stdout) as { streams: unknown; token: string };
    expect(printed.streams).toMatchObject({ count: 1, items: [{ id: 's1', name: 'Ada' }] });
    expect(verifiedClaims(printed.token)).toMatchObject({
      scope: 'session.connect',
      session_id: 'S1',
      role: 'moderator',
      connection_data: 'name=Ada',
      application_id: APPLICATION_ID,
    });
  });

  test('the client is an official client, and everything else the official package exports is there', async () => {
    const official =
      kind === 'module'
        ? `const official = await import('@vonage/video'), ours = await import('@sluice/video');`
        : `const official = require('@vonage/video'), ours = require('@sluice/video');`;
    const outcome = await run(
      kind,
      program(`${official}
const isOfficial = new Video({ applicationId, privateKey, baseUrl }) instanceof official.Video;
const differing = Object.keys(official).filter((name) => official[name] !== ours[name]);
console.log(JSON.stringify({ isOfficial, differing, exported: Object.keys(official).length > 5 }));`),
      settings(keyText, server.origin),
    );

    expect(JSON.parse(outcome.stdout)).toEqual({
      isOfficial: true,
      differing: ['Video'],
      exported: true,
    });
    expect(outcome.hosts).toEqual([]);
  });

  test('without a server nothing is asked of any host', async () => {
    const outcome = await run(
      kind,
      program(`
const videoClient = new Video({ applicationId, privateKey });
await videoClient.createSession();`),
      settings(keyText, server.origin),
    );

    expect(outcome.exitCode).toBe(1);
    expect(outcome.stderr).toContain('TypeError: baseUrl is missing');
    expect(outcome.hosts).toEqual([]);
  });
});

test('the recorder of hosts would notice the public service', async () => {
  const program = `${SETTINGS}
const { Video } = require('@vonage/video');
new Video({ applicationId, privateKey, baseUrl }).createSession();`;

  const outcome = await run('commonjs', program, settings(keyText, server.origin));

  expect(outcome.exitCode).toBe(1);
  expect(outcome.hosts).toContain('video.api.vonage.com');
  expect(server.requests).toEqual([]);
});
