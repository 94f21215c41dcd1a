import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Application } from '../src/application.js';
import { freeTcpPort, freeUdpPorts } from '../src/ports.js';
import { newDataDirectory, SluiceServer, type ServerOptions } from '../src/server.js';
import { SignallingSocket } from '../src/signalling-socket.js';

const temporary: string[] = [];

function directory(): string {
  const made = newDataDirectory();
  temporary.push(made);
  return made;
}

afterAll(() => {
  for (const made of temporary) rmSync(made, { recursive: true, force: true });
});

/** The one line with which a start is refused. */
async function refusal(options: ServerOptions): Promise<string> {
  const { command, ending } = await SluiceServer.startInVain('server-refused', options);
  expect(ending.signal, command.tail()).toBeNull();
  expect(ending.code, command.tail()).toBeGreaterThan(0);
  expect(command.stdout, 'a refused start is never ready').not.toMatch(/^ready/m);
  const lines = command.stderr.trim().split('\n');
  expect(lines, command.tail()).toHaveLength(1);
  const [line = ''] = lines;
  expect(line, 'no stack trace, no class name').not.toMatch(/Exception|^\s+at |java\.|dev\.sluice/);
  return line;
}

describe('A server', () => {
  it('answers health checks and has its demo application when it says ready', async () => {
    const server = await SluiceServer.start('server-ready');
    try {
      const health = await fetch(`${server.url}/health`);
      expect(health.status).toBe(200);
      expect(health.headers.get('content-type')).toMatch(/^application\/json/);
      expect(await health.json()).toMatchObject({ status: 'ok' });

      const demo = server.demo();
      expect(demo.url.replace(/\/$/, '')).toBe(server.url);
      expect(demo.applicationId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(readFileSync(demo.privateKeyFile, 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    } finally {
      await server.stop();
    }
  });

  it('stops within two seconds of Ctrl-C, without a stack trace', async () => {
    const server = await SluiceServer.start('server-interrupted');
    const application = Application.demoOf(server);
    const idle = await SignallingSocket.open(server.url);
    const member = await SignallingSocket.join(
      server.url,
      application.invite(await application.createSession()),
    );
    const end = await server.interrupt(5_000);
    expect(end.tookMillis).toBeLessThan(2_000);
    expect(end.signal).toBeNull();
    // 130 is what a shell expects of a program that SIGINT ended.
    expect([0, 130]).toContain(end.code);
    expect(server.command.stderr).not.toMatch(/Exception|^\s+at /m);
    expect((await member.closed()).code).toBe(1001);
    expect((await idle.closed()).code).toBe(1001);
    await server.stop();
  });

  it('keeps its application, its key and its sessions over a restart', async () => {
    const dataDirectory = directory();
    const first = await SluiceServer.start('server-first', { dataDirectory });
    const before = first.demo();
    const application = Application.demoOf(first);
    const sessionId = await application.createSession();
    await first.stop();

    const second = await SluiceServer.start('server-second', { dataDirectory });
    try {
      const after = second.demo();
      expect(after.applicationId).toBe(before.applicationId);
      expect(readFileSync(after.privateKeyFile, 'utf8')).toBe(application.privateKey);
      const socket = await SignallingSocket.join(second.url, application.invite(sessionId));
      socket.close();
    } finally {
      await second.stop();
    }
  });

  it('refuses a data directory that another server uses, and that one goes on', async () => {
    const server = await SluiceServer.start('server-owner');
    try {
      const line = await refusal({ dataDirectory: server.dataDirectory });
      expect(line).toContain(server.dataDirectory);
      expect((await fetch(`${server.url}/health`)).status).toBe(200);
    } finally {
      await server.stop();
    }
  });

  it('names the HTTP port that is in use', async () => {
    const holder = createServer();
    holder.listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const address = holder.address();
    const httpPort = typeof address === 'object' && address ? address.port : 0;
    try {
      const line = await refusal({ httpPort, dataDirectory: directory() });
      expect(line).toContain(String(httpPort));
      expect(line).toContain('--port');
    } finally {
      holder.close();
    }
  });

  it('names the media port that is in use', async () => {
    const holder = createSocket('udp4');
    const mediaPort = await freeUdpPorts(4);
    holder.bind(mediaPort, '127.0.0.1');
    await once(holder, 'listening');
    try {
      const line = await refusal({ mediaPort, dataDirectory: directory() });
      expect(line).toContain(String(mediaPort));
      expect(line).toContain('--media-port');
    } finally {
      holder.close();
    }
  });

  it.each<[string, ServerOptions, string]>([
    ['an address of another machine', { more: ['--host', '203.0.113.7'] }, '--host 203.0.113.7'],
    ['a host that is none', { more: ['--host', 'not an address'] }, '--host not an address'],
    ['a name that does not resolve', { more: ['--host', 'no-such.invalid'] }, '--host no-such'],
    ['the wildcard advertised', { more: ['--advertise', '0.0.0.0'] }, '--advertise 0.0.0.0'],
    ['nonsense advertised', { more: ['--advertise', '999.1.2.3'] }, '--advertise 999.1.2.3'],
    ['a port that is too large', { httpPort: 70_000 }, '--port 70000'],
    ['a media port without room', { mediaPort: 70_000 }, '--media-port 70000'],
  ])('says what to do about %s', async (_, options, named) => {
    expect(await refusal({ dataDirectory: directory(), ...options })).toContain(named);
  });

  it('says what to do about a data directory that cannot be made', async () => {
    const file = join(directory(), 'file');
    writeFileSync(file, 'in the way');
    const line = await refusal({ dataDirectory: join(file, 'data') });
    expect(line).toContain(file);
  });

  it('says what to do about a database that is none', async () => {
    const dataDirectory = directory();
    writeFileSync(join(dataDirectory, 'sluice.db'), 'certainly not a database '.repeat(1_000));
    expect(await refusal({ dataDirectory })).toContain('sluice.db');
  });

  it.each([
    [
      'damaged',
      (file: string) => {
        writeFileSync(file, '-----BEGIN PRIVATE KEY-----\nrubbish\n-----END PRIVATE KEY-----\n');
      },
    ],
    [
      'unreadable',
      (file: string) => {
        rmSync(file);
        mkdirSync(file);
      },
    ],
  ])('says what to do about a demo key that is %s', async (_, damage) => {
    const dataDirectory = directory();
    const server = await SluiceServer.start('server-key', { dataDirectory });
    const { privateKeyFile } = server.demo();
    await server.stop();
    expect(existsSync(privateKeyFile)).toBe(true);
    damage(privateKeyFile);
    expect(await refusal({ dataDirectory })).toContain(privateKeyFile);
  });

  it('takes the same port again at once after it stopped', async () => {
    const dataDirectory = directory();
    const httpPort = await freeTcpPort();
    const mediaPort = await freeUdpPorts(16);
    for (const round of ['one', 'two']) {
      const server = await SluiceServer.start(`server-round-${round}`, {
        httpPort,
        mediaPort,
        dataDirectory,
      });
      expect((await fetch(`${server.url}/health`)).status).toBe(200);
      await server.stop();
    }
  });
});
