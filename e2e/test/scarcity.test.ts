import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { Application } from '../src/application.js';
import { ApplicationServer } from '../src/application-server.js';
import { Chromium } from '../src/chromium.js';
import { eventually } from '../src/eventually.js';
import { restClaims, rs256 } from '../src/jwt.js';
import { receptions } from '../src/measure.js';
import { Participant } from '../src/participant.js';
import { expectRefusal, rest } from '../src/rest.js';
import type { SluiceServer } from '../src/server.js';
import { SignallingSocket } from '../src/signalling-socket.js';
import { SmallDisk } from '../src/small-disk.js';
import { use, useServer } from '../src/suite.js';

const MEDIA = { withinMillis: 20_000 };
// docs/limits.md: sockets of one address that have not joined yet.
const SILENT_PER_ADDRESS = 100;
const ADDRESSES = 9;

const browser = use(
  () => Chromium.launch(),
  (launched) => launched.close(),
);

async function callOn(server: SluiceServer) {
  const application = Application.demoOf(server);
  const site = await ApplicationServer.start(server.url);
  afterAll(() => site.stop());
  const sessionId = await application.createSession();
  const ada = await Participant.open('Ada', browser.current, site);
  const ben = await Participant.open('Ben', browser.current, site);
  for (const person of [ada, ben]) await person.join(application.invite(sessionId));
  await Promise.all([ada, ben].map((person) => person.receives(1, MEDIA)));
  return { application, site, sessionId, ada, ben };
}

async function expectMedia(people: readonly Participant[]): Promise<void> {
  for (const reception of await receptions(people, 3_000)) {
    console.log(`${reception.subscription}: ${reception.framesPerSecond} fps`);
    expect(reception.framesPerSecond, reception.subscription).toBeGreaterThanOrEqual(10);
    expect(reception.audioEnergy, reception.subscription).toBeGreaterThan(0);
  }
}

describe('A call on a server on which a thousand sockets say nothing', () => {
  const server = useServer('silent-sockets');

  it('goes on, takes more people, and the silent ones are sent away', async () => {
    const { application, site, sessionId, ada, ben } = await callOn(server.current);
    await Promise.all([ada, ben].map((person) => person.watchPictures()));
    const silent: SignallingSocket[] = [];
    for (let number = 1; number <= ADDRESSES; number++) {
      const localAddress = `127.0.0.${number + 1}`;
      const opened = Array.from({ length: SILENT_PER_ADDRESS }, () =>
        SignallingSocket.open(server.current.url, { localAddress }),
      );
      silent.push(...(await Promise.all(opened)));
    }
    const more = await Promise.allSettled(
      Array.from({ length: 1_000 - silent.length }, () =>
        SignallingSocket.open(server.current.url, { localAddress: '127.0.0.2' }),
      ),
    );
    const refused = more.filter((one) => one.status === 'rejected');
    expect(refused).toHaveLength(more.length);
    for (const one of refused) expect(String(one.reason)).toContain('503');
    expect(silent.filter((socket) => socket.closing)).toEqual([]);

    const cleo = await Participant.open('Cleo', browser.current, site);
    await cleo.join(application.invite(sessionId));
    await Promise.all([ada, ben, cleo].map((person) => person.receives(2, MEDIA)));
    await eventually(
      'every silent socket is sent away',
      () => silent.filter((socket) => socket.closing?.code !== 4408).length,
      (left) => left === 0,
      { withinMillis: 20_000 },
    );
    await expectMedia([ada, ben, cleo]);
    for (const person of [ada, ben]) {
      const gaps = Object.values(await person.standstills());
      console.log(`longest standstill at ${person.name}: ${gaps.join(', ')} ms`);
      for (const gap of gaps) expect(gap, person.name).toBeLessThan(2_000);
    }
    for (const person of [ada, ben, cleo]) {
      expect(person.problems, person.name).toEqual([]);
      await person.close();
    }
  }, 120_000);
});

describe('A server whose disk is full', () => {
  const disk = use(
    () => SmallDisk.mount(4),
    (mounted) => mounted.unmount(),
  );
  const server = useServer('full-disk', () => ({ dataDirectory: disk.current.directory }));

  it('says so, carries the call on, and makes sessions again once there is room', async () => {
    const { application, site, sessionId, ada, ben } = await callOn(server.current);
    disk.current.fill();
    const create = () =>
      rest(
        server.current.url,
        'POST',
        '/session/create',
        rs256(restClaims(application.id), application.privateKey),
        { type: 'application/x-www-form-urlencoded', text: '' },
      );
    const refused = await eventually(
      'no session can be made any more, once what the database has reserved is used up',
      create,
      (response) => response.status !== 200,
      { withinMillis: 30_000 },
    );
    await expectRefusal(refused, [500, 503]);
    await expectMedia([ada, ben]);
    await ada.signal({ type: 'chat', data: 'without a disk' });
    await ben.hears('signal:chat', { data: 'without a disk' });
    const cleo = await Participant.open('Cleo', browser.current, site);
    await cleo.connect(application.invite(sessionId));
    await cleo.receives(2, MEDIA);

    disk.current.free();
    await delay(500);
    expect((await create()).status).toBe(200);
    for (const person of [ada, ben, cleo]) {
      expect(person.problems, person.name).toEqual([]);
      await person.close();
    }
  }, 120_000);
});
