import { join } from 'node:path';
import { Auth } from '@vonage/auth';
import { expect, test } from 'vitest';
import { Video, type SluiceCredentials } from '../src/index.js';
import { curveKeys, rsaKeys } from './keys.js';

const { privateKey } = rsaKeys();
const applicationId = '9a4cfd5e-7e3f-4b53-9d0c-6a6d1f7a8b21';

const hostOf = (baseUrl: string | URL): unknown =>
  new Video({ applicationId, privateKey, baseUrl }).getConfig().videoHost;

function refusal(credentials: unknown, options?: { videoHost: string }): string {
  try {
    new Video(credentials as SluiceCredentials, options);
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    return (error as TypeError).message;
  }
  throw new Error('expected a TypeError');
}

test.each([
  ['http://localhost:8080', 'http://localhost:8080'],
  ['https://video.example.com', 'https://video.example.com'],
  ['https://video.example.com/', 'https://video.example.com'],
  ['https://example.com:8443/video/api//', 'https://example.com:8443/video/api'],
  ['HTTPS://Video.Example.com:443', 'https://video.example.com'],
  ['http://[::1]:8080/', 'http://[::1]:8080'],
  [' http://localhost:8080 ', 'http://localhost:8080'],
  [new URL('http://localhost:8080/x/'), 'http://localhost:8080/x'],
])('the server %s is called at %s', (baseUrl, host) => {
  expect(hostOf(baseUrl)).toBe(host);
});

test.each([
  ['localhost:8080', 'baseUrl "localhost:8080" has no scheme: write "http://localhost:8080"'],
  ['video.example.com', 'has no scheme: write "https://video.example.com"'],
  ['//video.example.com', 'has no scheme: write "https://video.example.com"'],
  ['ftp://video.example.com', 'must begin with http:// or https://, not ftp://'],
  ['http://', 'is not a valid address'],
  ['http://a b/', 'is not a valid address'],
  ['https://x.example.com?a=1', 'write "https://x.example.com"'],
  ['https://x.example.com/v/#top', 'write "https://x.example.com/v"'],
  ['', 'must be the address of your Sluice server'],
  [8080, 'must be the address of your Sluice server'],
  [null, 'must be the address of your Sluice server'],
])('the address %j is refused with what to write', (baseUrl, message) => {
  expect(refusal({ applicationId, privateKey, baseUrl })).toContain(message);
});

test('a password in the address is not repeated', () => {
  const message = refusal({ applicationId, privateKey, baseUrl: 'https://me:hunter2@x.example' });

  expect(message).toContain('must not contain a user name or password');
  expect(message).not.toContain('hunter2');
});

test('the official option works as well, and is held to the same form', () => {
  const client = new Video({ applicationId, privateKey }, { videoHost: 'http://localhost:8080/' });

  expect(client.getConfig().videoHost).toBe('http://localhost:8080');
  expect(refusal({ applicationId, privateKey }, { videoHost: 'localhost:8080' })).toContain(
    'videoHost "localhost:8080" has no scheme',
  );
});

test('two different servers are refused, the same one twice is not', () => {
  const credentials = { applicationId, privateKey, baseUrl: 'http://localhost:1/' };

  expect(refusal(credentials, { videoHost: 'http://localhost:2' })).toContain('different servers');
  expect(new Video(credentials, { videoHost: 'http://localhost:1' })).toBeInstanceOf(Video);
});

test('other official options are kept', () => {
  const options = { timeout: 1500, appendUserAgent: 'my-app/1' };
  const client = new Video({ applicationId, privateKey, baseUrl: 'http://localhost:1' }, options);

  expect(client.getConfig()).toMatchObject(options);
});

test('an official Auth object is accepted in place of the credentials', () => {
  const auth = new Auth({ applicationId, privateKey });
  const client = new Video(auth, { videoHost: 'http://localhost:8080' });

  expect(client.generateClientToken('S1').split('.')).toHaveLength(3);
});

test('the key may be the bytes of its file', () => {
  const credentials = {
    applicationId,
    privateKey: Buffer.from(privateKey),
    baseUrl: 'http://localhost:1',
  };

  expect(new Video(credentials).generateClientToken('S1').split('.')).toHaveLength(3);
});

test('a key file that is not there is named, with the folder it was looked for in', () => {
  const message = refusal({
    applicationId,
    privateKey: './missing.key',
    baseUrl: 'http://localhost:1',
  });

  expect(message).toContain(join(process.cwd(), 'missing.key'));
  expect(message).toContain('ENOENT');
});

test.each([
  ['without its header', privateKey.replace(/-----[A-Z ]+-----/g, '').trim()],
  ['without its header, on one line', privateKey.replace(/-----[A-Z ]+-----|\n/g, '')],
  ['cut short', privateKey.slice(0, 400)],
  ['with escaped line breaks', privateKey.replaceAll('\n', '\\n')],
])('a key %s is refused and never shown', (_, broken) => {
  const message = refusal({ applicationId, privateKey: broken, baseUrl: 'http://localhost:1' });

  expect(message).toContain('privateKey is not');
  expect(message).not.toContain(privateKey.slice(100, 120));
});

test('a key that is not RSA is refused', () => {
  const { privateKey: curveKey } = curveKeys();

  expect(refusal({ applicationId, privateKey: curveKey, baseUrl: 'http://localhost:1' })).toContain(
    'type ec',
  );
});

test.each([
  [{ privateKey, baseUrl: 'http://localhost:1' }, 'applicationId is missing'],
  [{ applicationId, baseUrl: 'http://localhost:1' }, 'privateKey is missing'],
  [{ applicationId, privateKey }, 'baseUrl is missing'],
  [null, 'takes an object'],
  [undefined, 'takes an object'],
])('credentials with something missing are refused', (credentials, message) => {
  expect(refusal(credentials)).toContain(message);
});
