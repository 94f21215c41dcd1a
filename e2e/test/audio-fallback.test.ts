import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Application } from '../src/application.js';
import { ApplicationServer } from '../src/application-server.js';
import { Chromium } from '../src/chromium.js';
import { eventually, type Deadline } from '../src/eventually.js';
import { Network } from '../src/network.js';
import type { SubscriptionStats } from '../src/page/hooks.js';
import { Participant } from '../src/participant.js';
import { SluiceServer } from '../src/server.js';
import { use } from '../src/suite.js';

const MEDIA = { withinMillis: 20_000 };
// Twice what docs/audio-fallback.md promises: a machine that runs all of this is a loaded one.
const OFF_WITHIN = { withinMillis: 6_000 };
const BACK_WITHIN = { withinMillis: 24_000 };
const LAYER_WITHIN = { withinMillis: 15_000 };
/** Longer than a person takes for a moment's stutter. */
const GAP_MILLIS = 1_000;
const LEAST_FRAMES_PER_SECOND = 5;
const MOST_CONCEALED = 0.06;

const GOOD_KBPS = 2_000;
const LOWER_LAYER_KBPS = 250;
const AUDIO_ONLY_KBPS = 100;

const LOWEST_WIDTH = 240;

/** What a person was told of the quality of pictures, in order. */
async function told(participant: Participant): Promise<string[]> {
  const events = await participant.events();
  return events
    .filter((event) => /^subscriber:video(Disable|Enable)/.test(event.type))
    .map(({ type, detail }) => {
      const event = type.slice('subscriber:'.length);
      return typeof detail.reason === 'string' ? `${event} ${detail.reason}` : event;
    });
}

async function subscription(participant: Participant): Promise<SubscriptionStats> {
  const [only] = await participant.subscriptions();
  if (!only) throw new Error(`${participant.name} subscribes to nothing`);
  return only;
}

/** Waits until `participant` was told `last`, and says how long that took. */
async function hears(participant: Participant, last: string, deadline: Deadline): Promise<void> {
  const since = performance.now();
  await eventually(
    `${participant.name} is told ${last}`,
    () => told(participant),
    (events) => events.at(-1) === last,
    deadline,
  );
  console.log(`${participant.name}: ${last} after ${Math.round(performance.now() - since)} ms`);
}

async function showsWidth(participant: Participant, most: number): Promise<void> {
  const since = performance.now();
  await eventually(
    `${participant.name} shows pictures of at most ${most} pixels`,
    () => subscription(participant),
    (stats) => stats.frameWidth > 0 && stats.frameWidth <= most,
    LAYER_WITHIN,
  );
  console.log(
    `${participant.name}: ${most} wide after ${Math.round(performance.now() - since)} ms`,
  );
}

async function expectPictures(participant: Participant, millis: number): Promise<void> {
  const before = await subscription(participant);
  await delay(millis);
  const after = await subscription(participant);
  const perSecond =
    (after.framesDecoded - before.framesDecoded) / ((after.atMillis - before.atMillis) / 1000);
  console.log(`${participant.name}: ${perSecond.toFixed(1)} pictures a second`);
  expect(perSecond, participant.name).toBeGreaterThan(LEAST_FRAMES_PER_SECOND);
}

/** The sound goes on over the next `millis`, and hardly any of it had to be made up. */
async function expectSound(participant: Participant, millis: number): Promise<void> {
  const before = await subscription(participant);
  await delay(millis);
  const after = await subscription(participant);
  const played = after.audioSamples - before.audioSamples;
  const concealed = (after.audioSamplesConcealed - before.audioSamplesConcealed) / played;
  console.log(`${participant.name}: ${(100 * concealed).toFixed(1)} % of the sound made up`);
  expect(after.audioEnergy, 'loudness').toBeGreaterThan(before.audioEnergy);
  expect(concealed, 'made up').toBeLessThan(MOST_CONCEALED);
}

async function expectUndisturbed(participant: Participant): Promise<void> {
  const gaps = Object.values(await participant.standstills());
  console.log(`longest standstill at ${participant.name}: ${gaps.join(', ')} ms`);
  expect(gaps, participant.name).toHaveLength(1);
  for (const gap of gaps) expect(gap, participant.name).toBeLessThan(GAP_MILLIS);
  expect(await told(participant), participant.name).toEqual([]);
}

describe('A subscriber whose network becomes too weak for pictures', () => {
  const call = use(
    async () => {
      const networks = await Promise.all([Network.create(), Network.create(), Network.create()]);
      const [weak] = networks;
      const server = await SluiceServer.start('audio-fallback', { host: weak.outside });
      const application = Application.demoOf(server);
      const site = await ApplicationServer.start(server.url, weak.outside);
      const trustedOrigins = [site.url];
      const browsers = await Promise.all([
        Chromium.launch({ trustedOrigins }),
        ...networks.map((network) => Chromium.launch({ network, trustedOrigins })),
      ]);
      const sessionId = await application.createSession();
      const people = await Promise.all(
        browsers.map((browser, index) =>
          Participant.open(['Pia', 'Will', 'Sue', 'Stan'][index] ?? '', browser, site),
        ),
      );
      const [publisher, ...subscribers] = people;
      if (!publisher) throw new Error('nobody publishes');
      await publisher.connect(application.invite(sessionId), false);
      await publisher.publish({ resolution: '1280x720', frameRate: 15 });
      for (const subscriber of subscribers) await subscriber.connect(application.invite(sessionId));
      await Promise.all(subscribers.map((subscriber) => subscriber.receives(1, MEDIA)));
      return { networks, weak, server, site, browsers, publisher, subscribers };
    },
    async ({ networks, server, site, browsers }) => {
      for (const browser of browsers) await browser.close();
      await site.stop();
      await server.stop();
      for (const network of networks) await network.remove();
    },
    180_000,
  );

  it('gets smaller pictures, then sound only, then pictures again, and nobody else notices', async () => {
    const { weak, subscribers } = call.current;
    const [will, ...others] = subscribers;
    if (!will) throw new Error('nobody subscribes');
    await Promise.all(others.map((other) => other.watchPictures()));

    await weak.limit('inward', GOOD_KBPS);
    await expectPictures(will, 4_000);

    await weak.limit('inward', LOWER_LAYER_KBPS);
    await showsWidth(will, LOWEST_WIDTH * 2);
    await expectPictures(will, 4_000);
    expect(await told(will)).not.toContain('videoDisabled quality');

    await weak.limit('inward', AUDIO_ONLY_KBPS);
    await hears(will, 'videoDisabled quality', OFF_WITHIN);
    await expectSound(will, 5_000);

    await weak.limit('inward', GOOD_KBPS);
    await hears(will, 'videoEnabled quality', BACK_WITHIN);
    await expectPictures(will, 3_000);

    const events = (await told(will)).join(', ');
    expect(events).toMatch(
      /^(videoDisableWarning, videoDisableWarningLifted, )*videoDisableWarning, videoDisabled quality, videoEnabled quality$/,
    );
    for (const other of others) await expectUndisturbed(other);
  }, 120_000);
});
