import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Application } from '../src/application.js';
import { ApplicationServer } from '../src/application-server.js';
import { Chromium } from '../src/chromium.js';
import { eventually } from '../src/eventually.js';
import { Firefox } from '../src/firefox.js';
import { receptions } from '../src/measure.js';
import { Network } from '../src/network.js';
import { Participant } from '../src/participant.js';
import { use, useServer } from '../src/suite.js';
import type { Browser } from '../src/tab.js';

const LEAST_FRAMES_PER_SECOND = 10;
const MEDIA_WITHIN_MILLIS = 20_000;
const PROPAGATION = { withinMillis: 5_000 };
const NAMES = ['Fay', 'Finn', 'Cleo'] as const;

type Name = (typeof NAMES)[number];

interface Member {
  readonly participant: Participant;
  streamId: string;
}

type Counter = 'audioEnergy' | 'framesDecoded';

const browsers = use(
  async () => ({
    Fay: await Firefox.launch(),
    Finn: await Firefox.launch(),
    Cleo: await Chromium.launch(),
  }),
  async (launched) => {
    await Promise.all(Object.values<Browser>(launched).map((browser) => browser.close()));
  },
  180_000,
);

describe('Firefox in a call over a network', () => {
  const network = use(
    () => Network.create(),
    (made) => made.remove(),
  );
  const server = useServer('firefox', () => ({ network: network.current }));
  const call = use(
    async () => {
      const application = Application.demoOf(server.current);
      const site = await ApplicationServer.start(server.current.url);
      const sessionId = await application.createSession();
      const join = async (name: Name): Promise<Member> => {
        const participant = await Participant.open(name, browsers.current[name], site);
        const streamId = await participant.join(application.invite(sessionId, { data: name }));
        return { participant, streamId };
      };
      const members = {
        Fay: await join('Fay'),
        Finn: await join('Finn'),
        Cleo: await join('Cleo'),
      };
      return { application, site, sessionId, members };
    },
    async ({ site, members }) => {
      await Promise.all(Object.values(members).map((member) => member.participant.close()));
      await site.stop();
    },
  );
  const person = (name: Name) => call.current.members[name].participant;

  it.each<readonly [string, Name, Name]>([
    ['Firefox by Firefox', 'Fay', 'Finn'],
    ['Chromium by Firefox', 'Cleo', 'Finn'],
    ['Firefox by Chromium', 'Finn', 'Cleo'],
  ])('is seen in full size and heard: %s', async (_, publisher, subscriber) => {
    const { streamId } = call.current.members[publisher];
    await eventually(
      `${subscriber} sees ${publisher} in 640x480`,
      async () =>
        (await person(subscriber).subscriptions()).find((stats) => stats.streamId === streamId),
      (stats) => stats?.frameWidth === 640 && stats.frameHeight === 480,
      { withinMillis: 30_000 },
    );
    const received = await receptions([person(subscriber)], 3_000);
    const of = received.find((one) => one.subscription === `${subscriber} from ${publisher}`);
    console.log(`${of?.subscription ?? 'nothing'}: ${of?.framesPerSecond ?? 0} fps`);
    expect(of?.framesPerSecond).toBeGreaterThanOrEqual(LEAST_FRAMES_PER_SECOND);
    expect(of?.audioEnergy).toBeGreaterThan(0);
  });

  it.each<readonly [string, string, Counter, (fay: Participant, on: boolean) => Promise<void>]>([
    ['microphone', 'hasAudio', 'audioEnergy', (fay, on) => fay.publishAudio(on)],
    ['camera', 'hasVideo', 'framesDecoded', (fay, on) => fay.publishVideo(on)],
  ])('turns its %s off and on', async (_, changedProperty, counter, turn) => {
    const { streamId } = call.current.members.Fay;
    for (const newValue of [false, true]) {
      await turn(person('Fay'), newValue);
      for (const subscriber of ['Finn', 'Cleo'] as const) {
        await person(subscriber).hears(
          'streamPropertyChanged',
          { streamId, changedProperty, newValue },
          PROPAGATION,
        );
        await eventually(
          `${counter} of Fay ${newValue ? 'grows' : 'stands still'} at ${subscriber}`,
          () => growth(person(subscriber), streamId, counter),
          (grown) => grown > 0 === newValue,
        );
      }
    }
  });

  it('leaves, comes back after a reload, and is seen and sees again', async () => {
    const { application, sessionId, members } = call.current;
    const before = members.Fay.streamId;
    await members.Fay.participant.disconnect();
    for (const subscriber of ['Finn', 'Cleo'] as const) {
      await person(subscriber).hears(
        'streamDestroyed',
        { streamId: before, reason: 'clientDisconnected' },
        PROPAGATION,
      );
    }
    await members.Fay.participant.reload();
    members.Fay.streamId = await members.Fay.participant.join(
      application.invite(sessionId, { data: 'Fay' }),
    );
    await Promise.all(
      NAMES.map((name) => person(name).receives(2, { withinMillis: MEDIA_WITHIN_MILLIS })),
    );
  });

  it('hears somebody whose H.264 it cannot decode, and is told so', async () => {
    const { application, site } = call.current;
    const sessionId = await application.createSession();
    const publisher = await Participant.open('Cleo', browsers.current.Cleo, site);
    await publisher.limitEncoders({ videoCodec: 'H264' });
    const streamId = await publisher.join(application.invite(sessionId));
    const viewer = await Participant.open('Fay', browsers.current.Fay, site);
    await viewer.connect(application.invite(sessionId));
    await viewer.hears(
      'subscriber:videoDisabled',
      { streamId, reason: 'codecNotSupported' },
      { withinMillis: MEDIA_WITHIN_MILLIS },
    );
    await eventually(
      'the sound is heard all the same',
      () => growth(viewer, streamId, 'audioEnergy'),
      (grown) => grown > 0,
      { withinMillis: MEDIA_WITHIN_MILLIS },
    );
    expect((await viewer.events()).map((event) => event.type)).not.toContain('subscriber:failed');
    for (const person of [publisher, viewer]) {
      expect(person.problems, person.name).toEqual([]);
      await person.close();
    }
  });

  it('never made a page report an error', () => {
    for (const name of NAMES) expect(person(name).problems, name).toEqual([]);
  });
});

describe('Firefox on the machine of a server that was started without options', () => {
  const server = useServer('firefox-local');

  it('meets another Firefox', async () => {
    const application = Application.demoOf(server.current);
    const site = await ApplicationServer.start(server.current.url);
    const sessionId = await application.createSession();
    const people = [
      await Participant.open('Fay', browsers.current.Fay, site),
      await Participant.open('Finn', browsers.current.Finn, site),
    ];
    for (const person of people) await person.join(application.invite(sessionId));
    await Promise.all(
      people.map((person) => person.receives(1, { withinMillis: MEDIA_WITHIN_MILLIS })),
    );
    await Promise.all(people.map((person) => person.close()));
    await site.stop();
  });
});

async function growth(
  participant: Participant,
  streamId: string,
  counter: Counter,
): Promise<number> {
  const read = async () =>
    (await participant.subscriptions()).find((stats) => stats.streamId === streamId)?.[counter];
  const before = await read();
  await delay(700);
  const after = await read();
  if (before === undefined || after === undefined) throw new Error('no such subscription');
  return after - before;
}
