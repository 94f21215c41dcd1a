import { describe, expect, it } from 'vitest';
import { Application } from '../src/application.js';
import { ApplicationServer } from '../src/application-server.js';
import { Chromium } from '../src/chromium.js';
import { eventually } from '../src/eventually.js';
import { receptions, sending, type Sending } from '../src/measure.js';
import { Participant } from '../src/participant.js';
import { use, useServer } from '../src/suite.js';

const WINDOW_MILLIS = 4_000;
// Six copies would be six times the rate. Key frames for the newcomers and the camera's own ups and downs stay well below half as much again.
const FLAT = 1.5;

const server = useServer('fan-out');

const stage = use(
  async () => {
    const application = Application.demoOf(server.current);
    const site = await ApplicationServer.start(server.current.url);
    const sessionId = await application.createSession();
    const [onStage, audience] = await Promise.all([Chromium.launch(), Chromium.launch()]);
    const publisher = await Participant.open('Ada', onStage, site);
    await publisher.join(application.invite(sessionId));
    const watch = async (name: string) => {
      const viewer = await Participant.open(name, audience, site);
      await viewer.connect(application.invite(sessionId, { role: 'subscriber' }));
      await viewer.receives(1);
      return viewer;
    };
    return { site, onStage, audience, publisher, watch };
  },
  async ({ site, onStage, audience }) => {
    await Promise.all([onStage.close(), audience.close()]);
    await site.stop();
  },
);

describe('A publisher', () => {
  it('sends one set of layers at the same rate to one subscriber and to six', async () => {
    const { publisher, watch } = stage.current;
    const viewers = [await watch('viewer 1')];
    const toOne = await steadily(publisher);

    for (let number = 2; number <= 6; number++) viewers.push(await watch(`viewer ${number}`));
    const toSix = await sending(publisher, WINDOW_MILLIS);

    console.log(`uplink: ${describeSending(toOne)} to one, ${describeSending(toSix)} to six`);
    expect(toSix.activeLayers).toEqual(toOne.activeLayers);
    expect(toSix.activeLayers.length).toBeLessThanOrEqual(3);
    expect(toSix.bitsPerSecond).toBeLessThan(toOne.bitsPerSecond * FLAT);

    for (const reception of await receptions(viewers, WINDOW_MILLIS)) {
      expect(reception.framesPerSecond, reception.subscription).toBeGreaterThanOrEqual(10);
    }
  });
});

/** The rate once two windows in a row agree: the browser starts low and climbs. */
async function steadily(publisher: Participant): Promise<Sending> {
  let earlier = await sending(publisher, WINDOW_MILLIS);
  return eventually(
    'the rate of the publisher settles',
    async () => {
      const before = earlier;
      earlier = await sending(publisher, WINDOW_MILLIS);
      const settled =
        earlier.activeLayers.length === before.activeLayers.length &&
        Math.abs(earlier.bitsPerSecond - before.bitsPerSecond) < 0.15 * before.bitsPerSecond;
      return { ...earlier, settled };
    },
    (seen) => seen.settled,
    { withinMillis: 30_000 },
  );
}

function describeSending({ bitsPerSecond, activeLayers }: Sending): string {
  return `${Math.round(bitsPerSecond / 1000)} kbit/s in ${activeLayers.length} layers`;
}
