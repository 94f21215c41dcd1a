import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Application } from '../src/application.js';
import { ApplicationServer } from '../src/application-server.js';
import { Chromium } from '../src/chromium.js';
import { ConfiguredServer } from '../src/configured-server.js';
import { eventually } from '../src/eventually.js';
import { receptions } from '../src/measure.js';
import { Participant } from '../src/participant.js';
import { Postgres } from '../src/postgres.js';
import { use } from '../src/suite.js';

const MEDIA = { withinMillis: 20_000 };

const browser = use(
  () => Chromium.launch(),
  (launched) => launched.close(),
);

async function expectCall(people: readonly Participant[]): Promise<void> {
  await Promise.all(people.map((person) => person.receives(1, MEDIA)));
  for (const reception of await receptions(people, 3_000)) {
    console.log(`${reception.subscription}: ${reception.framesPerSecond} fps`);
    expect(reception.framesPerSecond, reception.subscription).toBeGreaterThanOrEqual(10);
    expect(reception.audioEnergy, reception.subscription).toBeGreaterThan(0);
  }
}

describe('A server with PostgreSQL', () => {
  const postgres = use(
    () => Postgres.start(),
    (started) => started.remove(),
  );
  const server = use(
    () =>
      ConfiguredServer.start(
        'postgresql',
        () =>
          `store { type = postgresql, postgresql { url = "${postgres.current.url}", user = ${postgres.current.user} } }`,
      ),
    (started) => started.stop(),
  );

  it('carries a call from the first command to its end, also while the database is away', async () => {
    const made = await server.current.createApplication();
    const application = new Application(server.current.url, made);
    const site = await ApplicationServer.start(server.current.url);
    const sessionId = await application.createSession();
    const ada = await Participant.open('Ada', browser.current, site);
    const ben = await Participant.open('Ben', browser.current, site);
    for (const person of [ada, ben]) await person.join(application.invite(sessionId));
    await expectCall([ada, ben]);

    await postgres.current.stop();
    await expect(application.createSession(), 'there is no store').rejects.toThrow();
    await expectCall([ada, ben]);
    await ada.signal({ type: 'chat', data: 'without a database' });
    await ben.hears('signal:chat', { data: 'without a database' });

    await postgres.current.start();
    const next = await eventually(
      'sessions can be made again',
      () => application.createSession(),
      (made) => made !== '',
      { withinMillis: 20_000 },
    );
    expect(next).not.toBe(sessionId);
    const cleo = await Participant.open('Cleo', browser.current, site);
    await cleo.connect(application.invite(sessionId));
    await cleo.receives(2, MEDIA);

    for (const person of [ada, ben, cleo]) {
      expect(person.problems, person.name).toEqual([]);
      await person.close();
    }
    await site.stop();
  }, 120_000);
});

describe('A server with a certificate', () => {
  const server = use(
    () =>
      ConfiguredServer.start('tls', (directory) => {
        const [certificate, key] = [join(directory, 'tls.pem'), join(directory, 'tls.key')];
        makeCertificate(certificate, key);
        return [
          `http.tls { certificate = "${certificate}", key = "${key}" }`,
          `store.sqlite.directory = "${join(directory, 'data')}"`,
        ].join('\n');
      }),
    (started) => started.stop(),
  );

  it('carries a call over HTTPS and secure WebSockets', async () => {
    expect(server.current.url).toMatch(/^https:/);
    const made = await server.current.createApplication();
    const application = new Application(server.current.url, made);
    const sessionId = await server.current.createSession();
    const site = await ApplicationServer.start(server.current.url);
    const people = [
      await Participant.open('Ada', browser.current, site),
      await Participant.open('Ben', browser.current, site),
    ];
    for (const person of people) await person.join(application.invite(sessionId));
    await expectCall(people);
    for (const person of people) {
      expect(person.problems, person.name).toEqual([]);
      await person.close();
    }
    await site.stop();
  });
});

function makeCertificate(certificate: string, key: string): void {
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-keyout', key, '-out', certificate, '-days', '2', '-subj', '/CN=127.0.0.1'],
      ...['-addext', 'subjectAltName=IP:127.0.0.1'],
    ],
    { stdio: 'pipe' },
  );
}
