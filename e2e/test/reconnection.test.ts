import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Application } from '../src/application.js';
import { ApplicationServer } from '../src/application-server.js';
import { Chromium } from '../src/chromium.js';
import { eventually } from '../src/eventually.js';
import { receptions } from '../src/measure.js';
import { Network } from '../src/network.js';

import { Participant } from '../src/participant.js';
import { SignallingSocket, type Message } from '../src/signalling-socket.js';
import { use, useServer } from '../src/suite.js';
import { TcpProxy } from '../src/tcp-proxy.js';

const LEAST_FRAMES_PER_SECOND = 10;
const MEDIA = { withinMillis: 20_000 };
/** Longer than a person takes for a moment's stutter. */
const GAP_MILLIS = 1_000;
// The silence after which a socket is lost, and then the time in which its connection waits.
const LOST_WITHIN = { withinMillis: 25_000 };
const ENDED_WITHIN = { withinMillis: 60_000 };

/** The types of the events that tell of the connection to the session, in order. */
async function ups(participant: Participant): Promise<string[]> {
  const events = await participant.events();
  return events
    .map((event) => event.type)
    .filter((type) => /^session(Reconnecting|Reconnected|Disconnected)$/.test(type));
}

async function expectMedia(people: readonly Participant[]): Promise<void> {
  for (const reception of await receptions(people, 3_000)) {
    console.log(`${reception.subscription}: ${reception.framesPerSecond} fps`);
    expect(reception.framesPerSecond, reception.subscription).toBeGreaterThanOrEqual(
      LEAST_FRAMES_PER_SECOND,
    );
    expect(reception.audioEnergy, `sound of ${reception.subscription}`).toBeGreaterThan(0);
  }
}

async function expectNoGap(participant: Participant): Promise<void> {
  const gaps = Object.values(await participant.standstills());
  console.log(`longest standstill at ${participant.name}: ${gaps.join(', ')} ms`);
  expect(gaps, participant.name).toHaveLength(1);
  for (const gap of gaps) expect(gap, participant.name).toBeLessThan(GAP_MILLIS);
}

describe('A participant whose signalling socket breaks', () => {
  const server = useServer('reconnection');
  const call = use(
    async () => {
      const application = Application.demoOf(server.current);
      const proxy = await TcpProxy.start(server.current.url);
      const site = await ApplicationServer.start(server.current.url);
      const behindProxy = await ApplicationServer.start(proxy.url);
      const browser = await Chromium.launch();
      const sessionId = await application.createSession();
      const ada = await Participant.open('Ada', browser, site);
      const ben = await Participant.open('Ben', browser, behindProxy);
      for (const person of [ada, ben]) await person.join(application.invite(sessionId));
      await Promise.all([ada, ben].map((person) => person.receives(1, MEDIA)));
      return { application, proxy, sites: [site, behindProxy], browser, sessionId, ada, ben };
    },
    async ({ browser, sites, proxy }) => {
      await browser.close();
      await proxy.stop();
      for (const site of sites) await site.stop();
    },
  );

  it('goes on with another one, loses nothing and is seen and heard all the time', async () => {
    const { proxy, ada, ben } = call.current;
    await Promise.all([ada, ben].map((person) => person.watchPictures()));
    proxy.block();
    await ben.hears('sessionReconnecting', {}, { withinMillis: 5_000 });
    const away = ben.signal({ type: 'from-away', data: 'one' });
    await ada.signal({ type: 'to-away', data: 'two' });
    await delay(2_000);
    proxy.unblock();
    await away;
    await ben.hears('sessionReconnected', {}, { withinMillis: 10_000 });
    await ben.hears('signal:to-away', { data: 'two' });
    await ada.hears('signal:from-away', { data: 'one' });
    await delay(2_000);

    expect(await ups(ben)).toEqual(['sessionReconnecting', 'sessionReconnected']);
    expect(await ups(ada)).toEqual([]);
    for (const [person, type] of [
      [ben, 'signal:to-away'],
      [ada, 'signal:from-away'],
    ] as const) {
      const heard = (await person.events()).filter((event) => event.type === type);
      expect(heard, `${type} at ${person.name}`).toHaveLength(1);
    }
    expect((await ada.events()).map((event) => event.type)).not.toContain('connectionDestroyed');
    await expectNoGap(ada);
    await expectNoGap(ben);
    await expectMedia([ada, ben]);
  });

  it('is as quick when the socket breaks several times in a row', async () => {
    const { proxy, ada, ben } = call.current;
    await Promise.all([ada, ben].map((person) => person.watchPictures()));
    for (let round = 0; round < 3; round++) {
      proxy.reset();
      await delay(700);
    }
    await eventually(
      'Ben is reconnected',
      () => ups(ben),
      (types) => types.at(-1) === 'sessionReconnected',
      { withinMillis: 15_000 },
    );
    await ben.signal({ type: 'after', data: 'three' });
    await ada.hears('signal:after', { data: 'three' });
    await expectNoGap(ada);
    await expectNoGap(ben);
  });

  it('restarts ICE for what it sends and what it gets, and no picture stands still', async () => {
    const { ada, ben } = call.current;
    const names = async () => [
      ...(await ada.uplink()).iceUsernameFragments,
      ...(await ada.subscriptions()).map((stats) => stats.iceUsernameFragment),
    ];
    const before = await names();
    expect(before).toHaveLength(2);
    await Promise.all([ada, ben].map((person) => person.watchPictures()));
    await ada.comeOnline();
    await eventually('both paths have other ICE credentials', names, (now) =>
      now.every((name) => name !== '' && !before.includes(name)),
    );
    await delay(3_000);
    await expectNoGap(ada);
    await expectNoGap(ben);
    await expectMedia([ada, ben]);
    expect(await ups(ada)).toEqual([]);
  });

  it('never made a page report an error beyond the broken socket', () => {
    const { ada, ben } = call.current;
    expect(ada.problems).toEqual([]);
    expect(ben.problems.filter((problem) => !problem.includes('WebSocket'))).toEqual([]);
  });
});

describe('A token to resume with', () => {
  const server = useServer('resume');

  it('is good once', async () => {
    const application = Application.demoOf(server.current);
    const { sessionId, token } = application.invite(await application.createSession());
    const first = await SignallingSocket.open(server.current.url);
    const welcome = await first.request('connect', { sessionId, token });
    const { id: connectionId } = welcome.connection as Message;
    const resumption = { connectionId, token: (welcome.resume as Message).token, seq: 0 };
    await first.request('ping');
    first.terminate();

    const second = await SignallingSocket.open(server.current.url, { firstId: 10 });
    const resumed = await second.request('resume', resumption);
    expect(resumed).not.toHaveProperty('error');
    // With the next request the old token is spent.
    expect(await second.request('ping')).not.toHaveProperty('error');

    const thief = await SignallingSocket.open(server.current.url, { firstId: 20 });
    expect(await thief.refusal('resume', resumption)).toBe('resume_failed');
    expect((await thief.closed()).code).toBe(4410);
    expect(await second.request('ping'), 'the owner is undisturbed').not.toHaveProperty('error');
    second.close();
  });
});

describe('A participant whose network changes or ends', () => {
  const network = use(
    () => Network.create(),
    (made) => made.remove(),
  );
  const server = useServer('network-change', () => ({ host: network.current.outside }));
  const call = use(
    async () => {
      const application = Application.demoOf(server.current);
      const site = await ApplicationServer.start(server.current.url, network.current.outside);
      const trustedOrigins = [site.url];
      const atHome = await Chromium.launch({ trustedOrigins });
      const onTheWay = await Chromium.launch({ trustedOrigins, network: network.current });
      const sessionId = await application.createSession();
      const ada = await Participant.open('Ada', atHome, site);
      const mia = await Participant.open('Mia', onTheWay, site);
      await ada.join(application.invite(sessionId));
      const streamId = await mia.join(application.invite(sessionId));
      await Promise.all([ada, mia].map((person) => person.receives(1, MEDIA)));
      return { site, browsers: [atHome, onTheWay], ada, mia, streamId };
    },
    async ({ browsers, site }) => {
      for (const browser of browsers) await browser.close();
      await site.stop();
    },
  );

  it('is back with picture and sound after its address has changed', async () => {
    const { ada, mia } = call.current;
    const start = performance.now();
    await network.current.changeAddress();
    await mia.hears('sessionReconnecting', {}, LOST_WITHIN);
    const noticed = performance.now() - start;
    await mia.hears('sessionReconnected', {}, { withinMillis: 30_000 });
    console.log(
      `a new address was noticed after ${Math.round(noticed)} ms, overcome after ${Math.round(performance.now() - start)} ms`,
    );
    expect(await ups(mia)).toEqual(['sessionReconnecting', 'sessionReconnected']);
    // After an outage pictures begin small and slow, until the new path is known.
    await eventually(
      'both see moving pictures',
      () => receptions([ada, mia], 2_000),
      (seen) =>
        seen.length === 2 &&
        seen.every((reception) => reception.framesPerSecond >= LEAST_FRAMES_PER_SECOND),
      { withinMillis: 20_000 },
    );
    await expectMedia([ada, mia]);
    const ends = (await ada.events()).filter((event) => event.type.endsWith('Destroyed'));
    expect(ends, 'nobody left').toEqual([]);
  });

  it('is told to be out, and the others that it is gone, when the network stays away', async () => {
    const { ada, mia, streamId } = call.current;
    await network.current.unplug();
    await mia.hears('sessionReconnecting', {}, LOST_WITHIN);
    await ada.hears('streamDestroyed', { streamId, reason: 'networkDisconnected' }, ENDED_WITHIN);
    await ada.hears('connectionDestroyed', { reason: 'networkDisconnected' });
    await mia.hears('sessionDisconnected', { reason: 'networkDisconnected' }, ENDED_WITHIN);
    expect((await ups(mia)).slice(-2)).toEqual(['sessionReconnecting', 'sessionDisconnected']);
  }, 120_000);
});
