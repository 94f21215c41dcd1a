import { MediaMode } from '@vonage/video';
import { describe, expect, it } from 'vitest';
import { Application } from '../src/application.js';
import { ApplicationServer } from '../src/application-server.js';
import { Chromium } from '../src/chromium.js';
import { receptions } from '../src/measure.js';
import { Participant } from '../src/participant.js';
import { SignallingSocket } from '../src/signalling-socket.js';
import { use, useServer } from '../src/suite.js';

const server = useServer('relayed');

const stage = use(
  async () => {
    const site = await ApplicationServer.start(server.current.url);
    return { site, browser: await Chromium.launch() };
  },
  async ({ site, browser }) => {
    await browser.close();
    await site.stop();
  },
);

describe('A relayed session', () => {
  it('tells that its media goes through the router', async () => {
    const application = Application.demoOf(server.current);
    const sessionId = await application.createSession(MediaMode.RELAYED);
    const socket = await SignallingSocket.open(server.current.url);
    const { token } = application.invite(sessionId);
    expect(await socket.request('connect', { sessionId, token })).toMatchObject({
      session: { id: sessionId, mediaMode: 'relayed', mediaPath: 'router' },
    });
    socket.close();
  });

  it('carries picture and sound both ways', async () => {
    const { site, browser } = stage.current;
    const application = Application.demoOf(server.current);
    const sessionId = await application.createSession(MediaMode.RELAYED);
    const people = await Promise.all(
      ['Ada', 'Ben'].map((name) => Participant.open(name, browser, site)),
    );
    await Promise.all(people.map((person) => person.join(application.invite(sessionId))));
    await Promise.all(people.map((person) => person.receives(1)));
    const received = await receptions(people, 4_000);
    expect(received).toHaveLength(2);
    for (const reception of received) {
      expect(reception.framesPerSecond, reception.subscription).toBeGreaterThanOrEqual(10);
      expect(reception.audioEnergy, reception.subscription).toBeGreaterThan(0);
    }
    await Promise.all(people.map((person) => person.close()));
  });
});
